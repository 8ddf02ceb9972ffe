import { compareVersions, parseVersion } from '@pyplan/markers';

/** Versions by normalised name. */
export type Pins = ReadonlyMap<string, string>;

/** Where two sets of pins differ: the version on either side, null where the package is absent. */
export function pinDifferences(
  ours: Pins,
  theirs: Pins,
): ReadonlyMap<string, readonly [ours: string | null, theirs: string | null]> {
  const differences = new Map<string, readonly [string | null, string | null]>();
  for (const name of [...new Set([...ours.keys(), ...theirs.keys()])].sort()) {
    const [a, b] = [ours.get(name) ?? null, theirs.get(name) ?? null];
    if (a === null || b === null || compareVersions(parseVersion(a), parseVersion(b)) !== 0) {
      differences.set(name, [a, b]);
    }
  }
  return differences;
}

/** `flask 3.0 (theirs 3.1), jinja2 absent (theirs 3.1.6)` */
export function describeDifferences(
  differences: ReturnType<typeof pinDifferences>,
  theirName: string,
): string {
  return [...differences]
    .map(([name, [ours, theirs]]) => `${name} ${ours ?? 'absent'} (${theirName} ${theirs ?? 'absent'})`)
    .join(', ');
}
