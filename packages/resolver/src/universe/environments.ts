import { evaluateMarker, formatMarker, type Marker } from '@pyplan/markers';
import { InvalidTargetError } from '../errors.ts';
import type { UniversalRequest } from '../request.ts';
import { releasedPythons, target } from '../target/target.ts';
import { type Region, universalPlatforms } from './region.ts';

/** Platforms beside the usual ones that an environment may mean. */
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
 * The platforms of a universe: those named, or the usual ones; and for each supported or required environment that
 * lies on none of them those others on which it does.
 *
 * @throws {InvalidTargetError} where no platform has it, or platforms are named and none of them has a supported one.
 */
export function platformsFor(
  { platforms: named }: UniversalRequest,
  supported: readonly Marker[],
  required: readonly Marker[],
): readonly string[] {
  const platforms = named ?? universalPlatforms;
  for (const environment of named === null ? [] : supported) {
    if (platforms.some((platform) => liesOn(environment, platform))) continue;
    throw new InvalidTargetError(
      `none of the platforms ${platforms.join(', ')} has the environment \`${formatMarker(environment)}\` that the ` +
        'lock is limited to: name one that has, or leave the marker out',
    );
  }
  return [
    ...new Set([
      ...platforms,
      ...platformsBeyond(platforms, supported, 'supported'),
      ...platformsBeyond(platforms, required, 'required'),
    ]),
  ];
}

function platformsBeyond(
  platforms: readonly string[],
  environments: readonly Marker[],
  kind: 'supported' | 'required',
): readonly string[] {
  return environments.flatMap((environment) => {
    if (platforms.some((platform) => liesOn(environment, platform))) return [];
    const others = otherPlatforms.filter((platform) => liesOn(environment, platform));
    if (others.length > 0) return others;
    throw new InvalidTargetError(
      `no platform has the ${kind} environment \`${formatMarker(environment)}\`: expected a marker that holds for CPython on ` +
        [...platforms, ...otherPlatforms].join(', '),
    );
  });
}

function liesOn(environment: Marker, platform: string): boolean {
  return releasedPythons.some((python) =>
    [python, `${python}.40`].some((full) => evaluateMarker(environment, target(full, platform).environment)),
  );
}

/**
 * The regions in which a supported environment lies; all of them where none are named.
 *
 * @throws {InvalidTargetError} where a supported environment lies in no region, or a required one in none of those left.
 */
export function regionsWithin(
  regions: readonly Region[],
  supported: readonly Marker[],
  required: readonly Marker[],
): readonly Region[] {
  const within =
    supported.length === 0
      ? regions
      : regions.filter((region) => supported.some((environment) => holdsIn(environment, region)));
  for (const environment of supported)
    refuseOutside(environment, within, 'supported', 'the Pythons asked for');
  for (const environment of required) {
    refuseOutside(environment, within, 'required', 'the Pythons and supported environments asked for');
  }
  return within;
}

function refuseOutside(environment: Marker, within: readonly Region[], kind: string, asked: string): void {
  if (within.some((region) => holdsIn(environment, region))) return;
  throw new InvalidTargetError(
    `the ${kind} environment \`${formatMarker(environment)}\` lies outside of ${asked}: nothing can be locked for it`,
  );
}
