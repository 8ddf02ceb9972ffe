import { formatMarker } from '../marker/format-marker.ts';
import {
  isVersionVariable,
  type Marker,
  type MarkerComparison,
  type MarkerOperator,
  type MarkerVariable,
} from '../marker/marker.ts';
import { comparisonOf, join } from '../marker/parse-marker.ts';
import { type Cut, type Cuts, cutAfterLocals, lowestCut } from '../range/cut.ts';
import { formatRange } from '../range/format-range.ts';
import type { Specifier } from '../specifier/specifier.ts';
import { parseSpecifierSet } from '../specifier/specifier-set.ts';
import { tryParseVersion } from '../version/parse-version.ts';
import { shortestText, versionOf } from '../version/version.ts';
import { type Decision, type DiagramNode, isFull, levelOf } from './diagram.ts';
import { endOfVersions } from './lower-comparison.ts';
import { coverTexts } from './text-cover.ts';

/** What is made of a set that no marker can say. */
const UNSAID: Marker = { kind: 'or', markers: [], grouped: false };

/** Flat junction: parts of the same kind are taken in, those that say nothing left out. */
export function joinParts(kind: 'and' | 'or', parts: readonly Marker[]): Marker {
  const markers = parts.flatMap((part) => {
    if (part.kind === 'comparison') return part;
    if (part.kind === kind || part.markers.length === 0) return part.markers;
    return kind === 'and' && parts.length > 1 ? { ...part, grouped: true } : part;
  });
  return join(kind, markers);
}

/** `variable operator "value"`. */
function compareWith(name: MarkerVariable, operator: MarkerOperator, value: string): MarkerComparison {
  return comparisonOf({ kind: 'variable', name }, operator, { kind: 'value', value });
}

/** What a marker comes to; equal sets are identical. */
export type Meaning = (marker: Marker) => DiagramNode;

/** The marker of fewest characters; undefined where there is none. */
export function shortest(markers: readonly Marker[]): Marker | undefined {
  return markers.toSorted((a, b) => formatMarker(a).length - formatMarker(b).length)[0];
}

/** The shortest of the first and those that mean the same. */
function shortestAs(first: Marker, others: readonly Marker[], meaning: Meaning): Marker {
  return shortest([first, ...others.filter((other) => meaning(other) === meaning(first))]) ?? first;
}

/** A marker for a set that one level decides, which may say more of values of other levels. */
export function spellSet(set: Decision, meaning: Meaning): Marker {
  const { kind, variable, text } = set.atom;
  if (kind === 'is') return spellTexts(set);
  if (kind === 'below') return spellVersions(variable, cutsOf(set), meaning);
  const holds = isFull(set.held);
  if (variable === 'extra')
    return /^[HI]/.test(text) ? UNSAID : compareWith(variable, holds ? '==' : '!=', text);
  const name = { kind: 'variable', name: variable } as const;
  return comparisonOf({ kind: 'value', value: text }, holds ? 'in' : 'not in', name);
}

function spellTexts(set: Decision): Marker {
  const { variable } = set.atom;
  const texts = levelOf(set).map(({ atom }) => atom.text);
  const [is, isNot, within, and, or] = isFull(set.rest)
    ? (['!=', '==', 'not in', 'or', 'and'] as const)
    : (['==', '!=', 'in', 'and', 'or'] as const);
  // A text that is a version is no matter of this level.
  const isElsewhere = (text: string): boolean =>
    isVersionVariable(variable) && tryParseVersion(text) !== null;
  const parts = coverTexts(texts, isElsewhere).map(({ text, missing }) =>
    !missing
      ? compareWith(variable, is, text)
      : joinParts(and, [
          compareWith(variable, within, text),
          ...missing.map((one) => compareWith(variable, isNot, one)),
        ]),
  );
  return joinParts(or, parts);
}

/** The versions in a set of them: each of its atoms is a change. */
function cutsOf(set: Decision): Cuts {
  const cuts = levelOf(set).flatMap(({ atom }) => (atom.cut && atom.cut !== endOfVersions ? [atom.cut] : []));
  return isFull(set.held) ? [lowestCut, ...cuts] : cuts;
}

/** As one range, or range by range. */
function spellVersions(variable: MarkerVariable, cuts: Cuts, meaning: Meaning): Marker {
  const ranges = cuts.flatMap((_, index) =>
    index % 2 === 0 ? spellRange(variable, cuts.slice(index, index + 2), meaning, UNSAID) : [],
  );
  const parted = joinParts('or', ranges);
  return shortestAs(spellRange(variable, cuts, meaning, parted), [parted], meaning);
}

/** The range in as few comparisons as a specifier set has clauses, or with `~=`; `otherwise` where it has none. */
function spellRange(variable: MarkerVariable, cuts: Cuts, meaning: Meaning, otherwise: Marker): Marker {
  const text = formatRange({ cuts, spellings: new Map() });
  const [first, ...others] = parseSpecifierSet(text ?? '').specifiers.map((clause) =>
    spell(variable, clause),
  );
  if (!first || cuts.length === 0) return otherwise;
  const version = first.specifier?.versionText ?? '';
  const compatible = (others[0]?.operator === '<' ? [version, version.replace(/^\d+\.\d+$/, '$&.0')] : [])
    .map((value) => comparisonOf(first.left, '~=', { kind: 'value', value }))
    .filter(({ specifier }) => specifier)
    .map((one) => joinParts('and', [one, ...others.slice(1)]));
  return shortestAs(joinParts('and', [first, ...others]), compatible, meaning);
}

/** Python's versions in their own words: `python_version` for minor series, else without post-releases. */
function spell(
  variable: MarkerVariable,
  { operator, version, wildcard, versionText }: Specifier,
): MarkerComparison {
  if (!version || variable !== 'python_full_version') return compareWith(variable, operator, versionText);
  const text = wildcard ? version.text : shortestText(version);
  const isSeries = wildcard || operator === '<' || (operator === '>=' && text.endsWith('.dev0'));
  const series = text.replace('.dev0', '');
  if (isSeries && /^\d+(\.\d+)?$/.test(series)) {
    return compareWith('python_version', operator, wildcard && !series.includes('.') ? versionText : series);
  }
  const last = versionText.replace('.post0.dev0', '');
  return compareWith(variable, last === versionText ? operator : '>', last);
}

/** The cut without post-releases, which Python never has: each place among them becomes the one before them. */
export function withoutPosts(cut: Cut): Cut {
  const { side, version } = cut;
  const { pre, post, dev } = version;
  if (side === 2) return cutAfterLocals(version);
  if (post !== null) return cutAfterLocals(versionOf({ ...version, post: null, dev: null, local: null }));
  if (!pre || dev !== 0 || typeof pre[1] !== 'number' || pre[1] === 0) return cut;
  return cutAfterLocals(versionOf({ ...version, pre: [pre[0], pre[1] - 1], dev: null }));
}
