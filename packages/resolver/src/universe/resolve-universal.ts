import { newLoader } from '../driver/loader.ts';
import type { Facts } from '../facts/facts.ts';
import type { UniversalRequest } from '../request.ts';
import type { Note, UniversalResolution } from '../resolution.ts';
import type { Target } from '../target/target.ts';
import { projectionFaults } from './check-lock.ts';
import { leadFirst } from './lead-first.ts';
import { patchSplits } from './patch-splits.ts';
import { type Region, regionsOf, universalPlatforms } from './region.ts';
import { type RegionAnswer, type RegionAnswers, solveRegions } from './solve-regions.ts';
import { universalLock } from './universal-lock.ts';

/** Splits show only once the plans are known; so often may they show new ones. */
const splitRounds = 4;

/**
 * One lock for every target of a universe, each target judged by its own wheels' metadata.
 *
 * What no combination of versions can cover is listed as uncovered, unless its platform was named: then
 * there is no lock. The sum of the plans is checked against each of them before it is given.
 */
export async function resolveUniversal(
  request: UniversalRequest,
  facts: Facts,
): Promise<UniversalResolution> {
  const loader = newLoader(facts, request.signal, (name) => {
    const { pages, metadata } = loader.counts;
    request.onProgress?.({ phase: 'resolving', target: null, name, pages, metadata, decided: 0 });
  });
  const platforms = request.platforms ?? universalPlatforms;
  let answers: RegionAnswers = { solved: [], refused: [] };
  let splits: ReadonlyMap<string, ReadonlySet<number>> = new Map();
  const solved = new Map<Target, RegionAnswer>();
  let known = '';
  for (let round = 0; round < splitRounds; round++) {
    const regions = leadFirst(regionsOf(request.requiresPython, platforms, splits, facts), request);
    const names = regions.map(regionName).join();
    if (names === known) break;
    known = names;
    answers = await solveRegions(request, regions, facts, loader, solved);
    splits = patchSplits(answers.solved);
  }
  const notes = distinct(answers.solved.flatMap((each) => each.notes));
  if (answers.solved.length === 0 || (request.platforms !== null && answers.refused.length > 0)) {
    return { status: 'no-solution', refusals: answers.refused.map(({ refusal }) => refusal), notes };
  }
  const lock = universalLock(request.requiresPython, answers);
  const faults = projectionFaults(lock);
  if (faults.length > 0)
    throw new Error(`invariant: the lock is not sound: ${faults.slice(0, 3).join('; ')}`);
  return { status: 'resolved', lock, notes };
}

function regionName({ python, from, to, platform }: Region): string {
  return `${python} ${from} ${to} ${platform}`;
}

function distinct(notes: readonly Note[]): readonly Note[] {
  return [...new Map(notes.map((note) => [`${note.kind} ${note.text}`, note])).values()];
}
