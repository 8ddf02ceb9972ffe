import { evaluateComparison, UndefinedEnvironmentNameError } from '../marker/evaluate-marker.ts';
import type { MarkerComparison, MarkerEnvironment, MarkerVariable } from '../marker/marker.ts';
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
import {
  baseVersion,
  publicVersion,
  type Version,
  type VersionNumber,
  versionOf,
} from '../version/version.ts';
import { type DiagramNode, type Diagrams, MarkerBudgetError } from './diagram.ts';
import { isLooseVersion, isNameSet } from './level.ts';

/** Above every version: what is no version at all. */
export const endOfVersions: Cut = {
  high: 2 ** 30 - 1,
  low: Number.POSITIVE_INFINITY,
  version: lowestCut.version,
  side: 2,
};

/** A comparison with what it needs: `truth` says whether it holds for a value of its variable. */
type Subject = {
  readonly comparison: MarkerComparison;
  readonly variable: MarkerVariable;
  readonly literal: string;
  /** Whether the variable stands on the right. */
  readonly swapped: boolean;
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
  const { variable, swapped } = subject;
  const isMembership = comparison.operator === 'in' || comparison.operator === 'not in';
  if (isNameSet(variable)) return lowerName(diagrams, subject);
  if (isMembership && swapped) return flag(diagrams, variable, subject.literal, comparison.operator === 'in');
  if (variable === 'python_version') return lowerPythonVersion(diagrams, subject);
  const spell = variable === 'python_full_version' ? padded : (version: Version): string => version.text;
  const truth = (version: Version): boolean =>
    subject.truth(spell(isOrdering(subject) ? publicVersion(version) : version));
  if (!isLooseVersion(variable)) {
    if (variable !== 'python_full_version') return textsNode(diagrams, subject, textValues(subject));
    return versionsNode(diagrams, variable, boundaries(subject), truth, null);
  }
  const others = textValues(subject).filter((text) => tryParseVersion(text) === null);
  return versionsNode(diagrams, variable, boundaries(subject), truth, textsNode(diagrams, subject, others));
}

/**
 * Whether the value of the variable becomes the bound of an ordering. No bound may have a local part, so
 * `"3.8" < python_full_version` fails for 3.14.0+local; here such a value is taken for its public version.
 */
function isOrdering({ comparison, swapped }: Subject): boolean {
  return swapped && !['==', '!=', '==='].includes(comparison.operator);
}

function subjectOf(comparison: MarkerComparison): Subject {
  const { left, right } = comparison;
  const swapped = left.kind === 'value';
  if (swapped && right.kind === 'value')
    throw new UndefinedEnvironmentNameError('The comparison names no variable');
  const variable = left.kind === 'variable' ? left.name : right.kind === 'variable' ? right.name : 'extra';
  const literal = left.kind === 'value' ? left.value : right.kind === 'value' ? right.value : right.name;
  const truth = (value: string): boolean => {
    // The comparison reads this one variable; an environment of its own for every question would hold the rest in vain.
    const environment = { [variable]: value } as unknown as MarkerEnvironment;
    return evaluateComparison(comparison, environment, value, undefined);
  };
  return { comparison, variable, literal, swapped, truth };
}

/** A name among `extra`, `extras` or `dependency_groups`. */
function lowerName(
  diagrams: Diagrams,
  { comparison, variable, literal, swapped, truth }: Subject,
): DiagramNode {
  const { operator } = comparison;
  const isMembership = operator === 'in' || operator === 'not in';
  if (variable !== 'extra') {
    evaluateComparison(comparison, {} as MarkerEnvironment, '', { [variable]: [] });
    if (isMembership) return flag(diagrams, variable, literal, operator === 'in');
    return operator === '!=' ? diagrams.full : diagrams.empty;
  }
  if (isMembership) return flag(diagrams, variable, `${swapped ? '⊇' : '⊆'}${literal}`, operator === 'in');
  return truth(literal)
    ? flag(diagrams, variable, literal, true)
    : operator === '!='
      ? flag(diagrams, variable, literal, false)
      : diagrams.empty;
}

function flag(diagrams: Diagrams, variable: MarkerVariable, literal: string, holds: boolean): DiagramNode {
  const { empty, full } = diagrams;
  if (literal === '' && !isNameSet(variable)) return holds ? full : empty;
  return diagrams.make(diagrams.level('flag', variable, literal), [], holds ? [empty, full] : [full, empty]);
}

function textsNode(
  diagrams: Diagrams,
  { variable, truth, literal }: Subject,
  values: readonly string[],
): DiagramNode {
  const answer = (value: string): DiagramNode => (truth(value) ? diagrams.full : diagrams.empty);
  const sorted = [...new Set(values)].sort();
  const children = [...sorted.map(answer), answer(`\u{10ffff}${literal}`)];
  return diagrams.make(diagrams.level('texts', variable), sorted.map(diagrams.textLabel), children);
}

/** The values of a text variable that the comparison tells apart. */
function textValues({ comparison, literal }: Subject): readonly string[] {
  return comparison.operator === 'in' || comparison.operator === 'not in' ? substrings(literal) : [literal];
}

/** Longest text after `in` whose substrings are told apart. */
const MAX_MEMBERSHIP = 128;

function substrings(text: string): readonly string[] {
  if (text.length > MAX_MEMBERSHIP) {
    throw new MarkerBudgetError(
      `A text after 'in' can have ${MAX_MEMBERSHIP} characters; this has ${text.length}`,
    );
  }
  const found = new Set<string>(['']);
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 1; end <= text.length; end++) found.add(text.slice(start, end));
  }
  return [...found];
}

/** `python_version` as a set of whole minor series of `python_full_version`. */
function lowerPythonVersion(diagrams: Diagrams, subject: Subject): DiagramNode {
  const { comparison, literal, truth } = subject;
  const isMembership = comparison.operator === 'in' || comparison.operator === 'not in';
  const texts = isMembership ? substrings(literal).filter((text) => /^\d+\.\d+$/.test(text)) : [literal];
  const cuts = texts.flatMap((text) => {
    const version = tryParseVersion(text.replace(/\.\*\s*$/, ''));
    return version === null ? [] : seriesCuts(version).slice(0, 4);
  });
  return versionsNode(diagrams, 'python_full_version', cuts, (version) => truth(minorSeries(version)), null);
}

/** `3.8` of `3.8.1rc1`: what `python_version` is for a `python_full_version`. */
export function minorSeries({ release }: Version): string {
  return `${release[0]}.${release[1] ?? 0}`;
}

/** The version as Python tells its own: at least three numbers. */
function padded(version: Version): string {
  const [major = 0, minor = 0, micro = 0, ...rest] = version.release;
  return version.release.length > 2
    ? version.text
    : versionOf({ ...version, release: [major, minor, micro, ...rest] }).text;
}

/** Cuts that part versions finely enough for the comparison to be constant between them. */
function boundaries(subject: Subject): readonly Cut[] {
  const { comparison, literal } = subject;
  if (comparison.specifier?.version) return specifierCuts(comparison.specifier);
  const isMembership = comparison.operator === 'in' || comparison.operator === 'not in';
  const texts = isMembership ? substrings(literal).filter((text) => /\d/.test(text)) : [literal];
  return texts.flatMap((text) => {
    const version = tryParseVersion(text);
    return version === null
      ? []
      : isMembership
        ? [cutBefore(version), cutAfter(version)]
        : nearbyCuts(version);
  });
}

/** Every place beside the version, its release or their series where a comparison with it can change. */
function nearbyCuts(version: Version): readonly Cut[] {
  const near = [version, publicVersion(version), baseVersion(version)];
  return [
    ...seriesCuts(version),
    ...near.flatMap((one) => [cutBefore(one), cutAfter(one), cutAfterLocals(publicVersion(one))]),
    ...(version.dev === null ? [cutAfterPosts(versionOf({ ...version, post: null, local: null }))] : []),
    cutAfterPosts(baseVersion(version)),
  ];
}

/** The cuts before and after the major, the minor and the whole series of the version. */
function seriesCuts({ epoch, release }: Version): readonly Cut[] {
  const [major = 0, minor = 0, micro = 0] = release;
  const both = (prefix: readonly VersionNumber[]): readonly Cut[] => [
    cutBeforeFamily(epoch, prefix),
    cutAfterPrefix(epoch, prefix),
  ];
  return [...both([major]), ...both([major, minor]), ...both([major, minor, micro]), ...both(release)];
}

/** The node with `truth` between the cuts; `rest` is for values that are no versions. */
function versionsNode(
  diagrams: Diagrams,
  variable: MarkerVariable,
  cuts: readonly Cut[],
  truth: (version: Version) => boolean,
  rest: DiagramNode | null,
): DiagramNode {
  const ascending: Cut[] = [];
  for (const cut of cuts.toSorted(compareCuts)) {
    const before = ascending.at(-1) ?? lowestCut;
    if (compareCuts(before, cut) < 0) ascending.push(cut);
  }
  const children = [null, ...ascending].map((cut, index) =>
    truth(versionBetween(cut, ascending[index] ?? null)) ? diagrams.full : diagrams.empty,
  );
  const level = diagrams.level('versions', variable);
  if (rest === null) return diagrams.make(level, ascending.map(diagrams.cutLabel), children);
  return diagrams.make(level, [...ascending, endOfVersions].map(diagrams.cutLabel), [...children, rest]);
}
