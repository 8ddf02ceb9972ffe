import {
  evaluateMarker,
  type Marker,
  type MarkerComparison,
  type MarkerEnvironment,
  parseIndexSpecifierSet,
  parseMarker,
  parseVersion,
  specifierSetContains,
} from '@pyplan/markers';
import type { RequirementFacts } from '../facts/requirement-facts.ts';
import { chosenMetadata } from '../plan/planned-version.ts';
import type { UniversalRequest } from '../request.ts';
import type { PlannedPackage } from '../resolution.ts';
import { newestPython, target } from '../target/target.ts';
import { lastPatch } from './region.ts';
import type { RegionAnswers, SolvedRegion } from './solve-regions.ts';

/** Patch levels, by minor version of Python, from which on something is not as before. */
export type PatchSplits = ReadonlyMap<string, ReadonlySet<number>>;

/**
 * Patch levels at which something turns within a minor version of Python: a marker of a requirement or a
 * Requires-Python of the plans (`python_full_version < "3.11.3"`, `!=3.9.7`, `<=3.12`), or one on which a
 * refusal rests.
 */
export function patchSplits(
  { requirements, constraints, overrides }: UniversalRequest,
  { solved, refused }: RegionAnswers,
  known: PatchSplits,
): PatchSplits {
  const splits = new Map([...known].map(([python, patches]) => [python, new Set(patches)]));
  const seen: Seen = new Set();
  const any = (solved[0] ?? refused[0])?.region.target.environment;
  for (const { requirement } of [...requirements, ...constraints, ...overrides]) {
    if (any !== undefined) collectMarker(requirement.marker, any, seen, splits);
  }
  for (const each of solved) collectPlan(each, seen, splits);
  for (const { region, dependence } of refused) {
    const { environment } = region.target;
    for (const text of dependence.pythons) collectTurns(text, pythonAdmits(text), splits, region.python);
    for (const text of dependence.markers) collectMarker(parseMarker(text), environment, seen, splits);
  }
  return splits;
}

/** Patch levels at which one of the markers turns. */
export function markerSplits(markers: readonly Marker[]): PatchSplits {
  const splits = new Map<string, Set<number>>();
  const { environment } = target(newestPython, 'linux');
  for (const marker of markers) collectMarker(marker, environment, new Set(), splits);
  return splits;
}

/** Whether a Requires-Python may admit some patch levels of a minor version and exclude others. */
export function mayTurnWithin(requiresPython: string): boolean {
  return /3\.\d+\.\d|(?:>|[<=!]=)\s*3\.\d+\s*(?:,|$)/.test(requiresPython);
}

/** What was looked at: Requires-Python texts, markers, packages that several plans share. */
type Seen = Set<string | Marker | PlannedPackage>;

function collectPlan(
  { plan, world, chosen }: SolvedRegion,
  seen: Seen,
  splits: Map<string, Set<number>>,
): void {
  const { environment } = plan.target;
  for (const planned of plan.packages) {
    if (seen.has(planned)) continue;
    seen.add(planned);
    const { name, requiresPython } = planned;
    if (requiresPython !== null && !seen.has(requiresPython) && mayTurnWithin(requiresPython)) {
      seen.add(requiresPython);
      collectTurns(requiresPython, pythonAdmits(requiresPython), splits);
    }
    const { facts } = chosenMetadata(world, name, chosen.get(name)?.rank ?? -1);
    for (const marker of patchMarkers(facts.requirements)) collectMarker(marker, environment, seen, splits);
  }
}

/** Of the requirements of a version's metadata the markers that name a patch level, looked for once. */
const patchMarkersOf = new WeakMap<readonly RequirementFacts[], readonly Marker[]>();

function patchMarkers(requirements: readonly RequirementFacts[]): readonly Marker[] {
  const known = patchMarkersOf.get(requirements);
  if (known !== undefined) return known;
  const found = requirements.flatMap(({ marker }) => (marker !== null && namesPatch(marker) ? [marker] : []));
  patchMarkersOf.set(requirements, found);
  return found;
}

function namesPatch(marker: Marker): boolean {
  return marker.kind === 'comparison' ? comparedWithPatch(marker) !== null : marker.markers.some(namesPatch);
}

function collectMarker(
  marker: Marker | null,
  environment: MarkerEnvironment,
  seen: Seen,
  splits: Map<string, Set<number>>,
): void {
  if (marker === null || seen.has(marker)) return;
  seen.add(marker);
  if (marker.kind !== 'comparison') {
    for (const part of marker.markers) collectMarker(part, environment, seen, splits);
    return;
  }
  const value = comparedWithPatch(marker);
  if (value === null) return;
  const holds = (python: string): boolean =>
    evaluateMarker(marker, {
      ...environment,
      python_full_version: python,
      implementation_version: python,
    });
  collectTurns(value, holds, splits);
}

/** What the full version of Python is compared with; null where a comparison is of something else. */
function comparedWithPatch({ left, right }: MarkerComparison): string | null {
  const variable = left.kind === 'variable' ? left : right;
  const value = left.kind === 'variable' ? right : left;
  if (variable.kind !== 'variable' || value.kind !== 'value') return null;
  const isFull = variable.name === 'python_full_version' || variable.name === 'implementation_version';
  return isFull ? value.value : null;
}

function pythonAdmits(requiresPython: string): (python: string) => boolean {
  try {
    const { specifierSet } = parseIndexSpecifierSet(requiresPython);
    return (python) => specifierSetContains(specifierSet, parseVersion(python), { prereleases: true });
  } catch {
    // What can't be read bounds nothing.
    return () => false;
  }
}

/** Notes where `holds` turns within the minor versions that a text names, or within the one given. */
function collectTurns(
  text: string,
  holds: (python: string) => boolean,
  splits: Map<string, Set<number>>,
  only?: string,
): void {
  for (const [python] of text.matchAll(/\b3\.\d+/g)) {
    if (only !== undefined && python !== only) continue;
    let before = holds(`${python}.0`);
    for (let patch = 1; patch <= lastPatch; patch++) {
      const now = holds(`${python}.${patch}`);
      if (now !== before) splits.set(python, (splits.get(python) ?? new Set()).add(patch));
      before = now;
    }
  }
}
