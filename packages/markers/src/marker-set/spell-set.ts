import {
  isVersionVariable,
  type Marker,
  type MarkerComparison,
  type MarkerOperator,
  type MarkerVariable,
} from '../marker/marker.ts';
import { comparisonOf } from '../marker/parse-marker.ts';
import { type Cut, type Cuts, cutAfterLocals, lowestCut } from '../range/cut.ts';
import { formatRange } from '../range/format-range.ts';
import type { Specifier } from '../specifier/specifier.ts';
import { parseSpecifierSet } from '../specifier/specifier-set.ts';
import { tryParseVersion } from '../version/parse-version.ts';
import { padRelease, shortestText, versionOf } from '../version/version.ts';
import { type Decision, isFull, levelOf } from './diagram.ts';
import { endOfVersions } from './lower-comparison.ts';
import { coverTexts } from './text-cover.ts';

/** Flat junction: parts of the same kind are taken in. */
export function join(kind: 'and' | 'or', parts: readonly Marker[]): Marker {
  const markers = parts.flatMap((part) => (part.kind === kind ? part.markers : [part]));
  const [only] = markers;
  if (only !== undefined && markers.length === 1) return only;
  return {
    kind,
    markers: markers.map((part) => (part.kind === 'or' ? { ...part, grouped: true } : part)),
    grouped: false,
  };
}

/** `variable operator "value"`. */
function compareWith(name: MarkerVariable, operator: MarkerOperator, value: string): MarkerComparison {
  return comparisonOf({ kind: 'variable', name }, operator, { kind: 'value', value });
}

/** Markers for a set that one level decides, any of which may say more of values of other levels; none where none can. */
export function spellSet(set: Decision): readonly Marker[] {
  const { kind, variable, text } = set.atom;
  if (kind === 'is') return [spellTexts(set)];
  if (kind === 'below') return spellVersions(variable, cutsOf(set));
  const holds = isFull(set.held);
  if (variable === 'extra')
    return /^[⊆⊇]/.test(text) ? [] : [compareWith(variable, holds ? '==' : '!=', text)];
  const name = { kind: 'variable', name: variable } as const;
  return [comparisonOf({ kind: 'value', value: text }, holds ? 'in' : 'not in', name)];
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
    missing === null
      ? compareWith(variable, is, text)
      : join(and, [
          compareWith(variable, within, text),
          ...missing.map((one) => compareWith(variable, isNot, one)),
        ]),
  );
  return join(or, parts);
}

/** The versions in a set of them. */
function cutsOf(set: Decision): Cuts {
  const cuts: Cut[] = [];
  let low: Cut | null = lowestCut;
  for (const [cut, child] of [
    ...levelOf(set).map(({ atom, held }) => [atom.cut, held] as const),
    [null, set.rest] as const,
  ]) {
    if (low && low !== endOfVersions && isFull(child) !== (cuts.length % 2 === 1)) cuts.push(low);
    low = cut;
  }
  return cuts;
}

/** As one range, and range by range. */
function spellVersions(variable: MarkerVariable, cuts: Cuts): readonly Marker[] {
  const ranges = cuts.flatMap((cut, index) =>
    index % 2 === 0 ? spellRange(variable, [cut, ...cuts.slice(index + 1, index + 2)]).slice(0, 1) : [],
  );
  return [...spellRange(variable, cuts), ...(ranges.length > 0 ? [join('or', ranges)] : [])];
}

/** The range in as few comparisons as a specifier set has clauses, and perhaps with `~=`; none where it has none. */
function spellRange(variable: MarkerVariable, cuts: Cuts): readonly Marker[] {
  const text = formatRange({ cuts, spellings: new Map() });
  if (!text || cuts.length === 0) return [];
  const clauses = parseSpecifierSet(text).specifiers.map((clause) => spell(variable, clause));
  const compatible = clauses.slice(0, 1).map(({ left, right }) => comparisonOf(left, '~=', right));
  const isVersion = compatible.every(({ specifier }) => specifier !== null);
  return [join('and', clauses), ...(isVersion ? [join('and', [...compatible, ...clauses.slice(2)])] : [])];
}

/** Python's versions in their own words: `python_version` for minor series, else three numbers and no post-releases. */
function spell(
  variable: MarkerVariable,
  { operator, version, wildcard, versionText }: Specifier,
): MarkerComparison {
  if (version === null || variable !== 'python_full_version')
    return compareWith(variable, operator, versionText);
  const text = wildcard ? version.text : shortestText(version);
  const isSeries = wildcard || operator === '<' || (operator === '>=' && text.endsWith('.dev0'));
  const series = text.replace('.dev0', '');
  if (isSeries && /^\d+(?:\.\d+)?$/.test(series)) {
    return compareWith('python_version', operator, wildcard && !series.includes('.') ? versionText : series);
  }
  if (wildcard) return compareWith(variable, operator, versionText);
  const release = padRelease(version.release, 3);
  if (operator === '>=' && version.post === 0 && version.dev === 0) {
    return compareWith(variable, '>', versionOf({ ...version, release, post: null, dev: null }).text);
  }
  return compareWith(variable, operator, versionOf({ ...version, release }).text);
}

/** The cut without post-releases, which Python never has: each place among them becomes the one before them. */
export function withoutPosts(cut: Cut): Cut {
  const { side, version } = cut;
  const { pre, post, dev } = version;
  if (side === 2) return cutAfterLocals(version);
  if (post !== null) return cutAfterLocals(versionOf({ ...version, post: null, dev: null, local: null }));
  if (pre === null || dev !== 0 || typeof pre[1] !== 'number' || pre[1] === 0) return cut;
  return cutAfterLocals(versionOf({ ...version, pre: [pre[0], pre[1] - 1], dev: null }));
}
