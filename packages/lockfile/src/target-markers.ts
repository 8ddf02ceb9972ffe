import type { MarkerEnvironment } from '@pyplan/markers';
import type { Target } from '@pyplan/resolver';
import { LockWriteError } from './errors.ts';

/** The marker variables that tell targets apart, the plainest first. */
const variables = [
  'sys_platform',
  'python_version',
  'platform_machine',
  'implementation_name',
  'python_full_version',
] as const;

type Variable = (typeof variables)[number];

/** The variables that a target's own marker always names; the rest only where they are needed. */
const ownVariables: readonly Variable[] = [
  'python_version',
  'implementation_name',
  'sys_platform',
  'platform_machine',
];

/**
 * Markers for a list of targets: one for each, and the shortest for any part of them.
 *
 * A part's marker holds on the targets of the part and on no other of the list; what it says elsewhere does not
 * matter, since a lock's `environments` exclude it.
 */
export interface TargetMarkers {
  /** The marker of each target, in order, distinct. */
  readonly environments: readonly string[];
  /** The marker of the targets with these positions; null where those are all of them. */
  partMarker(part: ReadonlySet<number>): string | null;
}

/** @throws LockWriteError from `partMarker`, where no marker can tell the part from the rest. */
export function targetMarkers(targets: readonly Target[]): TargetMarkers {
  const environments = targets.map((target) => target.environment);
  const own = environments.map((environment) => ownMarker(environment, environments));
  return {
    environments: [...new Set(own)],
    partMarker: (part) => {
      if (part.size === targets.length) return null;
      const inside = environments.filter((_, index) => part.has(index));
      const outside = environments.filter((_, index) => !part.has(index));
      const marker = oneVariableMarker(inside, outside) ?? twoVariableMarker(inside, outside);
      if (marker !== null) return marker;
      const kept = own.filter((_, index) => part.has(index));
      const clash = own.findIndex((text, index) => !part.has(index) && kept.includes(text));
      if (clash !== -1) throw indistinct(targets, part, clash);
      return disjunction([...new Set(kept)]);
    },
  };
}

function ownMarker(environment: MarkerEnvironment, all: readonly MarkerEnvironment[]): string {
  const twins = all.filter((other) => ownVariables.every((known) => other[known] === environment[known]));
  const patched = twins.some((other) => other.python_full_version !== environment.python_full_version);
  const named: readonly Variable[] = patched ? [...ownVariables, 'python_full_version'] : ownVariables;
  return named.map((variable) => equals(variable, environment[variable])).join(' and ');
}

/** `variable == 'x' or …`, or a bound for Python versions, where one variable is enough. */
function oneVariableMarker(
  inside: readonly MarkerEnvironment[],
  outside: readonly MarkerEnvironment[],
): string | null {
  for (const variable of variables) {
    const here = distinct(inside, variable);
    const there = distinct(outside, variable);
    if (here.some((value) => there.includes(value))) continue;
    if (variable === 'python_version' || variable === 'python_full_version') {
      return pythonMarker(variable, here, there);
    }
    return there.length < here.length
      ? there.map((value) => `${variable} != '${value}'`).join(' and ')
      : here.map((value) => equals(variable, value)).join(' or ');
  }
  return null;
}

/** Where the part is those of some values of one variable that also have some values of another. */
function twoVariableMarker(
  inside: readonly MarkerEnvironment[],
  outside: readonly MarkerEnvironment[],
): string | null {
  for (const [index, first] of variables.entries()) {
    for (const second of variables.slice(index + 1)) {
      const near = outside.filter((item) => distinct(inside, first).includes(item[first]));
      const far = outside.filter((item) => !near.includes(item));
      if (far.length === 0 || near.length === 0) continue;
      const left = oneVariableMarker(onlyOf(inside, first), onlyOf(far, first));
      const right = oneVariableMarker(onlyOf(inside, second), onlyOf(near, second));
      if (left !== null && right !== null) return `${grouped(right)} and ${grouped(left)}`;
    }
  }
  return null;
}

/** The environments with all but one variable made alike, so that only that one can tell them apart. */
function onlyOf(environments: readonly MarkerEnvironment[], kept: Variable): readonly MarkerEnvironment[] {
  return environments.map((environment) => {
    const alike = Object.fromEntries(variables.filter((name) => name !== kept).map((name) => [name, '']));
    return { ...environment, ...alike };
  });
}

/** Bounds where the versions of the part lie together, else the versions one by one. */
function pythonMarker(variable: Variable, here: readonly string[], there: readonly string[]): string {
  const inside = [...here].sort(comparePythons);
  const all = [...here, ...there].sort(comparePythons);
  const first = all.indexOf(inside[0] ?? '');
  const contiguous = inside.every((value, index) => all[first + index] === value);
  const after = all[first + inside.length];
  if (!contiguous) return inside.map((value) => equals(variable, value)).join(' or ');
  if (inside.length === 1 && first > 0 && after !== undefined) return equals(variable, inside[0] ?? '');
  const bounds: string[] = [];
  if (first > 0) bounds.push(`${variable} >= '${inside[0]}'`);
  if (after !== undefined) bounds.push(`${variable} < '${after}'`);
  return bounds.join(' and ');
}

function comparePythons(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function distinct(environments: readonly MarkerEnvironment[], variable: Variable): readonly string[] {
  return [...new Set(environments.map((environment) => environment[variable]))];
}

function equals(variable: Variable, value: string): string {
  return `${variable} == '${value}'`;
}

function grouped(marker: string): string {
  return marker.includes(' or ') ? `(${marker})` : marker;
}

function disjunction(markers: readonly string[]): string {
  return markers.length === 1 ? (markers[0] ?? '') : markers.map((marker) => `(${marker})`).join(' or ');
}

function indistinct(targets: readonly Target[], part: ReadonlySet<number>, other: number): LockWriteError {
  const named = (index: number): string =>
    `${targets[index]?.python ?? '?'} on ${targets[index]?.platform ?? '?'}`;
  const first = [...part][0] ?? 0;
  return new LockWriteError(
    `the targets ${named(first)} and ${named(other)} get different packages, and no environment marker tells them ` +
      'apart: write a lock for each',
  );
}
