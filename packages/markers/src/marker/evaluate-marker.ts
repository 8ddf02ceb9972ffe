import { normalizeName } from '../requirement/name.ts';
import type { Specifier } from '../specifier/specifier.ts';
import { specifierContains } from '../specifier/specifier-set.ts';
import {
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
  if (extra === undefined || extra === null || typeof extra === 'string') {
    return evaluate(marker, environment, extra ? normalizeName(extra) : '', context);
  }
  if (evaluate(marker, environment, '', context)) return true;
  return (
    extra.length > 0 &&
    markerMentionsExtra(marker) &&
    extra.some((one) => evaluate(marker, environment, normalizeName(one), context))
  );
}

/** Whether the marker compares with the variable `extra`. */
export function markerMentionsExtra(marker: Marker): boolean {
  return markerMentions(marker, 'extra');
}

/** Whether the marker compares with the variable. */
export function markerMentions(marker: Marker, name: MarkerVariable): boolean {
  if (marker.kind !== 'comparison') return marker.markers.some((part) => markerMentions(part, name));
  const { left, right } = marker;
  return (
    (left.kind === 'variable' && left.name === name) || (right.kind === 'variable' && right.name === name)
  );
}

function evaluate(
  marker: Marker,
  environment: MarkerEnvironment,
  extra: string,
  context: MarkerContext | undefined,
): boolean {
  if (marker.kind === 'comparison') return evaluateComparison(marker, environment, extra, context);
  const { markers } = marker;
  const decisive = marker.kind === 'or';
  let result = !decisive;
  for (let index = 0; index < markers.length; index++) {
    const part = markers[index];
    if (part !== undefined && evaluate(part, environment, extra, context) === decisive) result = decisive;
  }
  return result;
}

/** Whether one comparison holds; see `evaluateMarker`. */
export function evaluateComparison(
  comparison: MarkerComparison,
  environment: MarkerEnvironment,
  extra: string,
  context: MarkerContext | undefined,
): boolean {
  const { left, right } = comparison;
  // A variable on the right of another one counts as its own name; so does packaging.
  const name = left.kind === 'variable' ? left.name : right.kind === 'variable' ? right.name : null;
  if (name === null) throw new UndefinedEnvironmentNameError('The comparison names no variable');
  const value = lookUp(name, environment, extra, context);
  if (typeof value !== 'string') {
    if (left.kind === 'variable') {
      throw new UndefinedComparisonError(
        `${name} is a set: it can only stand on the right of 'in' or 'not in'`,
      );
    }
    return compareWithSet(left.value, comparison, value.map(normalizeName));
  }
  if (left.kind === 'value') return compare(left.value, comparison, value, isVersionVariable(name));
  const literal = right.kind === 'value' ? right.value : right.name;
  return comparison.specifier === null
    ? compare(value, comparison, literal, isVersionVariable(name))
    : specifierContains(comparison.specifier, value);
}

/** The value of a variable; a list of names for those that are sets. */
export function lookUp(
  name: MarkerVariable,
  environment: MarkerEnvironment,
  extra: string,
  context: MarkerContext | undefined,
): string | readonly string[] {
  if (name === 'extra') return extra;
  const value = name === 'extras' || name === 'dependency_groups' ? context?.[name] : environment[name];
  if (value === undefined)
    throw new UndefinedEnvironmentNameError(`The environment has no value for ${name}`);
  // Python built from an untagged source says 3.14.0+, which is no version.
  return name === 'python_full_version' && typeof value === 'string' && value.endsWith('+')
    ? `${value}local`
    : value;
}

function compare(left: string, { operator }: MarkerComparison, right: string, asVersions: boolean): boolean {
  const specifier: Specifier | null = asVersions ? trySpecifier(operator, right) : null;
  if (specifier !== null) return specifierContains(specifier, left);
  switch (operator) {
    case 'in':
      return right.includes(left);
    case 'not in':
      return !right.includes(left);
    case '==':
    case '<=':
    case '>=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
    case '>':
      return false;
    case '~=':
    case '===':
      throw new UndefinedComparisonError(`${operator} has no meaning for '${left}' and '${right}'`);
  }
}

function compareWithSet(left: string, { operator }: MarkerComparison, right: readonly string[]): boolean {
  const isMember = right.includes(normalizeName(left));
  switch (operator) {
    case 'in':
      return isMember;
    case 'not in':
    case '!=':
      return operator === '!=' || !isMember;
    case '==':
    case '<=':
    case '>=':
    case '<':
    case '>':
      return false;
    case '~=':
    case '===':
      throw new UndefinedComparisonError(`${operator} has no meaning for a set`);
  }
}
