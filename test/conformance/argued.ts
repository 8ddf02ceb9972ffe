import { readFileSync } from 'node:fs';
import type { pinDifferences } from '../support/judge/pins.ts';

/** A version on either side of a difference: ours, then the recorded one; null where the package is absent. */
type Pair = readonly [ours: string | null, theirs: string | null];

/** A difference from a recorded plan that is a choice between two valid plans, told in docs/decisions.md. */
export interface ArguedDifference {
  readonly set: string;
  readonly target: string;
  /** Every pin that differs, by normalised name. */
  readonly pins: Readonly<Record<string, Pair>>;
  readonly reason: string;
}

/** The differences on record. */
export function readArguedDifferences(): readonly ArguedDifference[] {
  return JSON.parse(readFileSync(new URL('argued.json', import.meta.url), 'utf8'));
}

/** Whether exactly these differences are on record for a set and a target. */
export function isArgued(
  argued: readonly ArguedDifference[],
  set: string,
  target: string,
  differences: ReturnType<typeof pinDifferences>,
): boolean {
  return argued.some(
    (known) =>
      known.set === set &&
      known.target === target &&
      Object.keys(known.pins).length === differences.size &&
      [...differences].every(([name, [ours, theirs]]) => {
        const [knownOurs, knownTheirs] = known.pins[name] ?? [undefined, undefined];
        return knownOurs === ours && knownTheirs === theirs;
      }),
  );
}

/** A case that uv refuses and that has a lock, told in docs/decisions.md. */
export interface ArguedScenario {
  readonly id: string;
  readonly reason: string;
}

/** The cases on record. */
export function readArguedScenarios(): readonly ArguedScenario[] {
  return JSON.parse(readFileSync(new URL('argued-scenarios.json', import.meta.url), 'utf8'));
}
