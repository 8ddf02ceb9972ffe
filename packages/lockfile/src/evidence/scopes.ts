import { compareVersions, tryParseVersion } from '@pyplan/markers';
import type { EvidenceInputs, EvidenceScope } from '@pyplan/resolver';
import type { Ask, Asking } from './asked.ts';
import { insist } from './fault.ts';

/** What is changed of the requirements of single packages. */
export interface AskedScopes {
  /** All overrides. */
  readonly overrides: readonly Ask[];
  /** What is for a version: the entries for it, or else those for all versions of its project. */
  of(by: Asking): {
    readonly overrides: ReadonlyMap<string, readonly Ask[]>;
    readonly excludes: readonly string[];
  };
}

export function scopesOn(
  { overrides, scopedExcludes = [] }: EvidenceInputs,
  read: (text: string) => Ask,
): AskedScopes {
  const scoped = overrides.flatMap(({ scope, text }) => {
    if (scope === undefined) return [];
    const ask = read(text);
    insist(ask.url === null, () => `the override ${text} of ${scope.package} alone has a URL`);
    return [{ scope, ask }];
  });
  return {
    overrides: scoped.map(({ ask }) => ask),
    of: (by) => ({
      overrides: Map.groupBy(
        entriesFor(scoped, by).map(({ ask }) => ask),
        ({ project }) => project,
      ),
      excludes: entriesFor(scopedExcludes, by).flatMap(({ names }) => names),
    }),
  };
}

function entriesFor<T extends { readonly scope: EvidenceScope }>(
  entries: readonly T[],
  { project, version }: Asking,
): readonly T[] {
  const own = entries.filter(({ scope }) => scope.package === project);
  const exact = own.filter(({ scope }) => {
    const named = scope.version === null ? null : tryParseVersion(scope.version);
    return named !== null && compareVersions(named, version) === 0;
  });
  return exact.length > 0 ? exact : own.filter(({ scope }) => scope.version === null);
}
