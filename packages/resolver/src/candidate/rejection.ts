import { evaluateMarker } from '@pyplan/markers';
import { type MetadataFacts, namesOf, type PageFacts, ranksAdmitted } from '../facts/facts.ts';
import type { IndexFile } from '../package-source.ts';
import { ranksContain } from '../solver/rank-set.ts';
import {
  admitsPython,
  type Candidate,
  type CandidatePolicy,
  candidateAt,
  type FileStanding,
  standingOf,
} from './candidate-table.ts';

/** Why a version is no candidate for a target: the reason of the file that came closest. */
export type Rejection =
  | { readonly kind: 'yanked'; readonly reason: string }
  | { readonly kind: 'too-new'; readonly uploadTime: string }
  | { readonly kind: 'no-time' }
  | { readonly kind: 'wrong-python'; readonly requiresPython: string }
  /** `sdist`: whether one is there that is not wanted. */
  | { readonly kind: 'wrong-platform'; readonly sdist: boolean }
  /** Only sdists, where they are excluded; or only wheels, likewise. */
  | { readonly kind: 'only-sdist' | 'only-wheels' }
  | { readonly kind: 'dynamic' | 'unusable'; readonly reason: string }
  | { readonly kind: 'direct-reference' };

/**
 * Says why the version at `rank` can't be chosen, supposing that it can't.
 *
 * @param byMetadata whether its metadata rules it out: what happens to be known of it besides must not show
 */
export function rejectionOf(
  policy: CandidatePolicy,
  page: PageFacts,
  rank: number,
  byMetadata: boolean,
): Rejection {
  const files = page.page.filesOf(rank);
  const standings = namesOf(page, rank).flatMap((_, index) => {
    const file = files[index];
    return file === undefined ? [] : [{ file, standing: standingOf(policy, page, rank, index, file) }];
  });
  const first = (kind: FileStanding['kind']): IndexFile | undefined =>
    standings.find(({ standing }) => standing.kind === kind)?.file;
  const candidate = candidateAt(policy, page, rank);
  if (candidate !== null) return rejectionOfCandidate(policy, page, candidate, byMetadata);
  const python = first('wrong-python');
  if (python !== undefined) return { kind: 'wrong-python', requiresPython: python.requiresPython ?? '' };
  const tooNew = first('too-new');
  if (tooNew !== undefined) return { kind: 'too-new', uploadTime: tooNew.uploadTime ?? '' };
  if (first('no-time') !== undefined) return { kind: 'no-time' };
  const forPython = ({ requiresPython }: IndexFile): boolean =>
    requiresPython === null || admitsPython(policy, requiresPython);
  // The Python that all files ask for tells more than the tags of the wheels.
  const [{ file: some } = { file: null }] = standings;
  if (some?.requiresPython != null && !standings.some(({ file }) => forPython(file))) {
    return { kind: 'wrong-python', requiresPython: some.requiresPython };
  }
  const unwanted = first('not-wanted');
  if (unwanted !== undefined && first('wrong-platform') === undefined) {
    return { kind: unwanted.filename.endsWith('.whl') ? 'only-wheels' : 'only-sdist' };
  }
  return { kind: 'wrong-platform', sdist: unwanted?.filename.endsWith('.whl') === false };
}

function rejectionOfCandidate(
  policy: CandidatePolicy,
  page: PageFacts,
  { rank, file }: Candidate,
  byMetadata: boolean,
): Rejection {
  const metadata = page.metadata.get(file.filename);
  if (byMetadata && metadata !== undefined) {
    const rejection = rejectionOfMetadata(policy, metadata) ?? ruledOutByItself(policy, page, rank, metadata);
    if (rejection !== null) return rejection;
  }
  return file.yanked === null ? { kind: 'direct-reference' } : { kind: 'yanked', reason: file.yanked };
}

/** A version that asks for another one of its own project. */
function ruledOutByItself(
  { target }: CandidatePolicy,
  page: PageFacts,
  rank: number,
  facts: MetadataFacts,
): Rejection | null {
  if (facts.kind !== 'metadata') return null;
  const own = facts.requirements.find(
    (requirement) =>
      requirement.project === page.page.name &&
      (requirement.marker === null || evaluateMarker(requirement.marker, target.environment, '')) &&
      !ranksContain(ranksAdmitted(page, requirement), rank),
  );
  return own === undefined ? null : { kind: 'unusable', reason: `it requires ${own.text} of itself` };
}

function rejectionOfMetadata(policy: CandidatePolicy, facts: MetadataFacts): Rejection | null {
  switch (facts.kind) {
    case 'dynamic':
    case 'unusable':
      return { kind: facts.kind, reason: facts.reason };
    case 'metadata': {
      const { requiresPython } = facts.metadata;
      if (requiresPython === null || admitsPython(policy, requiresPython)) return null;
      return { kind: 'wrong-python', requiresPython };
    }
  }
}
