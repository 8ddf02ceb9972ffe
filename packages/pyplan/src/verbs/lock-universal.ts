import { resolveUniversal, type UniversalResolution } from '@pyplan/resolver';
import { completeShared, type SharedRequest } from '../request.ts';

/** A universe of targets to lock for, all in one. */
export interface UniverseRequest extends SharedRequest {
  /** A specifier set of Pythons; without an upper bound, those released so far. */
  readonly requiresPython: string;
  /** Platforms that must be covered. Default: the usual six, each where it can be. */
  readonly platforms?: readonly string[] | null;
  /** Markers of environments that must be covered too. Default: none. */
  readonly requiredEnvironments?: readonly string[];
  /** Markers of the environments that the universe is limited to. Default: not limited. */
  readonly environments?: readonly string[];
}

/** One lock for every target of a universe. Throws as `lock` does. */
export function lockUniversal(request: UniverseRequest): Promise<UniversalResolution> {
  const { requiresPython, platforms = null, requiredEnvironments = [], environments = [] } = request;
  return resolveUniversal({
    ...completeShared(request),
    requiresPython,
    platforms,
    requiredEnvironments,
    environments,
  });
}
