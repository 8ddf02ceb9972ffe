import { normalizeName, tryParseVersion } from '@pyplan/markers';
import { inScope, type RootRequirement } from '@pyplan/resolver';
import type { UvProject } from './uv-project.ts';

/** What a project changes of its own requirements: overrides and excludes whose `package` it is itself. */
export interface OwnChanges {
  /** Its dependencies and extras as they count. */
  changed(roots: readonly RootRequirement[]): readonly RootRequirement[];
  /** Without what is left out; overrides are not for dependency groups (as in uv). */
  kept(roots: readonly RootRequirement[]): readonly RootRequirement[];
  /** What it asks for beside its own words. */
  readonly added: readonly RootRequirement[];
}

/** @param everything what the project and its extras ask for */
export function ownChanges(
  { overrides, scopedExcludes }: Pick<UvProject, 'overrides' | 'scopedExcludes'>,
  project: { readonly name: string | null; readonly version: string | null },
  everything: () => readonly RootRequirement[],
): OwnChanges {
  const { name } = project;
  const version = tryParseVersion(project.version ?? '');
  const scoped = overrides.flatMap(({ scope, ...root }) => (scope === undefined ? [] : [{ ...root, scope }]));
  const own = name === null ? [] : inScope(scoped, name, version);
  const left = new Set(
    name === null ? [] : inScope(scopedExcludes, name, version).flatMap(({ names }) => names),
  );
  const byName = Map.groupBy(
    own.map(({ requirement, origin }): RootRequirement => ({ requirement, origin })),
    projectOf,
  );
  const kept = (roots: readonly RootRequirement[]): readonly RootRequirement[] =>
    roots.filter((root) => !left.has(projectOf(root)));
  const asked = new Set(byName.size === 0 ? [] : everything().map(projectOf));
  return {
    changed: (roots) => kept(roots.flatMap((root) => byName.get(projectOf(root)) ?? [root])),
    kept,
    added: kept([...byName].flatMap(([each, instead]) => (asked.has(each) ? [] : instead))),
  };
}

function projectOf({ requirement }: RootRequirement): string {
  return normalizeName(requirement.name);
}
