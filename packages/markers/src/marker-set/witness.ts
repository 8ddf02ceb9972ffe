import type { MarkerEnvironment, MarkerVariable } from '../marker/marker.ts';
import { isAbove } from '../range/cut.ts';
import { versionBetween } from '../range/version-between.ts';
import { normalizeName } from '../requirement/name.ts';
import { parseVersion, tryParseVersion } from '../version/parse-version.ts';
import type { DiagramNode } from './diagram.ts';
import { isLooseVersion, isNameSet, type Level, type NameSetVariable } from './level.ts';
import { endOfVersions, minorSeries } from './lower-comparison.ts';

/** An environment, and the names asked for. */
export type Witness = {
  readonly environment: MarkerEnvironment;
  readonly extras: readonly string[];
  /** Of lock files: the variables `extras` and `dependency_groups` (PEP 751). */
  readonly lockExtras: readonly string[];
  readonly dependencyGroups: readonly string[];
};

/** What variables are unless the set says otherwise. */
const EVERYDAY: MarkerEnvironment = {
  implementation_name: 'cpython',
  implementation_version: '3.13.0',
  os_name: 'posix',
  platform_machine: 'x86_64',
  platform_python_implementation: 'CPython',
  platform_release: '6.1.0',
  platform_system: 'Linux',
  platform_version: '#1 SMP',
  python_full_version: '3.13.0',
  python_version: '3.13',
  sys_platform: 'linux',
};

type LockNames = { readonly lockExtras?: readonly string[]; readonly dependencyGroups?: readonly string[] };
type Names = Readonly<Record<NameSetVariable, readonly string[]>>;
const NO_NAMES: Names = { extra: [], extras: [], dependency_groups: [] };

/** Whether the environment is in the set. */
export function diagramHolds(
  set: DiagramNode,
  environment: MarkerEnvironment,
  extras: readonly string[],
  lock: LockNames = {},
): boolean {
  const names: Names = {
    extra: extras.map(normalizeName),
    extras: (lock.lockExtras ?? []).map(normalizeName),
    dependency_groups: (lock.dependencyGroups ?? []).map(normalizeName),
  };
  let node = set;
  while (node.level !== null) node = childFor(node, node.level, environment, names);
  return node.value;
}

function childFor(
  node: DiagramNode,
  level: Level,
  environment: MarkerEnvironment,
  names: Names,
): DiagramNode {
  const { children, labels } = node;
  const { variable, literal } = level;
  const value = isNameSet(variable) ? '' : environment[variable];
  if (level.kind === 'flag') {
    const holds = isNameSet(variable) ? names[variable].includes(literal) : value.includes(literal);
    return children[holds ? 1 : 0] as DiagramNode;
  }
  if (level.kind === 'texts') {
    const index = labels.findIndex(({ text }) => text === value);
    return children[index < 0 ? labels.length : index] as DiagramNode;
  }
  const version = tryParseVersion(value.endsWith('+') ? `${value}local` : value);
  const index = labels.findIndex(({ cut }) => cut !== null && version !== null && !isAbove(version, cut));
  return children[index < 0 ? labels.length : index] as DiagramNode;
}

/** What a path through the diagram asks of a variable's text. */
type TextNeeds = { readonly not: string[]; readonly within: string[]; readonly without: string[] };

/**
 * An environment in the set; null if the set is empty, or if only values are left of which the algebra knows
 * too little (a text to be found within a version).
 */
export function witnessOf(set: DiagramNode): Witness | null {
  const chosen = new Map<MarkerVariable, string>();
  const names = new Map<MarkerVariable, string[]>();
  const needs = new Map<MarkerVariable, TextNeeds>();
  const needsOf = (variable: MarkerVariable): TextNeeds => {
    const known = needs.get(variable) ?? { not: [], within: [], without: [] };
    needs.set(variable, known);
    return known;
  };
  let node = set;
  while (node.level !== null) {
    const { level, labels } = node;
    const { variable, literal } = level;
    const index = chooseChild(node, level);
    if (level.kind === 'versions') {
      const version = versionFor(node, index, variable);
      if (version === null) needsOf(variable);
      else chosen.set(variable, version);
    } else if (level.kind === 'texts') {
      const text = labels[index]?.text;
      if (text === undefined) needsOf(variable).not.push(...labels.map((label) => label.text));
      else chosen.set(variable, text);
    } else if (!isNameSet(variable)) {
      (index === 1 ? needsOf(variable).within : needsOf(variable).without).push(literal);
    } else if (index === 1) {
      names.set(variable, [...(names.get(variable) ?? []), literal]);
    }
    node = node.children[index] as DiagramNode;
  }
  if (!node.value) return null;
  for (const [variable, need] of needs) {
    const text = chosen.has(variable) ? chosen.get(variable) : textFor(variable, need);
    if (text !== undefined) chosen.set(variable, text);
  }
  const found = witness(chosen, names);
  return diagramHolds(set, found.environment, found.extras, found) ? found : null;
}

/** A text that the path allows, the everyday one if it does. */
function textFor(variable: MarkerVariable, { not, within, without }: TextNeeds): string | undefined {
  const separators = ['~', '|', '#', '\u{10ffff}'];
  const everyday = EVERYDAY[variable as keyof MarkerEnvironment];
  const made = separators.flatMap((one) => ['', one].map((edge) => edge + within.join(one) + edge));
  const candidates = [everyday, 'other', 'unknown', 'generic', ...made, ...made.map((text) => text + text)];
  return candidates.find(
    (text) =>
      !not.includes(text) &&
      within.every((part) => text.includes(part)) &&
      !without.some((part) => text.includes(part)) &&
      !(isLooseVersion(variable) && tryParseVersion(text) !== null),
  );
}

function witness(
  chosen: ReadonlyMap<MarkerVariable, string>,
  wanted: ReadonlyMap<MarkerVariable, readonly string[]>,
): Witness {
  const full = chosen.get('python_full_version') ?? EVERYDAY.python_full_version;
  return {
    environment: {
      ...EVERYDAY,
      ...Object.fromEntries(chosen),
      python_version: minorSeries(parseVersion(full)),
    },
    extras: wanted.get('extra') ?? [],
    lockExtras: wanted.get('extras') ?? [],
    dependencyGroups: wanted.get('dependency_groups') ?? [],
  };
}

/** The everyday child if it leads on, else the first that does. */
function chooseChild(node: DiagramNode, level: Level): number {
  const everyday = node.children.indexOf(childFor(node, level, EVERYDAY, NO_NAMES));
  const leads = (child: DiagramNode | undefined): boolean =>
    child !== undefined && (child.level !== null || child.value);
  return leads(node.children[everyday]) ? everyday : node.children.findIndex(leads);
}

/** A version of the child's interval, or null for what is no version. */
function versionFor(node: DiagramNode, index: number, variable: MarkerVariable): string | null {
  const low = node.labels[index - 1]?.cut ?? null;
  const high = node.labels[index]?.cut ?? null;
  if (low === endOfVersions) return null;
  const everyday = parseVersion(EVERYDAY[variable as keyof MarkerEnvironment]);
  const fits = (low === null || isAbove(everyday, low)) && (high === null || !isAbove(everyday, high));
  return (fits ? everyday : versionBetween(low, high === endOfVersions ? null : high)).text;
}
