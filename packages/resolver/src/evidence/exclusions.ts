import { evaluateMarker } from '@pyplan/markers';
import {
  admitsPython,
  bestCandidate,
  type CandidatePolicy,
  type FileStanding,
  standingOf,
} from '../candidate/candidate-table.ts';
import { namesOf, type PageFacts, rankOf } from '../facts/facts.ts';
import type { IndexFile } from '../package-source.ts';
import { allowsYanked } from '../world/demands.ts';
import type { TargetWorld } from '../world/target-world.ts';
import type { EvidenceReason } from './document.ts';

/**
 * Why a version is no candidate: what speaks against it as a whole, or against each of its files; sorted. Null
 * where it is one, as far as is known.
 */
export function reasonsAgainst(
  world: TargetWorld,
  project: string,
  page: PageFacts,
  rank: number,
  hashed: ReadonlySet<string>,
): readonly EvidenceReason[] | null {
  if (page.page.status.kind === 'quarantined') return [['quarantined', null]];
  if (world.prereleaseStanding(project, rank) === 'never') return [['pre-release', null]];
  const best = bestCandidate(world.policy, page, rank);
  if (typeof best !== 'string') return againstBest(world, project, page, rank, best.file);
  const reasons = new Map<string, EvidenceReason>();
  const add = (reason: EvidenceReason): void => void reasons.set(JSON.stringify(reason), reason);
  page.page.filesOf(rank).forEach((file, index) => {
    const reason = againstFile(world.policy, page, rank, index, file);
    if (reason !== null) add(reason);
  });
  // Files that the user's hashes do not allow are not on the page as the solver sees it.
  if (hashed.has(project)) add(['hashes', null]);
  return [...reasons.keys()]
    .sort()
    .map((key) => reasons.get(key))
    .filter((reason) => reason !== undefined);
}

function againstFile(
  policy: CandidatePolicy,
  page: PageFacts,
  rank: number,
  index: number,
  file: IndexFile,
): EvidenceReason | null {
  const { kind } = standingOf(policy, page, rank, index, file);
  const name = namesOf(page, rank)[index];
  return reasonOf(kind, file, name?.kind === 'wheel' ? name.tag : null);
}

function reasonOf(kind: FileStanding['kind'], file: IndexFile, tag: string | null): EvidenceReason | null {
  switch (kind) {
    case 'fits':
    case 'unread':
      return null;
    case 'not-wanted':
      return [tag === null ? 'sdist' : 'wheel', null];
    case 'wrong-platform':
      return ['tags', tag];
    case 'no-time':
    case 'too-new':
      return ['uploaded', file.uploadTime];
    case 'wrong-python':
      return ['python', file.requiresPython];
  }
}

/** A version whose best file fits: what its metadata or its yanking says against it. */
function againstBest(
  world: TargetWorld,
  project: string,
  page: PageFacts,
  rank: number,
  file: IndexFile,
): readonly EvidenceReason[] | null {
  const version = page.page.versions[rank];
  if (file.yanked !== null && version !== undefined) {
    const preferred = [world.options.preferences.get(project) ?? []].flat();
    const isPreferred = preferred.some((text) => rankOf(page, text) === rank);
    if (!allowsYanked(world.demands, project, version) && !isPreferred) return [['yanked', file.yanked]];
  }
  const known = page.metadata.get(file.filename);
  if (known === undefined) return null;
  if (known.kind !== 'metadata') return [[known.kind, null]];
  const { requiresPython } = known.metadata;
  if (
    file.requiresPython === null &&
    requiresPython !== null &&
    !admitsPython(world.policy, requiresPython)
  ) {
    return [['metadata-python', requiresPython]];
  }
  const { environment } = world.policy.target;
  const changes = version === undefined ? null : world.demands.scopes.of(project, version);
  const isReplaced = (name: string): boolean =>
    changes?.overrides.has(name) === true ||
    changes?.excludes.has(name) === true ||
    world.demands.overrides.has(name) ||
    world.options.excludes.has(name);
  const foreign = known.requirements.find(
    ({ project: name, url, marker }) =>
      url !== null &&
      !isReplaced(name) &&
      world.demands.direct.get(name) !== url &&
      (marker === null || evaluateMarker(marker, environment, '')),
  );
  if (foreign !== undefined) return [['direct', foreign.text]];
  const own = world.ruledOutByItself(project, rank);
  return own === null ? null : [['itself', own]];
}
