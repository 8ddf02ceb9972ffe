import type { MarkerComparison, MarkerOperator, MarkerVariable } from '../marker/marker.ts';
import { comparisonOf } from '../marker/parse-marker.ts';
import { type Cut, compareCuts, cutAfterLocals, cutAfterPrefix, lowestCut } from '../range/cut.ts';
import { formatEqual, formatPrefix, formatUpper } from '../range/format-range.ts';
import { type Version, versionOf } from '../version/version.ts';

/** A comparison on the way to a marker's text. */
export type Literal = {
  readonly comparison: MarkerComparison;
  /** The comparison that holds where this one doesn't; null where no single one does. */
  readonly opposite: MarkerComparison | null;
  /** The bound that the comparison is, if it is one. */
  readonly bound: { readonly cut: Cut; readonly side: 'lower' | 'upper' } | null;
};

const OPPOSITES: Readonly<Record<string, MarkerOperator>> = {
  '==': '!=',
  '!=': '==',
  in: 'not in',
  'not in': 'in',
};

/** `variable operator "value"` for `==`, `!=`, `in` and `not in`. */
export function textLiteral(variable: MarkerVariable, operator: MarkerOperator, value: string): Literal {
  const opposite = OPPOSITES[operator];
  return {
    comparison: compare(variable, operator, value),
    opposite: opposite === undefined ? null : compare(variable, opposite, value),
    bound: null,
  };
}

/** Whether the flag's literal is in the variable. */
export function flagLiteral(variable: MarkerVariable, literal: string, holds: boolean): Literal | null {
  if (variable !== 'extra') {
    const forms = (['in', 'not in'] as const).map((operator) =>
      comparisonOf({ kind: 'value', value: literal }, operator, { kind: 'variable', name: variable }),
    );
    const [yes, no] = forms;
    if (yes === undefined || no === undefined) return null;
    return { comparison: holds ? yes : no, opposite: holds ? no : yes, bound: null };
  }
  return /^[⊆⊇]/.test(literal) ? null : textLiteral(variable, holds ? '==' : '!=', literal);
}

function compare(name: MarkerVariable, operator: MarkerOperator, value: string): MarkerComparison {
  return comparisonOf({ kind: 'variable', name }, operator, { kind: 'value', value });
}

/** The literals of a versions level that say: above the cut. None: no comparison says it. */
export function lowerLiterals(variable: MarkerVariable, cut: Cut): readonly Literal[] | null {
  if (compareCuts(cut, lowestCut) <= 0) return [];
  const comparison = lowerComparison(variable, cut);
  const upper = upperComparisons(variable, cut);
  return comparison && [{ comparison, opposite: single(upper), bound: { cut, side: 'lower' } }];
}

/** The literals of a versions level that say: below the cut. Two for the cut before a final release. */
export function upperLiterals(variable: MarkerVariable, cut: Cut): readonly Literal[] | null {
  const comparisons = upperComparisons(variable, cut);
  if (comparisons === null) return null;
  const [only] = comparisons;
  if (only !== undefined && comparisons.length === 1) {
    return [{ comparison: only, opposite: lowerComparison(variable, cut), bound: { cut, side: 'upper' } }];
  }
  return comparisons.map((comparison) => ({ comparison, opposite: null, bound: null }));
}

function single(comparisons: readonly MarkerComparison[] | null): MarkerComparison | null {
  return comparisons?.length === 1 ? (comparisons[0] ?? null) : null;
}

function lowerComparison(variable: MarkerVariable, cut: Cut): MarkerComparison | null {
  const { side, version } = cut;
  const series = minorOf(variable, cut);
  if (series !== null) return compare('python_version', '>=', series);
  if (side === 2) return compare(variable, '>', spell(variable, version));
  if (side !== 0 || version.local !== null) return null;
  const released = afterLocalsOf(version);
  if (released !== null && variable === 'python_full_version')
    return compare(variable, '>', spell(variable, released));
  return compare(variable, '>=', spell(variable, version));
}

function upperComparisons(variable: MarkerVariable, cut: Cut): readonly MarkerComparison[] | null {
  const series = minorOf(variable, cut);
  if (series !== null) return [compare('python_version', '<', series)];
  const { version } = cut;
  const text = formatUpper({ ...cut, version: versionOf({ ...version, release: full(variable, version) }) });
  if (text === null) return null;
  return text.split(',').map((clause) => {
    const operator = clause.startsWith('<=') ? '<=' : clause.startsWith('!=') ? '!=' : '<';
    return compare(variable, operator, clause.slice(operator.length));
  });
}

/** The version after whose local versions the cut stands, if there is one. */
function afterLocalsOf(version: Version): Version | null {
  return version.post === 0 && version.dev === 0 ? versionOf({ ...version, post: null, dev: null }) : null;
}

/** `3.8` for the cut before the minor series 3.8 of Python. */
function minorOf(variable: MarkerVariable, { side, version }: Cut): string | null {
  const { epoch, release, pre, post, dev, local } = version;
  const isFamily = side === 0 && dev === 0 && pre === null && post === null && local === null && epoch === 0;
  if (variable !== 'python_full_version' || !isFamily || release.slice(2).some((number) => number !== 0))
    return null;
  return release[1] ? `${release[0]}.${release[1]}` : `${release[0]}`;
}

function full(variable: MarkerVariable, { release }: Version): Version['release'] {
  if (variable !== 'python_full_version' || release.length > 2) return release;
  return [release[0] ?? 0, release[1] ?? 0, 0];
}

function spell(variable: MarkerVariable, version: Version): string {
  return versionOf({ ...version, release: full(variable, version) }).text;
}

/** The `~=` literal for what lies between two cuts. */
export function compatibleLiteral(variable: MarkerVariable, from: Cut, to: Cut): Literal | null {
  const { epoch, release } = from.version;
  const [major, minor = 0] = release;
  if (major === undefined || minorOf(variable, from) === null) return null;
  if (compareCuts(cutAfterPrefix(epoch, [major]), to) !== 0) return null;
  return textLiteral('python_version', '~=', `${major}.${minor}`);
}

/** The single literal for what lies between two cuts, or for all but that. */
export function betweenLiteral(
  variable: MarkerVariable,
  from: Cut,
  to: Cut,
  inside: boolean,
): Literal | null {
  const equal = formatEqual(from, to);
  const operator = inside ? '==' : '!=';
  if (equal !== null) return textLiteral(variable, operator, spell(variable, from.version));
  const prefix = formatPrefix(from, to)?.replace(/\.\*$/, '');
  if (prefix === undefined) return null;
  const parts = prefix.split('.').length;
  if (variable !== 'python_full_version' || parts > 2) return textLiteral(variable, operator, `${prefix}.*`);
  return textLiteral('python_version', operator, parts === 2 ? prefix : `${prefix}.*`);
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
