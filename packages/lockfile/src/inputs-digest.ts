import { createHash } from 'node:crypto';
import { formatRequirement, normalizeName } from '@pyplan/markers';
import type { PackageSelection, ResolveRequest, RootRequirement } from '@pyplan/resolver';
import { compareText } from './locked-set.ts';

/** All that decides what a lock says, but for the index. */
export interface LockInputs
  extends Pick<ResolveRequest, 'requirements' | 'constraints' | 'overrides' | 'targets' | 'options'> {
  /** What else counts: index URLs, the universe's marker, `--exclude-newer` as the user wrote it. */
  readonly more?: readonly string[];
}

/**
 * A digest of the inputs, `sha256:` and hex, by which an unchanged set is known without a solve.
 *
 * The order of requirements, how they are spelt and where they stand do not count; nor do the preferences.
 */
export function inputsDigest(inputs: LockInputs): string {
  const { mode, prerelease, excludeNewer, onlyBinary, noBinary } = inputs.options;
  const { prereleasePackages, excludeNewerPackages, excludes, scopedExcludes = [] } = inputs.options;
  const facts = {
    requirements: canonical(inputs.requirements),
    constraints: canonical(inputs.constraints),
    overrides: canonical(inputs.overrides),
    targets: inputs.targets.map(({ python, platform }) => [python, platform]),
    options: {
      mode,
      prerelease,
      excludeNewer,
      onlyBinary: selection(onlyBinary),
      noBinary: selection(noBinary),
      // Said only where there are some: what was locked before they were known keeps its digest.
      ...(prereleasePackages.size === 0 ? {} : { prereleasePackages: entries(prereleasePackages) }),
      ...(excludeNewerPackages.size === 0 ? {} : { excludeNewerPackages: entries(excludeNewerPackages) }),
      ...(excludes.size === 0 ? {} : { excludes: [...excludes].sort(compareText) }),
      ...(scopedExcludes.length === 0 ? {} : { scopedExcludes }),
    },
    more: inputs.more ?? [],
  };
  return `sha256:${createHash('sha256').update(JSON.stringify(facts)).digest('hex')}`;
}

function canonical(roots: readonly RootRequirement[]): readonly string[] {
  const texts = roots.map(({ requirement, scope }) => {
    const name = normalizeName(requirement.name);
    const extras = [...new Set(requirement.extras.map(normalizeName))].sort(compareText);
    const text = formatRequirement({ ...requirement, name, extras });
    return scope === undefined ? text : `${scope.package} ${scope.version ?? ''}: ${text}`;
  });
  return [...new Set(texts)].sort(compareText);
}

function entries<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => compareText(a, b));
}

function selection(packages: PackageSelection): 'all' | readonly string[] {
  return packages === 'all' ? 'all' : [...packages].sort(compareText);
}
