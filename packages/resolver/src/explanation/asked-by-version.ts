import { ranksAdmitted } from '../facts/facts.ts';
import type { RequirementFacts } from '../facts/requirement-facts.ts';
import { type Incompatibility, termOf } from '../solver/incompatibility.ts';
import { nodeOf, type PackageNode, type PackageStore } from '../solver/package-store.ts';
import { oneRank, type RankSet, sameRanks, uniteRanks } from '../solver/rank-set.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { askedText } from './phrases.ts';

/**
 * What the versions of a dependent ask of a dependency, each by its own metadata: an incompatibility that
 * holds for many versions keeps the words of one of them alone. By specifier text, in the order of versions.
 */
export function askedByVersion(
  incompatibility: Incompatibility,
  world: TargetWorld,
  store: PackageStore,
): ReadonlyMap<string, RankSet> {
  const { cause } = incompatibility;
  if (cause.kind !== 'dependency') return new Map();
  const dependent = nodeOf(store, cause.dependent);
  const dependency = nodeOf(store, cause.dependency);
  const ranks = termOf(incompatibility, cause.dependent)?.ranks ?? [];
  const asked = new Map<string, RankSet>();
  if (dependent.kind !== 'root' && dependency.kind !== 'root') {
    // A dependency on nothing has no term for it.
    const allowed = termOf(incompatibility, cause.dependency)?.ranks ?? [];
    for (const [facts, edges] of ranksByRequirement(world, dependent, ranks, dependency, allowed)) {
      const text = askedText(facts);
      asked.set(text, uniteRanks(asked.get(text) ?? [], edges));
    }
  }
  return asked.size === 0 ? new Map([[askedText(cause.asked), ranks]]) : asked;
}

type ProjectNode = Exclude<PackageNode, { readonly kind: 'root' }>;

/**
 * The requirements by which versions ask, each with those that have it; without what their metadata says otherwise, and
 * without versions that can't be chosen: such a version is among the ranks only as a neighbour, and whether its metadata is
 * known is up to others.
 */
function ranksByRequirement(
  world: TargetWorld,
  dependent: ProjectNode,
  ranks: RankSet,
  { project, extra }: ProjectNode,
  allowed: RankSet,
): ReadonlyMap<RequirementFacts, RankSet> {
  const page = world.page(project) ?? null;
  const admits = ({ facts }: { readonly facts: RequirementFacts }): boolean =>
    facts.project === project &&
    (extra === null || facts.extras.includes(extra)) &&
    (facts.url !== null || sameRanks(page === null ? [] : ranksAdmitted(page, facts), allowed));
  const byRequirement = new Map<RequirementFacts, number[]>();
  for (let i = 0; i < ranks.length; i += 2) {
    for (let rank = ranks[i] ?? 0; rank < (ranks[i + 1] ?? 0); rank++) {
      if (world.peek(dependent.project, oneRank(rank)).kind === 'none') continue;
      const found = world.activeRequirements(dependent.project, rank, dependent.extra).find(admits);
      if (found === undefined) continue;
      const edges = byRequirement.get(found.facts);
      if (edges === undefined) byRequirement.set(found.facts, [rank, rank + 1]);
      else if (edges.at(-1) === rank) edges[edges.length - 1] = rank + 1;
      else edges.push(rank, rank + 1);
    }
  }
  return byRequirement;
}
