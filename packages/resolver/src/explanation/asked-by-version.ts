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
    for (let i = 0; i < ranks.length; i += 2) {
      for (let rank = ranks[i] ?? 0; rank < (ranks[i + 1] ?? 0); rank++) {
        const text = askedAt(world, dependent, rank, dependency, allowed);
        if (text !== null) asked.set(text, uniteRanks(asked.get(text) ?? [], oneRank(rank)));
      }
    }
  }
  return asked.size === 0 ? new Map([[askedText(cause.asked), ranks]]) : asked;
}

type ProjectNode = Exclude<PackageNode, { readonly kind: 'root' }>;

/**
 * What one version asks for; null where its metadata says otherwise, and where it can't be chosen: such a version is
 * among the ranks only as a neighbour, and whether its metadata is known is up to others.
 */
function askedAt(
  world: TargetWorld,
  dependent: ProjectNode,
  rank: number,
  { project, extra }: ProjectNode,
  allowed: RankSet,
): string | null {
  if (world.peek(dependent.project, oneRank(rank)).kind === 'none') return null;
  const page = world.page(project) ?? null;
  const admits = ({ facts }: { readonly facts: RequirementFacts }): boolean =>
    facts.project === project &&
    (extra === null || facts.extras.includes(extra)) &&
    (facts.url !== null || sameRanks(page === null ? [] : ranksAdmitted(page, facts), allowed));
  const found = world.activeRequirements(dependent.project, rank, dependent.extra).find(admits);
  return found === undefined ? null : askedText(found.facts);
}
