import { nearest } from '../arguments/suggest.ts';

/** The well-known project that was perhaps meant by a name that the index does not have; null: none. */
export async function wellKnownName(name: string): Promise<string | null> {
  const { wellKnownProjects } = await import('./well-known-projects.ts');
  const near = nearest(name, wellKnownProjects());
  return near === name ? null : near;
}

/** For names that the index does not have, the well-known project that was perhaps meant. */
export async function spellingHints(missing: readonly string[]): Promise<readonly string[]> {
  const near = await Promise.all(missing.map(wellKnownName));
  return missing.flatMap((name, i) => {
    const meant = near[i] ?? null;
    return meant === null ? [] : [`The index has no project ${name}; did you mean ${meant}?`];
  });
}
