import { compareVersions, tryParseVersion, type Version } from '@pyplan/markers';
import type { RequirementFacts } from '../facts/requirement-facts.ts';
import type { ScopedExcludes } from '../request.ts';
import type { RequirementScope } from '../resolution.ts';
import type { RootDemand } from './demands.ts';

/** What counts for the requirements of one version alone. */
export interface OwnChanges {
  /** By the project asked for; an override whose marker does not hold replaces with nothing. */
  readonly overrides: ReadonlyMap<string, readonly RootDemand[]>;
  /** Projects that it does not get. */
  readonly excludes: ReadonlySet<string>;
}

/** What the user changes of the requirements of single packages (uv's overrides and excludes with `package`). */
export interface Scopes {
  /** Whether nothing is changed. */
  readonly isEmpty: boolean;
  of(project: string, version: Version): OwnChanges;
  /** All overrides, whether their markers hold or not. */
  readonly overrides: readonly RootDemand[];
}

/** @param all overrides with a scope, those whose markers hold told by `holds` */
export function scopesOf(
  all: readonly RootDemand[],
  excludes: readonly ScopedExcludes[],
  holds: (facts: RequirementFacts) => boolean,
): Scopes {
  const known = new Map<string, OwnChanges>();
  const scoped = all.flatMap(({ facts, root }) =>
    root.scope === undefined ? [] : [{ scope: root.scope, facts, root }],
  );
  return {
    isEmpty: scoped.length === 0 && excludes.length === 0,
    of(project, version) {
      const key = `${project} ${version.text}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const changes = {
        overrides: replacements(inScope(scoped, project, version), holds),
        excludes: new Set(inScope(excludes, project, version).flatMap(({ names }) => names)),
      };
      known.set(key, changes);
      return changes;
    },
    overrides: all,
  };
}

function replacements(
  demands: readonly RootDemand[],
  holds: (facts: RequirementFacts) => boolean,
): OwnChanges['overrides'] {
  const byProject = Map.groupBy(demands, ({ facts }) => facts.project);
  return new Map(
    [...byProject].map(([project, own]) => [project, own.filter(({ facts }) => holds(facts))] as const),
  );
}

/**
 * What is for one version of a package: entries for the very version, or else those for all of its versions.
 *
 * @param version null: not known
 */
export function inScope<T extends { readonly scope: RequirementScope }>(
  entries: readonly T[],
  project: string,
  version: Version | null,
): readonly T[] {
  const ofProject = entries.filter(({ scope }) => scope.package === project);
  const exact = ofProject.filter(({ scope }) => {
    const named = scope.version === null ? null : tryParseVersion(scope.version);
    return named !== null && version !== null && compareVersions(named, version) === 0;
  });
  return exact.length > 0 ? exact : ofProject.filter(({ scope }) => scope.version === null);
}
