import { evaluateComparison, variableOf } from '../marker/evaluate-marker.ts';
import { isNameSet, isVersionVariable, type MarkerComparison } from '../marker/marker.ts';
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
import { MAX_MEMBERSHIP } from '../text/limits.ts';
import { tryParseVersion } from '../version/parse-version.ts';
import { baseVersion, padRelease, publicVersion, type Version, versionOf } from '../version/version.ts';
import { compareAtoms, type DiagramNode, type Diagrams, MarkerBudgetError } from './diagram.ts';
import { substrings } from './text-cover.ts';

/** Above every version: what is no version at all. */
export const endOfVersions: Cut = { ...lowestCut, high: 2 ** 30 - 1, side: 2 };

/**
 * The set of environments in which the comparison holds. The meaning is that of `evaluateMarker`: the
 * variable's values are parted so that the comparison is constant on each part, and one value of each is judged.
 *
 * @throws UndefinedComparisonError
 */
export function lowerComparison(diagrams: Diagrams, comparison: MarkerComparison): DiagramNode {
  const { empty, full, make, text } = diagrams;
  const { left, operator, right, specifier } = comparison;
  const variable = variableOf(comparison);
  const swapped = left.kind === 'value';
  const other = swapped ? left : right;
  const literal = other.kind === 'value' ? other.value : other.name;
  const isMembership = operator.endsWith('in');

  function judge(value: string | readonly string[]): DiagramNode {
    return evaluateComparison(comparison, () => value) ? full : empty;
  }

  /** Asks for a name, or for a part of a text. */
  function asking(name: string): DiagramNode {
    const node = make(text('has', variable, name), full, empty);
    return /^[n!]/.test(operator) ? diagrams.not(node) : node;
  }

  if (isNameSet(variable)) {
    const isExtra = variable === 'extra';
    const node = judge(isExtra ? literal : []);
    // A capital stands in no normal name.
    if (isMembership) return asking(isExtra ? (swapped ? 'H' : 'I') + literal : literal);
    return isExtra && (node === full || operator === '!=') ? asking(literal) : node;
  }
  if (isMembership && swapped) return literal ? asking(literal) : judge(literal);

  const texts = isMembership ? membersOf(literal) : [literal];
  const isVersion = isVersionVariable(variable);
  const isPython = /^python_/.test(variable);
  let node: DiagramNode | null = null;
  if (!isPython) {
    // No text that is compared with is longer than the literal: `~` before it makes another.
    node = texts
      .filter((one) => !(isVersion && tryParseVersion(one)))
      .map((one) => text('is', variable, one))
      .sort(compareAtoms)
      .reduceRight((missed, atom) => make(atom, judge(atom.text), missed), judge(`~${literal}`));
  }
  if (!isVersion) return node ?? empty;

  const isSeries = variable === 'python_version';
  // No bound of an ordering may have a local part, so `"3.8" < python_full_version` fails for 3.14.0+local; here
  // such a value is taken for its public version.
  const isOrdering = swapped && /[<>~]/.test(operator);
  function judgeVersion(version: Version): DiagramNode {
    if (isSeries) return judge(minorSeries(version));
    const value = isOrdering ? publicVersion(version) : version;
    // Python tells at least three numbers of its own version.
    return judge((isPython ? versionOf({ ...value, release: padRelease(value.release, 3) }) : value).text);
  }

  /** Cuts that part versions finely enough for the comparison with the text to be constant between them. */
  function cutsFor(one: string): readonly Cut[] {
    const version = tryParseVersion(one.replace(/\.\*\s*$/, ''));
    if (!version) return [];
    if (isSeries) return seriesCuts(version).slice(0, 4);
    return isMembership ? [cutBefore(version), cutAfter(version)] : nearbyCuts(version);
  }

  const cuts = specifier?.version && !isSeries ? specifierCuts(specifier) : texts.flatMap(cutsFor);
  let high: Cut | null = null;
  for (const low of [lowestCut, ...cuts].sort((a, b) => compareCuts(b, a))) {
    if (high && compareCuts(low, high) === 0) continue;
    const held = judgeVersion(versionBetween(low, high));
    // Whole minor series of Python are a set of full versions.
    const atom = diagrams.below(isPython ? 'python_full_version' : variable, high ?? endOfVersions);
    node = node ? make(atom, held, node) : held;
    high = low;
  }
  return node ?? empty;
}

function membersOf(text: string): readonly string[] {
  if (text.length <= MAX_MEMBERSHIP) return substrings(text);
  throw new MarkerBudgetError(`A text after 'in' has more than ${MAX_MEMBERSHIP} characters`);
}

/** `3.8` of `3.8.1rc1`: what `python_version` is for a `python_full_version`. */
export function minorSeries({ release }: Version): string {
  return padRelease(release, 2).slice(0, 2).join('.');
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
