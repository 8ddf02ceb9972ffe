import { admitsPython, type CandidatePolicy, standingOf } from '../../candidate/candidate-table.ts';
import type { GroundedRefusal } from '../../explanation/refuse.ts';
import type { Facts, PageFacts, TurningVersion } from '../../facts/facts.ts';
import type { TargetWorld } from '../../world/target-world.ts';
import { mayTurnWithin } from '../patch-splits.ts';

/** What of a refusal may be otherwise at other patch levels of the same Python. */
export interface PatchDependence {
  /** Requires-Python texts that keep files out. */
  readonly pythons: readonly string[];
  /** Markers, as text, under which something is asked for. */
  readonly markers: readonly string[];
}

export function patchDependence(world: TargetWorld, { projects, markers }: GroundedRefusal): PatchDependence {
  const pythons = new Set<string>();
  for (const project of projects) {
    const page = world.page(project);
    if (page === undefined || page === null) continue;
    for (const { rank, requiresPythons } of turningVersions(world.facts, page)) {
      for (const text of requiresPythons) {
        // What admits the target keeps no file out, so the files need not be decoded.
        if (pythons.has(text) || admitsPython(world.policy, text)) continue;
        if (keepsOut(text, world.policy, page, rank)) pythons.add(text);
      }
    }
  }
  return { pythons: [...pythons].sort(), markers };
}

/** Whether a file of the version is no candidate for that Requires-Python alone. */
function keepsOut(requiresPython: string, policy: CandidatePolicy, page: PageFacts, rank: number): boolean {
  return page.page
    .filesOf(rank)
    .some(
      (file, index) =>
        file.requiresPython === requiresPython &&
        standingOf(policy, page, rank, index, file).kind === 'wrong-python',
    );
}

/** Worked out once for a page. */
function turningVersions({ turning }: Facts, page: PageFacts): readonly TurningVersion[] {
  const known = turning.get(page);
  if (known !== undefined) return known;
  const found: TurningVersion[] = [];
  for (let rank = 0; rank < page.page.versions.length; rank++) {
    const texts =
      page.page.requiresPythonsOf?.(rank) ??
      page.page.filesOf(rank).flatMap(({ requiresPython }) => requiresPython ?? []);
    const requiresPythons = [...new Set(texts)].filter(mayTurnWithin);
    if (requiresPythons.length > 0) found.push({ rank, requiresPythons });
  }
  turning.set(page, found);
  return found;
}
