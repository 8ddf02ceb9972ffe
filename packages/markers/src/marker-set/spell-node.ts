import type { MarkerComparison, MarkerOperator, MarkerVariable } from '../marker/marker.ts';
import { comparisonOf } from '../marker/parse-marker.ts';
import { type Cut, type Cuts, cutAfterLocals, lowestCut } from '../range/cut.ts';
import { formatRange } from '../range/format-range.ts';
import type { Specifier } from '../specifier/specifier.ts';
import { parseSpecifierSet } from '../specifier/specifier-set.ts';
import { padRelease, shortestText, versionOf } from '../version/version.ts';
import type { DiagramNode } from './diagram.ts';
import type { Level } from './level.ts';
import { endOfVersions } from './lower-comparison.ts';
import { coverTexts } from './text-cover.ts';

/** Comparisons that must all hold. */
export type Clause = readonly MarkerComparison[];

/** `variable operator "value"`. */
export function compareWith(name: MarkerVariable, operator: MarkerOperator, value: string): MarkerComparison {
  return comparisonOf({ kind: 'variable', name }, operator, { kind: 'value', value });
}

/** The comparisons of every way through the diagram that ends in true. */
export function* waysThrough(node: DiagramNode, before: Clause = []): Generator<Clause> {
  const { level, children } = node;
  if (level === null) {
    if (node.value) yield before;
    return;
  }
  for (const child of new Set(children)) {
    if (child.level === null && !child.value) continue;
    for (const clause of waysTo(node, level, child)) yield* waysThrough(child, [...before, ...clause]);
  }
}

/** The ways to say that a node leads to the child. A part that no comparison can say is left out. */
function waysTo(node: DiagramNode, level: Level, child: DiagramNode): readonly Clause[] {
  const { variable, kind } = level;
  if (kind === 'flag') return [flagComparisons(level, node.children[0] === child)];
  if (kind === 'texts') return waysToText(node, variable, child);
  const cuts = cutsTo(node, child);
  const whole = spellCuts(variable, cuts);
  if (whole !== null) return [whole];
  return cuts.flatMap((cut, index) =>
    index % 2 === 0 ? [spellCuts(variable, [cut, ...cuts.slice(index + 1, index + 2)]) ?? []] : [],
  );
}

function flagComparisons({ variable, literal }: Level, holds: boolean): Clause {
  if (variable !== 'extra') {
    const text = { kind: 'value', value: literal } as const;
    return [comparisonOf(text, holds ? 'in' : 'not in', { kind: 'variable', name: variable })];
  }
  return /^[⊆⊇]/.test(literal) ? [] : [compareWith(variable, holds ? '==' : '!=', literal)];
}

function waysToText(
  { labels, children }: DiagramNode,
  variable: MarkerVariable,
  child: DiagramNode,
): readonly Clause[] {
  const isOther = children[labels.length] === child;
  const texts = labels.filter((_, index) => (children[index] === child) !== isOther).map(({ text }) => text);
  const groups = coverTexts(texts);
  const unequal = (text: string): MarkerComparison => compareWith(variable, '!=', text);
  if (isOther) {
    const isExact = groups.every(({ missing }) => !missing?.length);
    if (!isExact) return [texts.map(unequal)];
    return [
      groups.map(({ text, missing }) => (missing ? compareWith(variable, 'not in', text) : unequal(text))),
    ];
  }
  return groups.map(({ text, missing }) => [
    compareWith(variable, missing ? 'in' : '==', text),
    ...(missing ?? []).map(unequal),
  ]);
}

/** The versions for which a node of versions leads to the child. */
export function cutsTo({ labels, children }: DiagramNode, child: DiagramNode): Cuts {
  const cuts: Cut[] = [];
  for (const [index, each] of children.entries()) {
    const cut = index === 0 ? lowestCut : labels[index - 1]?.cut;
    if (cut && (each === child) !== (cuts.length % 2 === 1)) cuts.push(cut);
  }
  return cuts.at(-1) === endOfVersions && cuts.length % 2 === 0 ? cuts.slice(0, -1) : cuts;
}

/** Bounds around the versions and `!=` for the gaps between; null where a bound or a gap has no comparison. */
function spellCuts(variable: MarkerVariable, cuts: Cuts): Clause | null {
  const [first, last] = [cuts[0], cuts.at(-1)];
  if (first === undefined || last === undefined) return null;
  const bounds: Cuts[] = cuts.length % 2 === 0 ? [[first], [lowestCut, last]] : [[first]];
  const gaps = cuts.flatMap((cut, index) =>
    index % 2 === 0 && index > 0 ? [[lowestCut, cuts[index - 1] as Cut, cut]] : [],
  );
  const clauses: MarkerComparison[] = [];
  for (const part of [...bounds, ...gaps]) {
    const clause = spellRange(variable, part);
    if (clause === null || (part.length > 2 && clause.length > 1))
      return cuts.length > 2 ? null : spellRange(variable, cuts);
    clauses.push(...clause);
  }
  return clauses;
}

/** The range in as few comparisons as a specifier set has clauses; null where it has none. */
export function spellRange(variable: MarkerVariable, cuts: Cuts): Clause | null {
  const text = formatRange({ cuts, spellings: new Map() });
  return text === null ? null : parseSpecifierSet(text).specifiers.map((clause) => spell(variable, clause));
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
