import { standingOf } from '../../candidate/candidate-table.ts';
import type { GroundedRefusal } from '../../explanation/refuse.ts';
import type { Facts, PageFacts, TurningFile } from '../../facts/facts.ts';
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
    for (const { rank, index, requiresPython } of turningFiles(world.facts, page)) {
      const file = page.page.filesOf(rank)[index];
      if (file === undefined || pythons.has(requiresPython)) continue;
      if (standingOf(world.policy, page, rank, index, file).kind === 'wrong-python')
        pythons.add(requiresPython);
    }
  }
  return { pythons: [...pythons].sort(), markers };
}

/** Worked out once for a page. */
function turningFiles({ turning }: Facts, page: PageFacts): readonly TurningFile[] {
  const known = turning.get(page);
  if (known !== undefined) return known;
  const found: TurningFile[] = [];
  for (let rank = 0; rank < page.page.versions.length; rank++) {
    for (const [index, { requiresPython }] of page.page.filesOf(rank).entries()) {
      if (requiresPython !== null && mayTurnWithin(requiresPython))
        found.push({ rank, index, requiresPython });
    }
  }
  turning.set(page, found);
  return found;
}
