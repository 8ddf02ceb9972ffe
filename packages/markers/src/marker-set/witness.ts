import { isNameSet, type MarkerEnvironment, type MarkerVariable } from '../marker/marker.ts';
import { isAbove } from '../range/cut.ts';
import { versionBetween } from '../range/version-between.ts';
import { normalizeName } from '../requirement/name.ts';
import { parseVersion, tryParseVersion } from '../version/parse-version.ts';
import type { DiagramNode } from './diagram.ts';
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

/** Whether the environment, with these names, is in the set. */
export function diagramHolds(
  set: DiagramNode,
  environment: MarkerEnvironment,
  extras: readonly string[],
  lock?: Pick<Witness, 'lockExtras' | 'dependencyGroups'>,
): boolean {
  const values: Readonly<Record<MarkerVariable, string | readonly string[]>> = {
    ...environment,
    extra: extras.map(normalizeName),
    extras: lock?.lockExtras ?? [],
    dependency_groups: lock?.dependencyGroups ?? [],
  };
  let node = set;
  while (node.level !== null) node = node.children[decide(node, values[node.level.variable])] as DiagramNode;
  return node.value;
}

/** The place of the child that the value of the node's variable leads to. */
function decide({ level, labels }: DiagramNode, value: string | readonly string[]): number {
  const text = String(value);
  const version =
    level?.kind === 'versions' ? tryParseVersion(text.endsWith('+') ? `${text}local` : text) : null;
  const index = labels.findIndex((label) => {
    if (label.cut !== null) return version !== null && !isAbove(version, label.cut);
    return level?.kind === 'texts' ? label.text === value : value.includes(label.text);
  });
  return index < 0 ? labels.length : index;
}

/** A node on the way through a diagram and the place of the child that was taken. */
type Step = { readonly node: DiagramNode; readonly index: number };

/**
 * An environment in the set; null if the set is empty, or if only values are left of which the algebra knows
 * too little (a text to be found within a version).
 */
export function witnessOf(set: DiagramNode): Witness | null {
  const steps: Step[] = [];
  let node = set;
  while (node.level !== null) {
    const { variable } = node.level;
    // The everyday child if it leads on, else the first that does.
    const everyday = decide(node, isNameSet(variable) ? [] : EVERYDAY[variable]);
    const leads = (child: DiagramNode | undefined): boolean => child?.level !== null || child.value;
    const index = leads(node.children[everyday]) ? everyday : node.children.findIndex(leads);
    steps.push({ node, index });
    node = node.children[index] as DiagramNode;
  }
  if (!node.value) return null;
  const of = (variable: string): readonly Step[] =>
    steps.filter((step) => step.node.level?.variable === variable);
  const namesIn = (variable: MarkerVariable): readonly string[] => of(variable).flatMap(literalsHeld);
  const texts = Object.entries(EVERYDAY).map(([variable, everyday]) => [
    variable,
    textFor(everyday, of(variable)),
  ]);
  const environment = Object.fromEntries(texts) as MarkerEnvironment;
  const found: Witness = {
    environment: {
      ...environment,
      python_version: minorSeries(parseVersion(environment.python_full_version)),
    },
    extras: namesIn('extra'),
    lockExtras: namesIn('extras'),
    dependencyGroups: namesIn('dependency_groups'),
  };
  return diagramHolds(set, found.environment, found.extras, found) ? found : null;
}

/** The literal of a flag that holds. */
function literalsHeld({ node, index }: Step): readonly string[] {
  return node.level?.kind === 'flag' && index === 0 ? [node.level.literal] : [];
}

/** A text that takes all the steps, the everyday one if it does; that too where none is found. */
function textFor(everyday: string, steps: readonly Step[]): string {
  const fits = (text: string): boolean => steps.every(({ node, index }) => decide(node, text) === index);
  if (fits(everyday)) return everyday;
  const named = steps.flatMap(({ node: { labels }, index }) => {
    const [low, high] = [labels[index - 1]?.cut ?? null, labels[index]?.cut ?? null];
    if (low === null && high === null) return labels[index]?.text ?? [];
    return low === endOfVersions ? [] : versionBetween(low, high === endOfVersions ? null : high).text;
  });
  const within = steps.flatMap(literalsHeld);
  const made = ['', '~', '|', '#', '\u{10ffff}'].map((one) => one + within.join(one) + one);
  return [...named, 'other', 'unknown', 'generic', ...made].find(fits) ?? everyday;
}
