import type { Specifier } from '../specifier/specifier.ts';

/** The variables whose value is one text (Dependency specifiers, "Environment Markers"). */
export type EnvironmentVariable =
  | 'implementation_name'
  | 'implementation_version'
  | 'os_name'
  | 'platform_machine'
  | 'platform_python_implementation'
  | 'platform_release'
  | 'platform_system'
  | 'platform_version'
  | 'python_full_version'
  | 'python_version'
  | 'sys_platform';

/** All variables: `extra` of metadata, `extras` and `dependency_groups` of lock files (PEP 751). */
export type MarkerVariable = EnvironmentVariable | 'extra' | 'extras' | 'dependency_groups';

/** The variables whose values are compared as versions where they are versions, and what they are on most days. */
const VERSIONS: Pick<MarkerEnvironment, 'implementation_version' | 'platform_release' | PythonVariable> = {
  python_full_version: '3.13.0',
  python_version: '3.13',
  implementation_version: '3.13.0',
  platform_release: '6.1.0',
};

type PythonVariable = 'python_full_version' | 'python_version';

/** What variables are on most days. Marker sets decide them in this order: most markers speak of the Python version. */
export const EVERYDAY: MarkerEnvironment = {
  ...VERSIONS,
  os_name: 'posix',
  sys_platform: 'linux',
  platform_system: 'Linux',
  platform_machine: 'x86_64',
  implementation_name: 'cpython',
  platform_python_implementation: 'CPython',
  platform_version: '#1',
};

/** The variables whose value is a set of names. */
const NAME_SETS: readonly MarkerVariable[] = ['extra', 'extras', 'dependency_groups'];

/** All variables, in the order in which marker sets decide them. */
export const MARKER_VARIABLES: readonly MarkerVariable[] = [
  ...(Object.keys(EVERYDAY) as EnvironmentVariable[]),
  ...NAME_SETS,
];

/** What stands on a side of a comparison. */
export type MarkerOperand =
  | { readonly kind: 'variable'; readonly name: MarkerVariable }
  | { readonly kind: 'value'; readonly value: string };

/** Operators of a marker comparison. */
export type MarkerOperator = '<' | '<=' | '==' | '!=' | '>=' | '>' | '~=' | '===' | 'in' | 'not in';

/** One comparison. */
export type MarkerComparison = {
  readonly kind: 'comparison';
  readonly left: MarkerOperand;
  readonly operator: MarkerOperator;
  readonly right: MarkerOperand;
  /** Operator and value as a version clause, where the comparison is one of versions and the value allows. */
  readonly specifier: Specifier | null;
};

/** Comparisons joined; `grouped` remembers parentheses that were written. */
export type MarkerJunction = {
  readonly kind: 'and' | 'or';
  readonly markers: readonly Marker[];
  readonly grouped: boolean;
};

/** An environment marker (Dependency specifiers, "Environment Markers"). */
export type Marker = MarkerComparison | MarkerJunction;

/** The values of an environment. `extra`, `extras` and `dependency_groups` are given apart. */
export type MarkerEnvironment = Readonly<Record<EnvironmentVariable, string>>;

/** Whether the variable's values are compared as versions where they are versions. */
export function isVersionVariable(name: MarkerVariable): boolean {
  return name in VERSIONS;
}

/** A variable whose value is a set of names. */
export type NameSetVariable = Exclude<MarkerVariable, EnvironmentVariable>;

/** Whether the variable's value is a set of names. */
export function isNameSet(name: MarkerVariable): name is NameSetVariable {
  return NAME_SETS.includes(name);
}
