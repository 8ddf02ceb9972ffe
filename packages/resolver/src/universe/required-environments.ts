import { evaluateMarker, formatMarker, type Marker } from '@pyplan/markers';
import { InvalidTargetError } from '../errors.ts';
import { releasedPythons, target } from '../target/target.ts';
import type { Region } from './region.ts';

/** Platforms beside the usual ones that a required environment may mean. */
const otherPlatforms: readonly string[] = [
  'ppc64le-unknown-linux-gnu',
  's390x-unknown-linux-gnu',
  'riscv64-unknown-linux-gnu',
  'armv7-unknown-linux-gnu',
  'i686-unknown-linux-gnu',
  'i686-pc-windows-msvc',
];

/** Whether an environment lies in a region. */
export function holdsIn(environment: Marker, { target }: Region): boolean {
  return evaluateMarker(environment, target.environment);
}

/**
 * The platforms given, and for each environment that lies on none of them those others on which it does.
 *
 * @throws {InvalidTargetError} where no platform has it.
 */
export function platformsCovering(
  platforms: readonly string[],
  environments: readonly Marker[],
): readonly string[] {
  const all = new Set(platforms);
  for (const environment of environments) {
    if (platforms.some((platform) => liesOn(environment, platform))) continue;
    const others = otherPlatforms.filter((platform) => liesOn(environment, platform));
    if (others.length === 0) {
      throw new InvalidTargetError(
        `no platform has the required environment \`${formatMarker(environment)}\`: expected a marker that holds for CPython on ` +
          [...platforms, ...otherPlatforms].join(', '),
      );
    }
    for (const platform of others) all.add(platform);
  }
  return [...all];
}

function liesOn(environment: Marker, platform: string): boolean {
  return releasedPythons.some((python) => evaluateMarker(environment, target(python, platform).environment));
}
