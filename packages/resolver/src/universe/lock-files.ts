import { wheelRank } from '@pyplan/wheel-meta';
import {
  type CandidatePolicy,
  candidateAt,
  candidatePolicy,
  standingOf,
} from '../candidate/candidate-table.ts';
import { type DistributionName, type Facts, namesOf, type PageFacts, targetNamed } from '../facts/facts.ts';
import type { IndexFile } from '../package-source.ts';
import type { SolvedRegion } from './solve-regions.ts';

/** Files that the installers of a universe need. */
export interface LockFiles {
  /** The files of a version that installers may need in some regions, by their places, in page order, and the sdist if wanted. */
  filesOf(page: PageFacts, rank: number, places: readonly number[]): readonly IndexFile[];
}

/** What a universe that is covered by these regions needs; what was found for the last one is kept. */
export function lockFilesFor({ lockFiles }: Facts, solved: readonly SolvedRegion[]): LockFiles {
  const policies = solved.map(({ world }) => world.policy);
  const [last] = lockFiles;
  if (
    last !== undefined &&
    last.policies.length === policies.length &&
    policies.every((policy, place) => policy === last.policies[place])
  ) {
    return last.files;
  }
  const files = newLockFiles(policies, solved);
  lockFiles.splice(0, 1, { policies, files });
  return files;
}

function newLockFiles(policies: readonly CandidatePolicy[], solved: readonly SolvedRegion[]): LockFiles {
  const ofRegions = solved.map(installerPolicies);
  const all = [...new Set(ofRegions.flat())];
  /** By the tags of a wheel, as in its name, the installers that take it. */
  const byTag = new Map<string, readonly CandidatePolicy[]>();
  const installers = new Map<string, ReadonlySet<CandidatePolicy>>();
  const known = new Map<PageFacts, Map<string, readonly IndexFile[]>>();

  function installersAt(key: string, places: readonly number[]): ReadonlySet<CandidatePolicy> {
    const found = installers.get(key) ?? new Set(places.flatMap((place) => ofRegions[place] ?? []));
    installers.set(key, found);
    return found;
  }

  function takersOf(name: DistributionName | undefined): readonly CandidatePolicy[] {
    if (name?.kind !== 'wheel') return all;
    const found = byTag.get(name.tag) ?? all.filter(({ target }) => wheelRank(target.tags, name) >= 0);
    byTag.set(name.tag, found);
    return found;
  }

  function find(page: PageFacts, rank: number, places: readonly number[], key: string): readonly IndexFile[] {
    const installersThere = installersAt(key, places);
    const names = namesOf(page, rank);
    const yankedOnly = places.every((place) => {
      const policy = policies[place];
      return policy !== undefined && candidateAt(policy, page, rank)?.yanked != null;
    });
    return page.page
      .filesOf(rank)
      .filter(
        (file, index) =>
          (yankedOnly || file.yanked === null) &&
          takersOf(names[index]).some(
            (policy) =>
              installersThere.has(policy) && standingOf(policy, page, rank, index, file).kind === 'fits',
          ),
      );
  }

  return {
    filesOf(page, rank, places) {
      const key = places.join();
      const byVersion = known.get(page) ?? new Map<string, readonly IndexFile[]>();
      known.set(page, byVersion);
      const versionKey = `${rank} ${key}`;
      const found = byVersion.get(versionKey) ?? find(page, rank, places, key);
      byVersion.set(versionKey, found);
      return found;
    },
  };
}

/** The policy of a region's own target, and of what else machines there may be: of every C library and system release. */
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
