import type { Reason } from '../explanation/reason.ts';
import type { ResolveOptions, ResolveRequest } from '../request.ts';
import { releasedPythons, type Target, target } from '../target/target.ts';
import type { Repair } from './repair.ts';

/** Other targets or other options for the same lines. */
export interface Alternative<Request> {
  readonly request: Request;
  readonly repair: Repair;
}

/** Released Pythons by how near they are, the newer of two first; those that a near miss names come first. */
export function otherPythons(
  request: ResolveRequest,
  on: Target,
  reasons: readonly Reason[],
): readonly Alternative<ResolveRequest>[] {
  const own = releasedPythons.indexOf(on.environment.python_version);
  if (own < 0) return [];
  const named = new Set(
    nearMissesOf(reasons).flatMap(({ option }) => /^--python (.+)$/.exec(option ?? '')?.[1] ?? []),
  );
  return releasedPythons
    .map((python, at) => ({ python, distance: Math.abs(at - own) - (at > own ? 0.5 : 0) }))
    .filter(({ python }) => python !== releasedPythons[own])
    .map((each) => ({
      ...each,
      distance: each.distance + (named.size === 0 || named.has(each.python) ? 0 : 10),
    }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ python }) => ({
      request: { ...request, targets: [target(python, on.platform)] },
      repair: { kind: 'python', python, text: `take Python ${python}` },
    }));
}

/** Options that admit what a near miss of the conflict tells of, for these packages alone where that can be said. */
export function otherOptions<Request extends Pick<ResolveRequest, 'options'>>(
  request: Request,
  reasons: readonly Reason[],
): readonly Alternative<Request>[] {
  const { options } = request;
  const misses = nearMissesOf(reasons);
  const projects = (...causes: readonly string[]): readonly string[] => [
    ...new Set(misses.filter(({ cause }) => causes.includes(cause)).map(({ project }) => project)),
  ];
  const found: Alternative<Request>[] = [];
  const add = (changed: Partial<ResolveOptions>, repair: Repair): void => {
    found.push({ request: { ...request, options: { ...options, ...changed } }, repair });
  };
  const hidden = projects('pre-release');
  if (hidden.length > 0) {
    const allowed = hidden.map((name) => [name, 'allow'] as const);
    const prereleasePackages = new Map([...options.prereleasePackages, ...allowed]);
    const by = hidden.map((name) => `--prerelease-package ${name}=allow`).join(' ');
    add({ prereleasePackages }, { kind: 'prereleases', text: `allow pre-releases (${by})` });
  }
  if (options.prerelease === 'disallow' || options.prerelease === 'explicit') {
    const allowing = { prerelease: 'allow', prereleasePackages: new Map() } as const;
    add(allowing, { kind: 'prereleases', text: 'allow pre-releases (--prerelease allow)' });
  }
  if (options.onlyBinary === 'all' || options.onlyBinary.size > 0) {
    const text = 'allow source distributions with static metadata (no --only-binary)';
    add({ onlyBinary: new Set() }, { kind: 'sdists', text });
  }
  const fresh = projects('too-new', 'no-time');
  if (fresh.length > 0) {
    const unlimited = fresh.map((name) => [name, null] as const);
    const excludeNewerPackages = new Map([...options.excludeNewerPackages, ...unlimited]);
    const by = fresh.map((name) => `--exclude-newer-package ${name}=false`).join(' ');
    add({ excludeNewerPackages }, { kind: 'newer-files', text: `take newer files too (${by})` });
  }
  if (
    options.excludeNewer !== null ||
    [...options.excludeNewerPackages.values()].some((limit) => limit !== null)
  ) {
    const text = 'take newer files too (no --exclude-newer)';
    add({ excludeNewer: null, excludeNewerPackages: new Map() }, { kind: 'newer-files', text });
  }
  return found;
}

function nearMissesOf(reasons: readonly Reason[]): readonly (Reason & { readonly kind: 'near-miss' })[] {
  return reasons.flatMap((reason) => (reason.kind === 'near-miss' ? [reason] : []));
}
