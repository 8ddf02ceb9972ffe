import type { MemoryWorld } from '@pyplan/resolver';
import type { World } from './judge/world.ts';

/** A world in the terms of the source in memory. */
export function memoryWorld({ index }: Pick<World, 'index'>): MemoryWorld {
  const versions = (project: World['index'][string]): MemoryWorld[string] =>
    Object.fromEntries(
      Object.entries(project).map(([version, facts]) => [
        version,
        {
          requires: facts.requires ?? [],
          extras: facts.extras ?? {},
          requiresPython: facts.requires_python ?? null,
          yanked: facts.yanked ?? false,
          ...(facts.files === undefined ? {} : { files: facts.files.map(({ filename }) => filename) }),
        },
      ]),
    );
  return Object.fromEntries(Object.entries(index).map(([name, project]) => [name, versions(project)]));
}
