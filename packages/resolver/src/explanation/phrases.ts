import type { SpecifierSet } from '@pyplan/markers';
import type { PageFacts } from '../facts/facts.ts';
import type { RootRequirement } from '../resolution.ts';
import type { PackageId } from '../solver/incompatibility.ts';
import { nodeOf, type PackageStore } from '../solver/package-store.ts';
import type { RankSet } from '../solver/rank-set.ts';
import type { TargetWorld } from '../world/target-world.ts';

/** `requirements.in:3`, or `argument` for the command line. */
export function place({ origin }: RootRequirement): string {
  return origin.line === null ? origin.source : `${origin.source}:${origin.line}`;
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
  const page = world.page(node.project);
  return page === undefined || page === null ? name : versionsOf(world, node.project, page, name, ranks);
}

/** So many ranges of a package are spelt out. */
const spansTold = 3;

function versionsOf(
  world: TargetWorld,
  project: string,
  page: PageFacts,
  name: string,
  ranks: RankSet,
): string {
  const spans = mergeOverGaps(world, project, ranks, page.page.versions.length);
  if (spans.length === 0) return `no version of ${name}`;
  if (spans.length <= spansTold)
    return spans.map(([low, high]) => name + spanText(page, low, high)).join(' or ');
  const low = spans[0]?.[0] ?? 0;
  const high = spans.at(-1)?.[1] ?? 0;
  return `${name}${spanText(page, low, high)} (${spans.length} ranges of it)`;
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

/** The clauses of a specifier in the order in which people write them: lower bound, exclusions, upper. */
export function readableSpecifier({ specifiers }: SpecifierSet): string {
  const order = ['===', '==', '~=', '>=', '>', '!=', '<=', '<'];
  return specifiers
    .toSorted((a, b) => order.indexOf(a.operator) - order.indexOf(b.operator))
    .map((clause) => clause.text)
    .join(',');
}
