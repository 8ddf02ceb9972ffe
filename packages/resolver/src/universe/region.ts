import { parseSpecifierSet, parseVersion, specifierSetContains } from '@pyplan/markers';
import { type Facts, targetNamed } from '../facts/facts.ts';
import { platformNamed } from '../target/platform.ts';
import { releasedPythons, type Target } from '../target/target.ts';

/** A part of a universe in which one target stands for every environment. */
export interface Region {
  /** Minor version of CPython, e.g. `3.12`. */
  readonly python: string;
  /** Patch levels from `from` up to, not including, `to`; null: all later ones. */
  readonly from: number;
  readonly to: number | null;
  readonly platform: string;
  /** The interpreter at patch level `from`, on the platform. */
  readonly target: Target;
}

/** Platforms that a universe covers where none are named, those that decide versions first. */
export const universalPlatforms: readonly string[] = [
  'x86_64-unknown-linux-gnu',
  'aarch64-unknown-linux-gnu',
  'aarch64-apple-darwin',
  'x86_64-pc-windows-msvc',
  'x86_64-apple-darwin',
  'aarch64-pc-windows-msvc',
];

/** Patch levels beyond this one are taken to be like it. */
export const lastPatch = 40;

/**
 * The regions of a universe: every released Python that `requiresPython` admits, on every platform,
 * split at the patch levels in `splits` (by minor version).
 *
 * Newest Python first. @throws {InvalidSpecifierError} for a malformed `requiresPython`.
 */
export function regionsOf(
  requiresPython: string,
  platforms: readonly string[],
  splits: ReadonlyMap<string, ReadonlySet<number>>,
  facts: Facts,
): readonly Region[] {
  return releasedPythons
    .toReversed()
    .flatMap((python) =>
      patchSpans(requiresPython, python, splits.get(python) ?? new Set()).flatMap(([from, to]) =>
        platforms.map((platform) => region(python, from, to, platform, facts)),
      ),
    );
}

function region(python: string, from: number, to: number | null, platform: string, facts: Facts): Region {
  const named = from === 0 ? python : `${python}.${from}`;
  return { python, from, to, platform, target: targetNamed(facts, named, platform) };
}

/** The admitted patch levels of a minor version, cut where asked. */
function patchSpans(
  requiresPython: string,
  python: string,
  cuts: ReadonlySet<number>,
): readonly (readonly [number, number | null])[] {
  const specifiers = parseSpecifierSet(requiresPython);
  const spans: [number, number | null][] = [];
  let open = false;
  for (let patch = 0; patch <= lastPatch; patch++) {
    const admitted = specifierSetContains(specifiers, parseVersion(`${python}.${patch}`), {
      prereleases: true,
    });
    const last = spans.at(-1);
    if (open && last !== undefined && (!admitted || cuts.has(patch))) last[1] = patch;
    if (admitted && (!open || cuts.has(patch))) spans.push([patch, null]);
    open = admitted;
  }
  return spans;
}

/** The environments of a region, as marker text. */
export function regionMarker(region: Region): string {
  const { sys, machine } = platformNamed(region.platform);
  const implementation = 'implementation_name == "cpython"';
  return `${pythonMarker(region)} and sys_platform == "${sys}" and platform_machine == "${machine}" and ${implementation}`;
}

/** The Pythons of a region, as marker text. */
export function pythonMarker({ python, from, to }: Region): string {
  const parts = [`python_version == "${python}"`];
  if (from > 0) parts.push(`python_full_version >= "${python}.${from}"`);
  if (to !== null) parts.push(`python_full_version < "${python}.${to}"`);
  return parts.join(' and ');
}

/** What tells a region from others. */
export function regionName({ python, from, to, platform }: Region): string {
  return `${python} ${from} ${to} ${platform}`;
}
