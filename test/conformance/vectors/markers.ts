import {
  evaluateMarker,
  formatMarker,
  InvalidMarkerError,
  type Marker,
  type MarkerEnvironment,
  parseMarker,
} from '@pyplan/markers';
import { attempt, difference, firstDifference, verdictFault } from './difference.ts';

interface MarkerVector {
  readonly marker: string;
  readonly valid: boolean;
  readonly str: string;
  /** The result is a truth value, or the name of `packaging`'s error. */
  readonly cases: readonly (readonly [environment: number, extra: string | null, result: boolean | string])[];
}

/** A check of markers in the environments of `environments.json`. */
export function markerCheck(environmentsText: string): (vector: MarkerVector) => string | null {
  const environments: readonly MarkerEnvironment[] = JSON.parse(environmentsText);
  return (vector) => {
    const parsed = attempt(() => parseMarker(vector.marker), InvalidMarkerError);
    const verdict = verdictFault(vector.marker, parsed.error, vector.valid);
    if (verdict !== null || parsed.value === null) return verdict;
    return firstDifference(differences(parsed.value, vector, environments));
  };
}

function* differences(
  marker: Marker,
  vector: MarkerVector,
  environments: readonly MarkerEnvironment[],
): Generator<string | null> {
  yield difference(`text of ${vector.marker}`, formatMarker(marker), vector.str);
  for (const [index, extra, result] of vector.cases) {
    const environment = environments[index];
    if (environment === undefined) {
      yield `environment ${index} is not on record`;
      continue;
    }
    const what = `"${vector.marker}" in environment ${index} with extra ${JSON.stringify(extra)}`;
    yield difference(what, resultOf(marker, environment, extra), result);
  }
}

/** The truth value, or the error's name without its ending, as `packaging` names it. */
function resultOf(marker: Marker, environment: MarkerEnvironment, extra: string | null): boolean | string {
  try {
    return evaluateMarker(marker, environment, extra);
  } catch (error) {
    if (error instanceof Error) return error.name.replace(/Error$/, '');
    throw error;
  }
}
