import { evaluateMarker, parseMarker } from '@pyplan/markers';
import {
  defaultOptions,
  type MemoryWorld,
  memorySource,
  type PackageSource,
  resolveUniversal,
  type UniversalLock,
  type UniversalResolution,
} from '../../src/index.ts';
import { type Ask, lines, targetNamed } from './solve.ts';

/** What a test asks a universe for; what is left out takes the plainest value. */
export interface UniverseAsk extends Omit<Ask, 'on'> {
  /** By default `>=3.11`. */
  readonly requiresPython?: string;
  /** By default all usual ones. */
  readonly platforms?: readonly string[];
  readonly requiredEnvironments?: readonly string[];
  readonly environments?: readonly string[];
  /** Trials of repairs; by default none. */
  readonly trials?: number;
  /** What names were meant for. */
  readonly spelling?: Readonly<Record<string, string>>;
  /** In the place of the world. */
  readonly source?: PackageSource;
}

export function solveUniverse(world: MemoryWorld, ask: UniverseAsk): Promise<UniversalResolution> {
  return resolveUniversal({
    requirements: lines('requirements.in', ask.requires),
    constraints: lines('constraints.txt', ask.constraints ?? []),
    overrides: lines('overrides.txt', ask.overrides ?? []),
    requiresPython: ask.requiresPython ?? '>=3.11',
    platforms: ask.platforms ?? null,
    requiredEnvironments: ask.requiredEnvironments ?? [],
    environments: ask.environments ?? [],
    source: ask.source ?? memorySource(world),
    options: { ...defaultOptions, ...ask.options },
    ...(ask.trials === undefined ? {} : { repairTrials: ask.trials }),
    spelling: async (name) => ask.spelling?.[name] ?? null,
  });
}

/** The lock; throws the explanation where there is none. */
export async function lockOf(world: MemoryWorld, ask: UniverseAsk): Promise<UniversalLock> {
  const resolution = await solveUniverse(world, ask);
  if (resolution.status === 'resolved') return resolution.lock;
  throw new Error(resolution.refusals[0]?.explanation ?? '');
}

/** Versions by name that the lock gives to a target (`3.12.4 linux`); null where it does not cover it. */
export function pinsOn(lock: UniversalLock, on: string): Readonly<Record<string, string>> | null {
  const { environment } = targetNamed(on);
  const holds = (marker: string): boolean => evaluateMarker(parseMarker(marker), environment);
  if (!lock.environments.some(holds)) return null;
  return Object.fromEntries(
    lock.packages.flatMap(({ name, version, marker }) =>
      marker === null || holds(marker) ? [[name, version]] : [],
    ),
  );
}
