import fc from 'fast-check';
import type { World, WorldVersion } from './judge/world.ts';
import { smallWorld } from './world-arbitrary.ts';

const markers = [
  'python_full_version < "3.12.3"',
  'python_full_version >= "3.12.1"',
  'python_full_version == "3.12.2"',
  'python_full_version <= "3.12"',
  '"3.11.4" > python_full_version',
  'implementation_version != "3.12.4"',
  'platform_machine == "x86_64"',
] as const;

const pythons = ['>=3.12.2', '<3.12.4', '!=3.12.1', '<=3.12', '>3.11.3', '~=3.12.1'] as const;

/** Small worlds in which Requires-Python and some markers look at patch levels of Python. */
export const patchedWorld: fc.Arbitrary<World> = fc
  .tuple(
    smallWorld,
    fc.infiniteStream(fc.constantFrom(...markers)),
    fc.infiniteStream(fc.constantFrom(...pythons)),
  )
  .map(([world, someMarkers, somePythons]) => {
    const line = (text: string): string =>
      text.replace('python_version >= "3.12"', () => someMarkers.next().value);
    const python = (text: string | null | undefined): string | null =>
      text === null || text === undefined ? null : somePythons.next().value;
    const version = (facts: WorldVersion): WorldVersion => ({
      ...facts,
      requires: (facts.requires ?? []).map(line),
      extras: mapValues(facts.extras ?? {}, (lines) => lines.map(line)),
      requires_python: python(facts.requires_python),
    });
    return {
      root: { requires: world.root.requires.map(line) },
      index: mapValues(world.index, (versions) => mapValues(versions, version)),
    };
  });

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
