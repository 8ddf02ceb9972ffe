import type { SpecifierSet } from '@pyplan/markers';
import type { PageFacts } from '../facts/facts.ts';
import type { RootRequirement } from '../resolution.ts';
import type { PackageId } from '../solver/incompatibility.ts';
import { nodeOf, type PackageStore } from '../solver/package-store.ts';
import type { RankSet } from '../solver/rank-set.ts';
import type { Asked } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';

/** `requirements.in:3`, or `argument` for the command line. */
export function place({ origin }: RootRequirement): string {
  return origin.line === null ? origin.source : `${origin.source}:${origin.line}`;
}

/** `lib<2 (requirements.in:3)` */
export function lineText(root: RootRequirement): string {
  return `${root.requirement.text} (${place(root)})`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[], word = 'and'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** `flask`, `flask[async]`. */
export function packageName(store: PackageStore, id: PackageId): string {
  const node = nodeOf(store, id);
  switch (node.kind) {
    case 'root':
      return 'your requirements';
    case 'package':
    case 'proxy':
      return node.extra === null ? node.project : `${node.project}[${node.extra}]`;
  }
}

/** A package with a set of versions: `flask==3.0`, `numpy>=1.2,<=1.4`, `django` for every version. */
export function packageWith(world: TargetWorld, store: PackageStore, id: PackageId, ranks: RankSet): string {
  const node = nodeOf(store, id);
  const name = packageName(store, id);
  if (node.kind === 'root') return name;
  const spans = versionSpans(world, node.project, ranks);
  if (spans === null) return name;
  return spans.length === 0 ? `no version of ${name}` : spans.map((span) => name + span).join(' or ');
}

/** So many ranges of a package are spelt out. */
const spansTold = 3;

/**
 * A set of versions as people write it, a range an item: `==3.0`, `>=1.2,<=1.4`, nothing for every version.
 * Null where the page is not known.
 */
export function versionSpans(world: TargetWorld, project: string, ranks: RankSet): readonly string[] | null {
  const page = world.page(project);
  if (page === undefined || page === null) return null;
  const spans = mergeOverGaps(world, project, ranks, page.page.versions.length);
  if (spans.length <= spansTold) return spans.map(([low, high]) => spanText(page, low, high));
  const low = spans[0]?.[0] ?? 0;
  const high = spans.at(-1)?.[1] ?? 0;
  return [`${spanText(page, low, high)} (${spans.length} ranges of it)`];
}

function spanText(page: PageFacts, low: number, high: number): string {
  const { versions } = page.page;
  const first = versions[low]?.text ?? '';
  const last = versions[high - 1]?.text ?? '';
  if (low === 0 && high === versions.length) return '';
  if (high - low === 1) return `==${first}`;
  if (low === 0) return `<=${last}`;
  if (high === versions.length) return `>=${first}`;
  return `>=${first},<=${last}`;
}

/**
 * The intervals of a set, joined where nothing that could be chosen lies between them, and grown to
 * the ends where nothing lies beyond.
 */
function mergeOverGaps(
  world: TargetWorld,
  project: string,
  ranks: RankSet,
  count: number,
): readonly (readonly [number, number])[] {
  const idle = (low: number, high: number): boolean =>
    low >= high || world.peek(project, [low, high]).kind === 'none';
  const spans: [number, number][] = [];
  for (let i = 0; i < ranks.length; i += 2) {
    const low = ranks[i] ?? 0;
    const high = ranks[i + 1] ?? 0;
    const last = spans.at(-1);
    if (last !== undefined && idle(last[1], low)) last[1] = high;
    else spans.push([low, high]);
  }
  const first = spans[0];
  const last = spans.at(-1);
  const wholeBelow = first !== undefined && idle(0, first[0]);
  const wholeAbove = last !== undefined && idle(last[1], count);
  if (spans.length === 1 && first !== undefined && wholeBelow && wholeAbove && first[1] - first[0] > 1) {
    return [[0, count]];
  }
  return spans;
}

/** Specifiers as people write them, each worded once. */
const readable = new WeakMap<SpecifierSet, string>();

/** The clauses of a specifier in the order in which people write them: lower bound, exclusions, upper. */
function readableSpecifier(specifier: SpecifierSet): string {
  const known = readable.get(specifier);
  if (known !== undefined) return known;
  const order = ['===', '==', '~=', '>=', '>', '!=', '<=', '<'];
  const text = specifier.specifiers
    .toSorted((a, b) => order.indexOf(a.operator) - order.indexOf(b.operator))
    .map((clause) => clause.text)
    .join(',');
  readable.set(specifier, text);
  return text;
}

/** What was asked for, after a name: `>=1,<2`, ` @ URL`, or nothing. */
export function askedText(asked: Pick<Asked, 'specifier' | 'url'> | null): string {
  if (asked === null) return '';
  return asked.url === null ? readableSpecifier(asked.specifier) : ` @ ${asked.url}`;
}
