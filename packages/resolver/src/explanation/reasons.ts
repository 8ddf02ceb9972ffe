import {
  areDisjointRanges,
  intersectRanges,
  isEmptyRange,
  parseIndexSpecifierSet,
  rangeContains,
  rangeOf,
  type VersionRange,
} from '@pyplan/markers';
import { requirementFacts } from '../facts/requirement-facts.ts';
import { nodeOf, type PackageStore } from '../solver/package-store.ts';
import { type RankSet, uniteRanks } from '../solver/rank-set.ts';
import type { TargetWorld } from '../world/target-world.ts';
import type { AskingPremise, Premises } from './derivation/premises.ts';
import { nearMisses, nearMissTexts } from './near-misses/near-misses.ts';
import { list, packageName, packageWith, versionSpans } from './phrases.ts';
import type { Reason } from './reason.ts';

/** A reason with its place in the order of telling. */
interface Placed {
  readonly reason: Reason;
  /** The project that it is about. */
  readonly about: string;
  /** Projects to tell of after it. */
  readonly leadsTo: readonly string[];
}

/** So many specifiers of one package on another are told one by one. */
const specifiersTold = 4;

/** The premises in words, from what the user's lines name down, what belongs together as one. */
export function reasonsOf(premises: Premises, world: TargetWorld, store: PackageStore): readonly Reason[] {
  const placed = [
    ...premises.impossible.map(
      ({ dependent, project, text }): Placed => ({
        reason: { kind: 'absent', project, text },
        about: dependent ?? project,
        leadsTo: [],
      }),
    ),
    ...[...premises.lacking].flatMap(([project, ranks]) => lackingReasons(world, project, ranks)),
    ...dependencyReasons(premises.asking, world, store),
  ];
  const told: Reason[] = [];
  const visited = new Set<string>();
  const visit = (project: string): void => {
    if (visited.has(project)) return;
    visited.add(project);
    const own = placed.filter(({ about }) => about === project);
    told.push(...own.map(({ reason }) => reason));
    for (const { leadsTo } of own) for (const next of leadsTo) visit(next);
  };
  for (const { requirement } of premises.lines) visit(requirementFacts(requirement, []).project);
  for (const { about } of placed) visit(about);
  return [...told, ...gapReasons(premises, world, store)];
}

function lackingReasons(world: TargetWorld, project: string, ranks: RankSet): readonly Placed[] {
  const misses = nearMisses(world, project, ranks);
  return misses.map(
    ({ kind, ...miss }): Placed => ({
      reason: { kind: 'near-miss', cause: kind, ...miss },
      about: project,
      leadsTo: [],
    }),
  );
}

/** The texts of reasons; near misses of one project are cut short together. */
export function reasonTexts(reasons: readonly Reason[]): readonly string[] {
  const done = new Set<string>();
  return reasons.flatMap((reason) => {
    if (reason.kind !== 'near-miss') return [reason.text];
    if (done.has(reason.project)) return [];
    done.add(reason.project);
    const all = reasons.flatMap((each) =>
      each.kind === 'near-miss' && each.project === reason.project ? [{ ...each, kind: each.cause }] : [],
    );
    return nearMissTexts(all);
  });
}

/** One thing that some versions of a package ask for. */
interface Asking {
  readonly ranks: RankSet;
  readonly asks: { readonly package: string; readonly specifiers: readonly string[] };
  readonly text: string;
  readonly project: string;
}

function dependencyReasons(
  premises: readonly AskingPremise[],
  world: TargetWorld,
  store: PackageStore,
): readonly Placed[] {
  const byDependent = Map.groupBy(premises, ({ dependent }) => packageName(store, dependent));
  return [...byDependent].flatMap(([name, group]) => {
    const [first] = group;
    const dependent = first === undefined ? null : nodeOf(store, first.dependent);
    if (first === undefined || dependent === null || dependent.kind === 'root') return [];
    const asked = group
      .flatMap((premise) => askings(premise, world, store))
      .sort((a, b) => (a.ranks[0] ?? 0) - (b.ranks[0] ?? 0));
    // Versions that ask for several things are told once.
    const bySpan = Map.groupBy(asked, ({ ranks }) => packageWith(world, store, first.dependent, ranks));
    return [...bySpan].map(([text, same]): Placed => {
      const versions = versionSpans(world, dependent.project, same[0]?.ranks ?? []) ?? [];
      const asks = same.map((each) => each.asks);
      const said = `${text} depends on ${list(same.map((each) => each.text))}`;
      return {
        reason: { kind: 'dependency', package: name, versions, asks, text: said },
        about: dependent.project,
        leadsTo: same.map(({ project }) => project),
      };
    });
  });
}

function askings(premise: AskingPremise, world: TargetWorld, store: PackageStore): readonly Asking[] {
  const { dependency, bySpecifier, allowed } = premise;
  const node = nodeOf(store, dependency);
  const project = node.kind === 'root' ? '' : node.project;
  const name = packageName(store, dependency);
  if (bySpecifier.size <= specifiersTold) {
    return [...bySpecifier].map(([specifier, ranks]) => ({
      ranks,
      asks: { package: name, specifiers: [specifier] },
      text: name + specifier,
      project,
    }));
  }
  const ranks = [...bySpecifier.values()].reduce(uniteRanks, []);
  const text = `${packageWith(world, store, dependency, allowed)} (${bySpecifier.size} different specifiers, by version)`;
  return [{ ranks, asks: { package: name, specifiers: [...bySpecifier.keys()] }, text, project }];
}

/** Where specifiers that do not contradict one another leave no version: the reader can't see it from them. */
function gapReasons(premises: Premises, world: TargetWorld, store: PackageStore): readonly Reason[] {
  const asked = new Map<string, Map<string, VersionRange>>();
  const add = (project: string, text: string, range: VersionRange): void => {
    const known = asked.get(project) ?? new Map<string, VersionRange>();
    if (text !== '') asked.set(project, known.set(text, range));
  };
  for (const { requirement } of premises.lines) {
    const { project, range } = requirementFacts(requirement, []);
    if (!world.demands.overrides.has(project)) add(project, requirement.specifier.text, range);
  }
  for (const { dependency, bySpecifier } of premises.asking) {
    const node = nodeOf(store, dependency);
    if (node.kind === 'root') continue;
    for (const text of bySpecifier.keys()) {
      if (!text.startsWith(' @')) add(node.project, text, rangeOf(parseIndexSpecifierSet(text).specifierSet));
    }
  }
  return [...asked].flatMap(([project, ranges]) => {
    const text = premises.lacking.has(project) ? null : gapText(world, project, ranges);
    return text === null ? [] : [{ kind: 'gap', project, text }];
  });
}

/** So many versions of a project are listed. */
const versionsListed = 6;

function gapText(
  world: TargetWorld,
  project: string,
  ranges: ReadonlyMap<string, VersionRange>,
): string | null {
  const all = [...ranges.values()];
  const contradict = all.some((a, i) => all.slice(i + 1).some((b) => areDisjointRanges(a, b)));
  const page = world.page(project) ?? null;
  if (all.length < 2 || contradict || page === null) return null;
  const common = all.reduce(intersectRanges);
  if (isEmptyRange(common)) return null;
  const { versions } = page.page;
  const names = list([...ranges.keys()].sort());
  const candidates = world.candidateRanks(project).map((rank) => versions[rank]);
  const fits = (version: (typeof versions)[number] | undefined): boolean =>
    version !== undefined && rangeContains(common, version);
  if (candidates.some(fits)) return null;
  const texts = versions.map(({ text }) => text);
  const has = texts.length <= versionsListed ? list(texts) : `${texts[0]} to ${texts.at(-1)}`;
  return `no ${project} on the index is ${names} (it has ${has})`;
}
