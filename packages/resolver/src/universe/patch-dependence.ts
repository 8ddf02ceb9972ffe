import { standingOf } from '../candidate/candidate-table.ts';
import type { GroundedRefusal } from '../explanation/refuse.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { mayTurnWithin } from './patch-splits.ts';

/** What of a refusal may be otherwise at other patch levels of the same Python. */
export interface PatchDependence {
  /** Requires-Python texts that keep files out. */
  readonly pythons: readonly string[];
  /** Markers, as text, under which something is asked for. */
  readonly markers: readonly string[];
}

export function patchDependence(world: TargetWorld, { projects, markers }: GroundedRefusal): PatchDependence {
  const pythons = new Set<string>();
  const others = new Set<string>();
  for (const project of projects) {
    const page = world.page(project);
    if (page === undefined || page === null) continue;
    for (let rank = 0; rank < page.page.versions.length; rank++) {
      for (const [index, file] of page.page.filesOf(rank).entries()) {
        const text = file.requiresPython;
        if (text === null || pythons.has(text) || others.has(text)) continue;
        if (!mayTurnWithin(text)) others.add(text);
        else if (standingOf(world.policy, page, rank, index, file).kind === 'wrong-python') pythons.add(text);
      }
    }
  }
  return { pythons: [...pythons].sort(), markers };
}
