import { normalizeName } from '../requirement/name.ts';
import { evaluateComparison, lookUp, type MarkerContext } from './evaluate-marker.ts';
import { formatMarker } from './format-marker.ts';
import type { Marker, MarkerComparison, MarkerEnvironment, MarkerVariable } from './marker.ts';

/** A comparison that decided a marker. */
export type MarkerReason = {
  readonly comparison: MarkerComparison;
  readonly holds: boolean;
  readonly variable: MarkerVariable;
  /** What the variable was; several names for `extras` and `dependency_groups`. */
  readonly value: string | readonly string[];
  /** Such as `python_version is "3.7", so python_version >= "3.8" is false`. */
  readonly text: string;
};

/** A verdict and the comparisons that made it: the false ones of a false `and`, the true ones of a true `or`, … */
export type MarkerExplanation = { readonly holds: boolean; readonly because: readonly MarkerReason[] };

/**
 * Whether the marker holds, and why.
 *
 * @throws UndefinedComparisonError
 * @throws UndefinedEnvironmentNameError
 */
export function explainMarker(
  marker: Marker,
  environment: MarkerEnvironment,
  extra?: string | null,
  context?: MarkerContext,
): MarkerExplanation {
  return explain(marker, environment, extra ? normalizeName(extra) : '', context);
}

function explain(
  marker: Marker,
  environment: MarkerEnvironment,
  extra: string,
  context: MarkerContext | undefined,
): MarkerExplanation {
  if (marker.kind === 'comparison') {
    const holds = evaluateComparison(marker, environment, extra, context);
    return { holds, because: reasonOf(marker, holds, environment, extra, context) };
  }
  const parts = marker.markers.map((part) => explain(part, environment, extra, context));
  const holds = marker.kind === 'and' ? parts.every((part) => part.holds) : parts.some((part) => part.holds);
  return { holds, because: parts.filter((part) => part.holds === holds).flatMap((part) => part.because) };
}

function reasonOf(
  comparison: MarkerComparison,
  holds: boolean,
  environment: MarkerEnvironment,
  extra: string,
  context: MarkerContext | undefined,
): readonly MarkerReason[] {
  const { left, right } = comparison;
  const variable = left.kind === 'variable' ? left.name : right.kind === 'variable' ? right.name : null;
  if (variable === null) return [];
  const value = lookUp(variable, environment, extra, context);
  const text = `${variable} is ${JSON.stringify(value)}, so ${formatMarker(comparison)} is ${holds}`;
  return [{ comparison, holds, variable, value, text }];
}
