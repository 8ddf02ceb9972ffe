import { type Rejection, rejectionOf } from '../candidate/rejection.ts';
import type { RankSet } from '../solver/rank-set.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { noTimeReason, tooNewReason } from './too-new.ts';

/** So many versions are named before the rest is counted. */
const named = 3;

/** Why none of the versions in `ranks` can be chosen, newest first, one sentence a reason. */
export function nearMisses(world: TargetWorld, project: string, ranks: RankSet): readonly string[] {
  const page = world.page(project);
  if (page === undefined || page === null) return [];
  if (page.page.status.kind === 'quarantined') return [`${project} is quarantined by the index`];
  const byKind = new Map<string, { reason: string; readonly versions: string[] }>();
  const uploads: string[] = [];
  for (let i = ranks.length - 2; i >= 0; i -= 2) {
    for (let rank = (ranks[i + 1] ?? 0) - 1; rank >= (ranks[i] ?? 0); rank--) {
      const version = page.page.versions[rank]?.text ?? '';
      const { key, reason } =
        world.prereleaseStanding(project, rank) === 'never'
          ? { key: 'pre-release', reason: prereleaseReason(world, project) }
          : reasonFor(world, project, rejectionOf(world.policy, page, rank), uploads);
      const told = byKind.get(key);
      if (told === undefined) byKind.set(key, { reason, versions: [version] });
      else {
        told.versions.push(version);
        if (key === 'too-new') told.reason = reason;
      }
    }
  }
  return [...byKind.values()].map(
    ({ reason, versions }) =>
      `${project} ${listed(versions)} ${versions.length > 1 ? plural(reason) : reason}`,
  );
}

function prereleaseReason({ options }: TargetWorld, project: string): string {
  const way = options.prereleasePackages.has(project)
    ? `--prerelease-package ${project}=allow`
    : '--prerelease allow';
  return `is a pre-release (${way} admits it)`;
}

/**
 * A reason with the key under which versions are told together: what only a build would tell has other
 * words for each file, of which the newest version's stand for all. Upload times add up in `uploads`.
 */
function reasonFor(
  world: TargetWorld,
  project: string,
  rejection: Rejection,
  uploads: string[],
): { readonly key: string; readonly reason: string } {
  if (rejection.kind === 'too-new') {
    uploads.push(rejection.uploadTime);
    return { key: 'too-new', reason: tooNewReason(world, project, uploads) };
  }
  const reason = reasonText(world, project, rejection);
  return { key: rejection.kind === 'dynamic' ? 'dynamic' : reason, reason };
}

function listed(versions: readonly string[]): string {
  if (versions.length <= named) return versions.join(', ');
  return `${versions.slice(0, named).join(', ')} and ${versions.length - named} older`;
}

/** The reason said of several versions. */
function plural(reason: string): string {
  return reason
    .replace(/^has /, 'have ')
    .replace(/^is a pre-release(.*) it\)$/, 'are pre-releases$1 them)')
    .replace(/ it$/, ' them')
    .replace(/^was /, 'were ')
    .replace(/^requires /, 'require ')
    .replace(/^asks /, 'ask ');
}

function reasonText(
  world: TargetWorld,
  project: string,
  rejection: Exclude<Rejection, { readonly kind: 'too-new' }>,
): string {
  const { python, platform } = world.policy.target;
  switch (rejection.kind) {
    case 'yanked':
      return `was yanked${rejection.reason === '' ? '' : ` ("${rejection.reason}")`}; only an exact pin (==) admits it`;
    case 'no-time':
      return noTimeReason(world, project);
    case 'wrong-python':
      return `requires Python ${rejection.requiresPython}, not ${python}`;
    case 'wrong-platform':
      return `has no wheel for Python ${python} on ${platform}`;
    case 'only-sdist':
      return 'has only a source distribution, which --only-binary excludes';
    case 'only-wheels':
      return 'has only wheels, which --no-binary excludes';
    case 'dynamic':
      return `has only a source distribution that would have to be built: ${rejection.reason}`;
    case 'unusable':
      return `can't be used: ${rejection.reason}`;
    case 'direct-reference':
      return 'asks for a package by URL, which your own requirements must name first';
  }
}
