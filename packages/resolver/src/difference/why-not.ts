import { admitsPython, type CandidatePolicy, candidateAt, standingOf } from '../candidate/candidate-table.ts';
import { rejectionOf } from '../candidate/rejection.ts';
import { uploadBound, uploadLimitOf } from '../candidate/upload-limit.ts';
import { namesOf, type PageFacts } from '../facts/facts.ts';
import type { IndexFile } from '../package-source.ts';
import type { DifferenceCause } from './difference.ts';
import { placeOf, type Side } from './side.ts';

type VersionCauses = readonly (DifferenceCause & { readonly version: string })[];

/** What keeps a file from being chosen, each of which would have to go. */
type Hindrance =
  | { readonly kind: 'wheel-tag' }
  | { readonly kind: 'requires-python'; readonly requiresPython: string }
  | { readonly kind: 'upload-time'; readonly uploadTime: string | null };

/**
 * Why a side can't have a version at all, whatever else is in its plan: of the file that comes closest everything that
 * hinders it. Empty where the version is a candidate there.
 */
export function whyNoCandidate(side: Side, project: string, version: string): VersionCauses {
  const place = placeOf(side, project, version);
  if (place === null) return [];
  const { policy } = side.world;
  const { page, rank } = place;
  const candidate = candidateAt(policy, page, rank);
  const isFree = candidate !== null && (candidate.yanked === null || isPinned(side, project, version));
  if (isFree && hindrances(policy, page, rank, candidate.file).length === 0) return [];
  const about = { package: project, version, sides: [side.index] };
  const closest = page.page
    .filesOf(rank)
    .map((file) => hindrances(policy, page, rank, file))
    .toSorted((a, b) => a.length - b.length)[0];
  if (closest !== undefined && closest.length > 0) {
    return closest.map((hindrance) => ({ ...hindrance, ...about }));
  }
  return [{ kind: 'unavailable', reason: reasonOf(policy, page, rank), ...about }];
}

function isPinned(side: Side, project: string, version: string): boolean {
  return side.world.demands.pins.get(project)?.some((pin) => pin.text === version) === true;
}

function hindrances(
  policy: CandidatePolicy,
  page: PageFacts,
  rank: number,
  file: IndexFile,
): readonly Hindrance[] {
  const index = page.page.filesOf(rank).indexOf(file);
  const name = namesOf(page, rank)[index];
  if (name === undefined || name.kind === 'other') return [{ kind: 'wheel-tag' }];
  const { kind } = standingOf(policy, page, rank, index, file);
  const metadata = page.metadata.get(file.filename);
  const python =
    file.requiresPython ?? (metadata?.kind === 'metadata' ? metadata.metadata.requiresPython : null);
  // Standings tell the first fault alone, and tags before times before Pythons.
  const mustBeBuilt = metadata?.kind === 'dynamic' || metadata?.kind === 'unusable';
  const tag = kind === 'wrong-platform' || kind === 'not-wanted' || mustBeBuilt;
  const limit = uploadLimitOf(policy.uploads, page.page.name);
  const uploaded = file.uploadTime === null ? Number.NaN : Date.parse(file.uploadTime);
  const late = limit !== null && !(uploaded < uploadBound(limit));
  return [
    ...(python !== null && !admitsPython(policy, python)
      ? [{ kind: 'requires-python' as const, requiresPython: python }]
      : []),
    ...(tag ? [{ kind: 'wheel-tag' as const }] : []),
    ...(late ? [{ kind: 'upload-time' as const, uploadTime: file.uploadTime }] : []),
  ];
}

function reasonOf(policy: CandidatePolicy, page: PageFacts, rank: number): string {
  const rejection = rejectionOf(policy, page, rank, true);
  switch (rejection.kind) {
    case 'yanked':
      return `was yanked${rejection.reason === '' ? '' : ` ("${rejection.reason}")`}`;
    case 'direct-reference':
      return 'asks for a package by URL';
    case 'dynamic':
    case 'unusable':
      return rejection.reason;
    default:
      return 'is no candidate';
  }
}

/** Why one file of a version is not the one that a side takes. */
export function whyNotFile(side: Side, project: string, version: string, filename: string): VersionCauses {
  const place = placeOf(side, project, version);
  const file = place?.page.page.filesOf(place.rank).find((each) => each.filename === filename);
  if (place === null || file === undefined) return [];
  const found = hindrances(side.world.policy, place.page, place.rank, file);
  return found.map((hindrance) => ({ ...hindrance, package: project, version, sides: [side.index] }));
}
