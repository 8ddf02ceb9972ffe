import { normalizeName } from '../requirement/name.ts';
import { specifierContains } from '../specifier/specifier-set.ts';
import {
  isNameSet,
  isVersionVariable,
  type Marker,
  type MarkerComparison,
  type MarkerEnvironment,
  type MarkerVariable,
} from './marker.ts';
import { trySpecifier } from './parse-marker.ts';

/** A comparison has no meaning for these values, such as `"linux" ~= sys_platform`. */
export class UndefinedComparisonError extends Error {
  override readonly name = 'UndefinedComparisonError';
}

/** The environment lacks a variable that the marker names. */
export class UndefinedEnvironmentNameError extends Error {
  override readonly name = 'UndefinedEnvironmentNameError';
}

/** Values beside the environment's: of lock files (PEP 751, "extras" and "dependency-groups"). */
export type MarkerContext = {
  readonly extras?: readonly string[];
  readonly dependency_groups?: readonly string[];
};

/**
 * Whether the marker holds. `extra` is the asked-for extra (absent or null: none); for several the marker
 * holds if one of them, or none, makes it true. Every comparison is judged, so that a wrong one throws
 * whatever the others say, as `packaging` has it.
 *
 * @throws UndefinedComparisonError
 * @throws UndefinedEnvironmentNameError
 */
export function evaluateMarker(
  marker: Marker,
  environment: MarkerEnvironment,
  extra?: string | readonly string[] | null,
  context?: MarkerContext,
): boolean {
  const asked = typeof extra === 'object' && extra ? [null, ...extra] : [extra];
  return asked.some((one) => evaluate(marker, valuesOf(environment, one, context)));
}

/** Whether the marker compares with the variable `extra`. */
export function markerMentionsExtra(marker: Marker): boolean {
  if (marker.kind !== 'comparison') return marker.markers.some(markerMentionsExtra);
  return [marker.left, marker.right].some((side) => side.kind === 'variable' && side.name === 'extra');
}

/** Gives the value of a variable; a list of names for those that are sets. */
export type MarkerValues = (name: MarkerVariable) => string | readonly string[];

/** The values of an environment with an extra that is asked for; see `evaluateMarker`. */
export function valuesOf(
  environment: MarkerEnvironment,
  extra: string | null | undefined,
  context: MarkerContext | undefined,
): MarkerValues {
  return (name) => {
    if (name === 'extra') return normalizeName(extra ?? '');
    const value = isNameSet(name) ? context?.[name] : environment[name];
    if (value === undefined) {
      throw new UndefinedEnvironmentNameError(`The environment has no value for ${name}`);
    }
    // Python built from an untagged source says 3.14.0+, which is no version.
    return name === 'python_full_version' && typeof value === 'string' && value.endsWith('+')
      ? `${value}local`
      : value;
  };
}

function evaluate(marker: Marker, values: MarkerValues): boolean {
  if (marker.kind === 'comparison') return evaluateComparison(marker, values);
  const decisive = marker.kind === 'or';
  let result = !decisive;
  for (const part of marker.markers) if (evaluate(part, values) === decisive) result = decisive;
  return result;
}

/** The variable that a comparison is about: the left one of two. */
export function variableOf({ left, right }: MarkerComparison): MarkerVariable {
  if (left.kind === 'variable') return left.name;
  if (right.kind === 'variable') return right.name;
  throw new UndefinedEnvironmentNameError('The comparison names no variable');
}

/** Whether one comparison holds; see `evaluateMarker`. */
export function evaluateComparison(comparison: MarkerComparison, values: MarkerValues): boolean {
  const { left, operator, right, specifier } = comparison;
  const name = variableOf(comparison);
  const value = values(name);
  if (left.kind === 'variable') {
    if (typeof value !== 'string') {
      throw new UndefinedComparisonError(`${name} is a set and can only follow in or not in`);
    }
    if (specifier) return specifierContains(specifier, value);
    // A variable on the right of another one counts as its own name; so does packaging.
    return compare(value, operator, right.kind === 'value' ? right.value : right.name);
  }
  if (typeof value !== 'string')
    return compare(normalizeName(left.value), operator, value.map(normalizeName));
  const bound = isVersionVariable(name) ? trySpecifier(operator, value) : null;
  return bound ? specifierContains(bound, left.value) : compare(left.value, operator, value);
}

function compare(
  left: string,
  operator: MarkerComparison['operator'],
  right: string | readonly string[],
): boolean {
  if (operator === 'in') return right.includes(left);
  if (operator === 'not in') return !right.includes(left);
  if (operator === '~=' || operator === '===') {
    throw new UndefinedComparisonError(`${operator} has no meaning for '${left}' and '${right}'`);
  }
  // Texts have no order: neither `<` nor `>` holds.
  return operator === '!=' ? left !== right : operator.endsWith('=') && left === right;
}
