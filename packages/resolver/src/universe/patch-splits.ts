import { type Marker, parseIndexSpecifierSet, type SpecifierSet } from '@pyplan/markers';
import { chosenMetadata } from '../plan/build-plan.ts';
import type { SolvedRegion } from './solve-regions.ts';

type Clause = SpecifierSet['specifiers'][number];

/**
 * Patch levels at which something in the plans changes within a minor version of Python: a marker of a
 * requirement or a Requires-Python that names one (`python_full_version < "3.11.3"`, `!=3.9.7`).
 */
export function patchSplits(solved: readonly SolvedRegion[]): ReadonlyMap<string, ReadonlySet<number>> {
  const splits = new Map<string, Set<number>>();
  const seen = new Set<string | Marker>();
  for (const { plan, world, chosen } of solved) {
    for (const { requirement } of world.demands.written) collectMarker(requirement.marker, seen, splits);
    for (const { name, requiresPython } of plan.packages) {
      if (requiresPython !== null) collectPython(requiresPython, seen, splits);
      const { facts } = chosenMetadata(world, name, chosen.get(name)?.rank ?? -1);
      for (const { marker } of facts.requirements) collectMarker(marker, seen, splits);
    }
  }
  return splits;
}

function collectMarker(
  marker: Marker | null,
  seen: Set<string | Marker>,
  splits: Map<string, Set<number>>,
): void {
  if (marker === null || seen.has(marker)) return;
  seen.add(marker);
  if (marker.kind !== 'comparison') {
    for (const part of marker.markers) collectMarker(part, seen, splits);
    return;
  }
  const variable = [marker.left, marker.right].find((operand) => operand.kind === 'variable');
  if (variable?.kind !== 'variable' || marker.specifier === null) return;
  if (variable.name === 'python_full_version' || variable.name === 'implementation_version') {
    collectClause(marker.specifier, splits);
  }
}

function collectPython(
  requiresPython: string,
  seen: Set<string | Marker>,
  splits: Map<string, Set<number>>,
): void {
  if (seen.has(requiresPython)) return;
  seen.add(requiresPython);
  try {
    const { specifierSet } = parseIndexSpecifierSet(requiresPython);
    for (const clause of specifierSet.specifiers) collectClause(clause, splits);
  } catch {
    // What can't be read bounds nothing.
  }
}

/** The patch level named, and the one after it: one of the two is where the clause turns. */
function collectClause({ version }: Clause, splits: Map<string, Set<number>>): void {
  if (version === null || version.release.length < 3) return;
  const [major, minor, patch] = version.release.map(Number);
  if (major === undefined || minor === undefined || patch === undefined) return;
  const python = `${major}.${minor}`;
  const set = splits.get(python) ?? new Set();
  splits.set(python, set.add(patch).add(patch + 1));
}
