import { evaluateComparison, variableOf } from '../marker/evaluate-marker.ts';
import {
  isNameSet,
  isVersionVariable,
  type MarkerComparison,
  type MarkerVariable,
} from '../marker/marker.ts';
import {
  type Cut,
  compareCuts,
  cutAfter,
  cutAfterLocals,
  cutAfterPosts,
  cutAfterPrefix,
  cutBefore,
  cutBeforeFamily,
  lowestCut,
} from '../range/cut.ts';
import { specifierCuts } from '../range/specifier-cuts.ts';
import { versionBetween } from '../range/version-between.ts';
import { tryParseVersion } from '../version/parse-version.ts';
import { baseVersion, padRelease, publicVersion, type Version, versionOf } from '../version/version.ts';
import { compareAtoms, type DiagramNode, type Diagrams, MarkerBudgetError } from './diagram.ts';
import { substrings } from './text-cover.ts';

/** Above every version: what is no version at all. */
export const endOfVersions: Cut = {
  high: 2 ** 30 - 1,
  low: Number.POSITIVE_INFINITY,
  version: lowestCut.version,
  side: 2,
};

/** A comparison with what it needs. */
type Subject = {
  readonly comparison: MarkerComparison;
  readonly variable: MarkerVariable;
  readonly literal: string;
  /** Whether the variable stands on the right. */
  readonly swapped: boolean;
  readonly isMembership: boolean;
  /** Whether the comparison holds for a value of its variable. */
  readonly truth: (value: string) => boolean;
};

/**
 * The set of environments in which the comparison holds. The meaning is that of `evaluateMarker`: the
 * variable's values are parted so that the comparison is constant on each part, and one value of each is judged.
 *
 * @throws UndefinedComparisonError
 */
export function lowerComparison(diagrams: Diagrams, comparison: MarkerComparison): DiagramNode {
  const subject = subjectOf(comparison);
  const { variable, literal, swapped, isMembership, truth } = subject;
  if (isNameSet(variable)) return lowerName(diagrams, subject);
  if (isMembership && swapped) {
    const holds = comparison.operator === 'in';
    if (literal === '') return holds ? diagrams.full : diagrams.empty;
    return flag(diagrams, variable, literal, holds);
  }
  const texts = isMembership ? membersOf(literal) : [literal];
  if (variable === 'python_version') {
    // A set of whole minor series of `python_full_version`.
    const ofSeries = (version: Version): boolean => truth(minorSeries(version));
    return versionsNode(diagrams, 'python_full_version', boundaries(subject, texts), ofSeries);
  }
  const isPython = variable === 'python_full_version';
  if (!isPython && !isVersionVariable(variable)) return textsNode(diagrams, subject, texts);
  // No bound of an ordering may have a local part, so `"3.8" < python_full_version` fails for 3.14.0+local; here
  // such a value is taken for its public version.
  const isOrdering = swapped && !['==', '!=', '==='].includes(comparison.operator);
  const ofVersion = (version: Version): boolean => {
    const value = isOrdering ? publicVersion(version) : version;
    // Python tells at least three numbers of its own version.
    return truth(isPython ? versionOf({ ...value, release: padRelease(value.release, 3) }).text : value.text);
  };
  const others = texts.filter((text) => tryParseVersion(text) === null);
  const rest = isPython ? null : textsNode(diagrams, subject, others);
  return versionsNode(diagrams, variable, boundaries(subject, texts), ofVersion, rest);
}

function subjectOf(comparison: MarkerComparison): Subject {
  const { left, operator, right } = comparison;
  const variable = variableOf(comparison);
  const swapped = left.kind === 'value';
  const other = swapped ? left : right;
  return {
    comparison,
    variable,
    literal: other.kind === 'value' ? other.value : other.name,
    swapped,
    isMembership: operator === 'in' || operator === 'not in',
    truth: (value) => evaluateComparison(comparison, () => value),
  };
}

/** A name among `extra`, `extras` or `dependency_groups`. */
function lowerName(diagrams: Diagrams, subject: Subject): DiagramNode {
  const { comparison, variable, literal, swapped, isMembership, truth } = subject;
  const { operator } = comparison;
  const isExtra = variable === 'extra';
  if (!isExtra) evaluateComparison(comparison, () => []);
  if (isMembership) {
    const name = isExtra ? (swapped ? '⊇' : '⊆') + literal : literal;
    return flag(diagrams, variable, name, operator === 'in');
  }
  const isUnequal = operator === '!=';
  if (isExtra && (isUnequal || truth(literal))) return flag(diagrams, variable, literal, !isUnequal);
  return isUnequal ? diagrams.full : diagrams.empty;
}

function flag(diagrams: Diagrams, variable: MarkerVariable, literal: string, holds: boolean): DiagramNode {
  const node = diagrams.make(diagrams.text('has', variable, literal), diagrams.full, diagrams.empty);
  return holds ? node : diagrams.not(node);
}

function textsNode(
  { empty, full, make, text }: Diagrams,
  { variable, truth, literal }: Subject,
  values: readonly string[],
): DiagramNode {
  const decide = (value: string): DiagramNode => (truth(value) ? full : empty);
  return [...new Set(values)]
    .map((value) => text('is', variable, value))
    .sort(compareAtoms)
    .reduceRight((missed, atom) => make(atom, decide(atom.text), missed), decide(`\u{10ffff}${literal}`));
}

/** Longest text after `in` whose substrings are told apart. */
const MAX_MEMBERSHIP = 128;

function membersOf(text: string): readonly string[] {
  if (text.length <= MAX_MEMBERSHIP) return substrings(text);
  throw new MarkerBudgetError(`A text after 'in' has more than ${MAX_MEMBERSHIP} characters: ${text.length}`);
}

/** `3.8` of `3.8.1rc1`: what `python_version` is for a `python_full_version`. */
export function minorSeries({ release }: Version): string {
  return padRelease(release, 2).slice(0, 2).join('.');
}

/** Cuts that part versions finely enough for the comparison with the texts to be constant between them. */
function boundaries(
  { comparison, variable, isMembership }: Subject,
  texts: readonly string[],
): readonly Cut[] {
  const isSeries = variable === 'python_version';
  if (comparison.specifier?.version && !isSeries) return specifierCuts(comparison.specifier);
  return texts.flatMap((text) => {
    const version = tryParseVersion(text.replace(/\.\*\s*$/, ''));
    if (version === null) return [];
    if (isSeries) return seriesCuts(version).slice(0, 4);
    return isMembership ? [cutBefore(version), cutAfter(version)] : nearbyCuts(version);
  });
}

/** Every place beside the version, its release or their series where a comparison with it can change. */
function nearbyCuts(version: Version): readonly Cut[] {
  const release = baseVersion(version);
  const family = versionOf({ ...version, post: null, dev: null, local: null });
  return [
    ...seriesCuts(version),
    ...[version, publicVersion(version), release].flatMap((near) => [
      cutBefore(near),
      cutAfter(near),
      cutAfterLocals(near),
    ]),
    cutAfterPosts(family),
    cutAfterPosts(release),
  ];
}

/** The cuts before and after the major, the minor and the whole series of the version. */
function seriesCuts({ epoch, release }: Version): readonly Cut[] {
  const numbers = padRelease(release, 3);
  return [1, 2, 3, release.length].flatMap((length) => {
    const prefix = numbers.slice(0, length);
    return [cutBeforeFamily(epoch, prefix), cutAfterPrefix(epoch, prefix)];
  });
}

/** The node with `truth` between the cuts; `rest` is for values that are no versions. */
function versionsNode(
  { empty, full, make, below }: Diagrams,
  variable: MarkerVariable,
  cuts: readonly Cut[],
  truth: (version: Version) => boolean,
  rest: DiagramNode | null = null,
): DiagramNode {
  const bounds: Cut[] = [lowestCut];
  for (const cut of cuts.toSorted(compareCuts)) {
    if (compareCuts(bounds.at(-1) as Cut, cut) < 0) bounds.push(cut);
  }
  let node = rest;
  let high: Cut | null = null;
  for (const low of bounds.reverse()) {
    const held = truth(versionBetween(low, high)) ? full : empty;
    node = node === null ? held : make(below(variable, high ?? endOfVersions), held, node);
    high = low;
  }
  return node ?? empty;
}
