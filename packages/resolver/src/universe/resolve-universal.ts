import { type Marker, parseMarker } from '@pyplan/markers';
import { type Loader, newLoader } from '../driver/loader.ts';
import type { SharedSearches } from '../driver/search.ts';
import { InvalidTargetError } from '../errors.ts';
import type { Facts } from '../facts/facts.ts';
import { distinctNotes } from '../plan/notes.ts';
import { universalRepairs } from '../repair/universal-repairs.ts';
import type { UniversalRequest } from '../request.ts';
import type { UniversalResolution } from '../resolution.ts';
import { newAnswerTree } from '../solver/followed/answer-tree.ts';
import { releasedPythons, type Target } from '../target/target.ts';
import { projectionFaults } from './check-lock.ts';
import { holdsIn, platformsFor, regionsWithin } from './environments.ts';
import { leadFirst } from './lead-first.ts';
import { markerSplits, type PatchSplits, patchSplits } from './patch-splits.ts';
import { type Region, regionName, regionsOf } from './region.ts';
import { type RegionAnswer, type RegionAnswers, solveRegions } from './solve-regions.ts';
import { universalLock } from './universal-lock.ts';

/**
 * One lock for every target of a universe, each target judged by its own wheels' metadata.
 *
 * What no combination of versions can cover is listed as uncovered, unless its platform was named or its
 * environment required: then there is no lock. The sum of the plans is checked against each of them before it is given.
 *
 * @throws {InvalidTargetError} where the universe is empty.
 */
export async function resolveUniversal(
  request: UniversalRequest,
  facts: Facts,
): Promise<UniversalResolution> {
  const loader = newLoader(facts, request.signal, (name) => {
    const { pages, metadata } = loader.counts;
    request.onProgress?.({ phase: 'resolving', target: null, name, pages, metadata, decided: 0 });
  });
  const required = (request.requiredEnvironments ?? []).map((text) => parseMarker(text));
  const supported = (request.environments ?? []).map((text) => parseMarker(text));
  const platforms = platformsFor(request, supported, required);
  const answers = await solveUniverse(request, platforms, supported, required, facts, loader);
  const notes = distinctNotes(answers.solved.flatMap((each) => each.notes));
  const isCovered = (marker: Marker): boolean => answers.solved.some(({ region }) => holdsIn(marker, region));
  const lost = supported.filter((marker) => !isCovered(marker));
  const missing = answers.refused.filter(
    ({ region }) =>
      request.platforms !== null || [...required, ...lost].some((marker) => holdsIn(marker, region)),
  );
  if (answers.solved.length === 0 || missing.length > 0) {
    const told = missing.length > 0 ? missing : answers.refused;
    const refusals = told.map(({ grounds }) => grounds.tell());
    if ((request.repairTrials ?? 0) === 0) return { status: 'no-solution', refusals, notes };
    const pythons = new Set([...answers.solved, ...answers.refused].map(({ region }) => region.python));
    const isRefused = (marker: Marker): boolean =>
      answers.refused.some(({ region }) => holdsIn(marker, region));
    const refused = {
      refusals,
      pythons: releasedPythons.filter((python) => pythons.has(python)),
      environments: (request.environments ?? []).filter((_, i) =>
        lost.some((marker) => marker === supported[i]),
      ),
      required: (request.requiredEnvironments ?? []).filter((text) => isRefused(parseMarker(text))),
      isPartlySolved: answers.solved.length > 0,
    };
    const proposed = await universalRepairs(request, refused, facts, loader, (changed) =>
      resolveUniversal(changed, facts),
    );
    return { status: 'no-solution', refusals, ...proposed, notes };
  }
  const lock = universalLock(request.requiresPython, answers, answers.outside, facts);
  const faults = projectionFaults(lock);
  if (faults.length > 0)
    throw new Error(`invariant: the lock is not sound: ${faults.slice(0, 3).join('; ')}`);
  return { status: 'resolved', lock, notes };
}

/** Answers, and the regions that the universe would have but for its supported environments. */
interface UniverseAnswers extends RegionAnswers {
  readonly outside: readonly Region[];
}

/** Solves the regions, split further as the answers show that they depend on patch levels of Python. */
async function solveUniverse(
  request: UniversalRequest,
  platforms: readonly string[],
  supported: readonly Marker[],
  required: readonly Marker[],
  facts: Facts,
  loader: Loader,
): Promise<UniverseAnswers> {
  const solved = new Map<Target, RegionAnswer>();
  const shared: SharedSearches = newAnswerTree('lines');
  let answers: RegionAnswers = { solved: [], refused: [] };
  let splits: PatchSplits = markerSplits([...supported, ...required]);
  let known = '';
  // Splits only grow, and there are finitely many patch levels.
  while (true) {
    const all = regionsOf(request.requiresPython, platforms, splits, facts);
    if (all.length === 0) {
      throw new InvalidTargetError(
        `no Python that is out satisfies "${request.requiresPython}": they are ${releasedPythons.join(', ')}`,
      );
    }
    const regions = leadFirst(regionsWithin(all, supported, required), request);
    const names = regions.map(regionName).join();
    if (names === known) return { ...answers, outside: all.filter((region) => !regions.includes(region)) };
    known = names;
    answers = await solveRegions(request, regions, facts, loader, solved, shared);
    splits = patchSplits(request, answers, splits);
  }
}
