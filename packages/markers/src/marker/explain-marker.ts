import {
  evaluateComparison,
  type MarkerContext,
  type MarkerValues,
  valuesOf,
  variableOf,
} from './evaluate-marker.ts';
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
  return explain(marker, valuesOf(environment, extra, context));
}

function explain(marker: Marker, values: MarkerValues): MarkerExplanation {
  if (marker.kind !== 'comparison') {
    const parts = marker.markers.map((part) => explain(part, values));
    const isAnd = marker.kind === 'and';
    const holds = parts.some((part) => part.holds !== isAnd) !== isAnd;
    return { holds, because: parts.flatMap((part) => (part.holds === holds ? part.because : [])) };
  }
  const holds = evaluateComparison(marker, values);
  const variable = variableOf(marker);
  const value = values(variable);
  const text = `${variable} is ${JSON.stringify(value)}, so ${formatMarker(marker)} is ${holds}`;
  return { holds, because: [{ comparison: marker, holds, variable, value, text }] };
}
