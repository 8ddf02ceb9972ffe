import {
  type CandidatePolicy,
  candidateAt,
  candidatePolicy,
  standingOf,
} from '../candidate/candidate-table.ts';
import { type PageFacts, targetNamed } from '../facts/facts.ts';
import type { IndexFile } from '../package-source.ts';
import type { SolvedRegion } from './solve-regions.ts';

/**
 * The files of a version that installers may need in the given regions, in page order: those of every
 * C library and system release that machines of the platform may have, and the sdist if wanted.
 */
export function lockFiles(
  page: PageFacts,
  rank: number,
  parts: readonly SolvedRegion[],
  policiesOf: ReadonlyMap<SolvedRegion, readonly CandidatePolicy[]>,
): readonly IndexFile[] {
  const files = page.page.filesOf(rank);
  const distinct = [...new Set(parts.flatMap((part) => policiesOf.get(part) ?? []))];
  const yankedOnly = parts.every(({ world }) => candidateAt(world.policy, page, rank)?.yanked != null);
  return files.filter(
    (file, index) =>
      (yankedOnly || file.yanked === null) &&
      distinct.some((policy) => standingOf(policy, page, rank, index, file).kind === 'fits'),
  );
}

/** The policy of a region's own target, and of what else machines there may be. */
export function installerPolicies({ region, world }: SolvedRegion): readonly CandidatePolicy[] {
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
