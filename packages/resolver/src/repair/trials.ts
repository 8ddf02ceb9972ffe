import { formatMarker, parseRequirement } from '@pyplan/markers';
import { place } from '../explanation/phrases.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import { releasedPythons, type Target, target } from '../target/target.ts';
import type { Repair } from './repair.ts';

/** A change to try. `repair` says it, given the versions that the plan has. */
export interface Trial {
  readonly request: ResolveRequest;
  readonly target: Target;
  readonly repair: (versionOf: (project: string) => string) => Repair;
}

/**
 * Changes worth trying, the smallest first: one line's versions, another Python, an option, two lines'
 * versions, one line less.
 */
export function repairTrials(
  request: ResolveRequest,
  on: Target,
  conflicting: readonly RootRequirement[],
): readonly Trial[] {
  const loose = conflicting.filter(({ requirement }) => requirement.specifier.specifiers.length > 0);
  return [
    ...loose.map((line) => loosen(request, on, [line])),
    ...otherPythons(on.python).map((python) => onPython(request, on, python)),
    ...options(request, on),
    ...pairs(loose).map((lines) => loosen(request, on, lines)),
    ...conflicting.map((line) => drop(request, on, line)),
  ];
}

/** The given lines without their specifiers. */
export function loosen(request: ResolveRequest, on: Target, lines: readonly RootRequirement[]): Trial {
  return {
    request: mapLines(request, (line) => (lines.includes(line) ? [loosened(line)] : [line])),
    target: on,
    repair: (versionOf) => {
      const versions = lines.map(({ requirement }) => versionOf(requirement.name));
      const changes = lines.map(
        (line, i) =>
          `${line.requirement.text} (${place(line)}) to ${line.requirement.name} or to ==${versions[i]}`,
      );
      return { kind: 'loosen', lines, versions, text: `change ${changes.join(' and ')}` };
    },
  };
}

/** The line without its specifier, extras and marker kept. */
function loosened(line: RootRequirement): RootRequirement {
  const { name, extras, marker } = line.requirement;
  const suffix = marker === null ? '' : ` ; ${formatMarker(marker)}`;
  return { ...line, requirement: parseRequirement(`${name}${extrasText(extras)}${suffix}`) };
}

function extrasText(extras: readonly string[]): string {
  return extras.length === 0 ? '' : `[${extras.join(',')}]`;
}

function drop(request: ResolveRequest, on: Target, line: RootRequirement): Trial {
  return {
    request: mapLines(request, (each) => (each === line ? [] : [each])),
    target: on,
    repair: () => ({
      kind: 'drop',
      lines: [line],
      text: `leave out ${line.requirement.text} (${place(line)})`,
    }),
  };
}

function mapLines(
  request: ResolveRequest,
  change: (line: RootRequirement) => readonly RootRequirement[],
): ResolveRequest {
  return {
    ...request,
    requirements: request.requirements.flatMap(change),
    constraints: request.constraints.flatMap(change),
  };
}

function onPython(request: ResolveRequest, on: Target, python: string): Trial {
  return {
    request,
    target: target(python, on.platform),
    repair: () => ({ kind: 'python', python, text: `take Python ${python}` }),
  };
}

/** Released Pythons by how near they are, the newer of two first. */
function otherPythons(python: string): readonly string[] {
  const place = releasedPythons.findIndex((each) => python === each || python.startsWith(`${each}.`));
  return releasedPythons
    .map((each, i) => ({ each, distance: Math.abs(i - place), newer: i > place }))
    .filter(({ distance }) => place >= 0 && distance > 0)
    .sort((a, b) => a.distance - b.distance || Number(b.newer) - Number(a.newer))
    .map(({ each }) => each);
}

function options(request: ResolveRequest, on: Target): readonly Trial[] {
  const { options: own } = request;
  const trials: Trial[] = [];
  const add = (changed: Partial<ResolveRequest['options']>, repair: Repair): void => {
    trials.push({
      request: { ...request, options: { ...own, ...changed } },
      target: on,
      repair: () => repair,
    });
  };
  const modes = [own.prerelease, ...own.prereleasePackages.values()];
  if (modes.some((mode) => mode === 'disallow' || mode === 'explicit')) {
    const allowing = { prerelease: 'allow', prereleasePackages: new Map() } as const;
    add(allowing, { kind: 'prereleases', text: 'allow pre-releases (--prerelease allow)' });
  }
  if (own.onlyBinary === 'all' || own.onlyBinary.size > 0) {
    add(
      { onlyBinary: new Set() },
      { kind: 'sdists', text: 'allow source distributions with static metadata (no --only-binary)' },
    );
  }
  if (own.excludeNewer !== null || [...own.excludeNewerPackages.values()].some((limit) => limit !== null)) {
    add(
      { excludeNewer: null, excludeNewerPackages: new Map() },
      { kind: 'newer-files', text: 'take newer files too (no --exclude-newer)' },
    );
  }
  return trials;
}

function pairs<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b]));
}
