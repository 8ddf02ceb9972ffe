import { EVERYDAY, isNameSet, type MarkerEnvironment, type MarkerVariable } from '../marker/marker.ts';
import { isAbove } from '../range/cut.ts';
import { versionBetween } from '../range/version-between.ts';
import { normalizeName } from '../requirement/name.ts';
import { parseVersion, tryParseVersion } from '../version/parse-version.ts';
import { type Atom, type Decision, type DiagramNode, isEmpty, isFull } from './diagram.ts';
import { endOfVersions, minorSeries } from './lower-comparison.ts';

/** An environment, and the names asked for. */
export type Witness = {
  readonly environment: MarkerEnvironment;
  readonly extras: readonly string[];
  /** Of lock files: the variables `extras` and `dependency_groups` (PEP 751). */
  readonly lockExtras: readonly string[];
  readonly dependencyGroups: readonly string[];
};

/** Whether the environment, with these names, is in the set. */
export function diagramHolds(
  set: DiagramNode,
  environment: MarkerEnvironment,
  extras: readonly string[],
  lock: Partial<Pick<Witness, 'lockExtras' | 'dependencyGroups'>> = {},
): boolean {
  const values: Readonly<Record<MarkerVariable, string | readonly string[]>> = {
    ...environment,
    extra: extras.map(normalizeName),
    extras: lock.lockExtras ?? [],
    dependency_groups: lock.dependencyGroups ?? [],
  };
  let node = set;
  while (node.atom) node = holds(node.atom, values[node.atom.variable]) ? node.held : node.missed;
  return isFull(node);
}

/** Whether the atom holds for a value of its variable. */
function holds({ kind, cut, text }: Atom, value: string | readonly string[]): boolean {
  if (!cut) return kind === 'is' ? text === value : value.includes(text);
  const version = tryParseVersion(String(value).replace(/\+$/, '+local'));
  return version !== null && !isAbove(version, cut);
}

/** An answer on the way through a diagram. */
type Step = { readonly atom: Atom; readonly isHeld: boolean };

/**
 * An environment in the set; null if the set is empty, or if only values are left of which the algebra knows
 * too little (a text to be found within a version).
 */
export function witnessOf(set: DiagramNode): Witness | null {
  const steps: Step[] = [];
  let node = set;
  while (node.atom) {
    const { atom, held, missed }: Decision = node;
    const value = isNameSet(atom.variable) ? [] : EVERYDAY[atom.variable];
    // The everyday answers of the level if they lead on, else the first that do.
    let everyday: DiagramNode = node;
    while (everyday.atom && everyday.atom.level === atom.level) {
      everyday = holds(everyday.atom, value) ? everyday.held : everyday.missed;
    }
    const isHeld = isEmpty(everyday) ? !isEmpty(held) : holds(atom, value);
    steps.push({ atom, isHeld });
    node = isHeld ? held : missed;
  }
  if (isEmpty(node)) return null;
  const of = (variable: string): readonly Step[] => steps.filter(({ atom }) => atom.variable === variable);
  const namesIn = (variable: MarkerVariable): readonly string[] => textsHeld(of(variable));
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

/** What a value is known to be or contain. */
function textsHeld(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ atom, isHeld }) => (isHeld && !atom.cut ? atom.text : []));
}

/** A text that takes all the steps, the everyday one if it does; that too where none is found. */
function textFor(everyday: string, steps: readonly Step[]): string {
  const fits = (text: string): boolean => steps.every(({ atom, isHeld }) => holds(atom, text) === isHeld);
  const low = steps.findLast(({ atom, isHeld }) => atom.cut && !isHeld)?.atom.cut ?? null;
  const high = steps.find(({ atom, isHeld }) => atom.cut && isHeld)?.atom.cut ?? null;
  const texts = textsHeld(steps);
  const made = ['', '~', '|'].map((one) => one + texts.join(one) + one);
  const isBounded = low !== endOfVersions && (low ?? high) !== null;
  const between = isBounded ? [versionBetween(low, high).text] : [];
  return [everyday, ...between, ...texts, 'other', ...made].find(fits) ?? everyday;
}
