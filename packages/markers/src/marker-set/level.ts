import { MARKER_VARIABLES, type MarkerVariable } from '../marker/marker.ts';

/** How a level of a diagram tells environments apart; of one variable, in this order from the root down. */
export type LevelKind = 'versions' | 'texts' | 'flag';

/**
 * A level: by intervals of a variable's version (`versions`), by its text (`texts`), or by whether it
 * contains `literal` (`flag`; for `extra`, `extras` and `dependency_groups`, whether that name is among them).
 */
export type Level = {
  readonly id: number;
  readonly kind: LevelKind;
  readonly variable: MarkerVariable;
  readonly literal: string;
};

const KINDS: readonly LevelKind[] = ['versions', 'texts', 'flag'];

/**
 * Negative where `a` is nearer the root. Among the flags of one variable a longer literal comes first, so
 * that what it implies of the shorter ones is known when they are reached.
 */
export function compareLevels(a: Level, b: Level): number {
  if (a === b) return 0;
  return (
    MARKER_VARIABLES.indexOf(a.variable) - MARKER_VARIABLES.indexOf(b.variable) ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    b.literal.length - a.literal.length ||
    (a.literal < b.literal ? -1 : 1)
  );
}

/** Whether the variable's value is a version or else any text. */
export function isLooseVersion(variable: MarkerVariable): boolean {
  return variable === 'implementation_version' || variable === 'platform_release';
}
