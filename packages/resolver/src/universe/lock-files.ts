import { wheelRank } from '@pyplan/wheel-meta';
import {
  type CandidatePolicy,
  candidateAt,
  candidatePolicy,
  standingOf,
} from '../candidate/candidate-table.ts';
import { type DistributionName, namesOf, type PageFacts, targetNamed } from '../facts/facts.ts';
import type { IndexFile } from '../package-source.ts';
import type { SolvedRegion } from './solve-regions.ts';

/** The installers of some regions: those of every C library and system release that machines may have. */
export type Installers = ReadonlySet<CandidatePolicy>;

export function installersOf(regions: readonly SolvedRegion[]): Installers {
  return new Set(regions.flatMap(installerPolicies));
}

/** The installers of all regions, and by the tags of a wheel, as in its name, those that take it. */
export interface Takers {
  readonly all: readonly CandidatePolicy[];
  readonly byTag: Map<string, readonly CandidatePolicy[]>;
}

/** The files of a version that installers may need in the given regions, in page order, and the sdist if wanted. */
export function lockFiles(
  page: PageFacts,
  rank: number,
  regions: readonly SolvedRegion[],
  installers: Installers,
  takers: Takers,
): readonly IndexFile[] {
  const files = page.page.filesOf(rank);
  const names = namesOf(page, rank);
  const yankedOnly = regions.every(({ world }) => candidateAt(world.policy, page, rank)?.yanked != null);
  return files.filter(
    (file, index) =>
      (yankedOnly || file.yanked === null) &&
      takersOf(names[index], takers).some(
        (policy) => installers.has(policy) && standingOf(policy, page, rank, index, file).kind === 'fits',
      ),
  );
}

/** The installers that may take a file: by the tags, where it is a wheel. */
function takersOf(name: DistributionName | undefined, { all, byTag }: Takers): readonly CandidatePolicy[] {
  if (name?.kind !== 'wheel') return all;
  const known = byTag.get(name.tag);
  if (known !== undefined) return known;
  const found = all.filter(({ target }) => wheelRank(target.tags, name) >= 0);
  byTag.set(name.tag, found);
  return found;
}

/** The policy of a region's own target, and of what else machines there may be. */
function installerPolicies({ region, world }: SolvedRegion): readonly CandidatePolicy[] {
  const { facts, options } = world;
  const others = platformVariants(region.platform).map((platform) =>
    candidatePolicy(facts.tables, targetNamed(facts, region.target.python, platform), options),
  );
  return [world.policy, ...others];
}

/** What else runs on a platform: newer C libraries, musl, newer systems. */
function platformVariants(platform: string): readonly string[] {
  const linux = /^(x86_64|aarch64)-unknown-linux-gnu$/.exec(
    platform === 'linux' ? 'x86_64-unknown-linux-gnu' : platform,
  );
  if (linux !== null) return [`${linux[1]}-manylinux_2_45`, `${linux[1]}-unknown-linux-musl`];
  const mac = /^(x86_64|aarch64)-apple-darwin$/.exec(
    platform === 'macos' ? 'aarch64-apple-darwin' : platform,
  );
  return mac === null ? [] : [`${mac[1]}-apple-darwin26.0`];
}
