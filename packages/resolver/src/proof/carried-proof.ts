import type { Loader } from '../driver/loader.ts';
import { drive } from '../driver/search.ts';
import type { Failure } from '../driver/trials.ts';
import {
  type Incompatibility,
  type IncompatibilityId,
  type PackageId,
  termOf,
} from '../solver/incompatibility.ts';
import { nodeOf, type PackageNode, type PackageStore } from '../solver/package-store.ts';
import {
  areDisjointRanks,
  isSubsetOfRanks,
  oneRank,
  type RankSet,
  subtractRanks,
} from '../solver/rank-set.ts';
import { proofIn } from '../solver/store/lineage.ts';
import type { Need } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';

/** A failed search with the facts that show that there is no solution. */
export interface Proof {
  readonly failure: Failure;
  readonly facts: readonly Incompatibility[];
}

export function proofOf(failure: Failure): Proof {
  const { solver, incompatibility } = failure.result;
  return { failure, facts: factsBehind(solver.state.store, incompatibility) };
}

/** Every fact that an incompatibility follows from, those too that no reader is told. */
function factsBehind(
  store: readonly Incompatibility[],
  incompatibility: IncompatibilityId,
): readonly Incompatibility[] {
  return proofIn(store, incompatibility).filter(({ cause }) => cause.kind !== 'derived');
}

/**
 * Whether what shows that one target is refused shows it of another one, too: it does where every fact that it rests
 * on holds there. To look at the facts takes a small part of what it takes to search.
 */
export async function proofHolds(
  { failure, facts }: Proof,
  world: TargetWorld,
  loader: Loader,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { packages } = failure.result.solver.state;
  // Ranks are those of a page, so the pages must be the same.
  const isSamePage = (id: PackageId): boolean => {
    const node = nodeOf(packages, id);
    return node.kind === 'root' || world.pageKey(node.project) === failure.world.pageKey(node.project);
  };
  if (!facts.every((fact) => fact.packages.every(isSamePage))) return false;
  // What takes little to tell comes first: it tells most proofs that do not hold.
  const byCost = Map.groupBy(facts, ({ cause }) => cause.kind === 'dependency');
  for (const group of [byCost.get(false) ?? [], byCost.get(true) ?? []]) {
    if (!(await drive(eachHolds(group, packages, world), world, loader, signal))) return false;
  }
  return true;
}

/** What is known already is looked at first: where that rules the proof out, nothing is asked for. */
function* eachHolds(
  facts: readonly Incompatibility[],
  packages: PackageStore,
  world: TargetWorld,
): Generator<Need, boolean> {
  for (let open = facts; open.length > 0; ) {
    const unknown: Incompatibility[] = [];
    const pages: string[] = [];
    const metadata: Need['metadata'][number][] = [];
    for (const fact of open) {
      const holds = factHolds(fact, packages, world);
      if (holds === false) return false;
      if (holds === true) continue;
      unknown.push(fact);
      pages.push(...holds.pages);
      metadata.push(...holds.metadata);
    }
    if (unknown.length > 0) yield { pages: [...new Set(pages)], metadata };
    open = unknown;
  }
  return true;
}

/** Whether a fact holds in a world; what has to be known to tell. */
type Holding = boolean | Need;

function factHolds(fact: Incompatibility, packages: PackageStore, world: TargetWorld): Holding {
  const { cause } = fact;
  switch (cause.kind) {
    case 'root':
      return true;
    case 'no-versions':
      return hasNoVersions(nodeOf(packages, cause.package), cause.ranks, world);
    case 'dependency': {
      const ranks = termOf(fact, cause.dependent)?.ranks ?? [];
      const allowed = termOf(fact, cause.dependency)?.ranks ?? [];
      const dependent = nodeOf(packages, cause.dependent);
      // A proxy stands for its own version; others in the ranks are those that could not be chosen.
      if (cause.asked === null) return hasNoVersions(dependent, subtractRanks(ranks, allowed), world);
      return dependsOn(dependent, ranks, nodeOf(packages, cause.dependency), allowed, world);
    }
    case 'constraint':
      return isForbidden(nodeOf(packages, cause.package), fact.terms[0]?.ranks ?? [], world);
    case 'derived':
      return false;
  }
}

/** Whether none of the versions can be chosen. */
function hasNoVersions(node: PackageNode, ranks: RankSet, world: TargetWorld): Holding {
  if (node.kind === 'root') return false;
  const { project } = node;
  for (let left = ranks; ; ) {
    const choice = world.peek(project, left);
    if (choice.kind === 'need') return choice.need;
    if (choice.kind !== 'rank') return choice.kind === 'none';
    const dependencies = world.dependencies(project, choice.rank, null);
    if (dependencies.kind === 'need') return dependencies.need;
    if (dependencies.kind !== 'unusable') return false;
    left = subtractRanks(left, oneRank(choice.rank));
  }
}

/** Whether each of the versions that may be chosen asks for no more than the allowed ranks of the dependency. */
function dependsOn(
  dependent: PackageNode,
  ranks: RankSet,
  dependency: PackageNode,
  allowed: RankSet,
  world: TargetWorld,
): Holding {
  if (dependency.kind === 'root') return false;
  const { project, extra, marker } = dependency;
  const pages: string[] = [];
  const metadata: Need['metadata'][number][] = [];
  for (let i = 0; i < ranks.length; i += 2) {
    for (let rank = ranks[i] ?? 0; rank < (ranks[i + 1] ?? 0); rank++) {
      if (dependent.kind !== 'root' && world.peek(dependent.project, oneRank(rank)).kind === 'none') continue;
      const answer =
        dependent.kind === 'root'
          ? world.rootDependencies()
          : world.dependencies(dependent.project, rank, dependent.extra);
      if (answer.kind === 'need') {
        pages.push(...answer.need.pages);
        metadata.push(...answer.need.metadata);
      } else if (
        answer.kind === 'dependencies' &&
        !answer.dependencies.some(
          (each) =>
            each.project === project &&
            each.extra === extra &&
            each.marker === marker &&
            isSubsetOfRanks(each.ranks, allowed),
        )
      ) {
        return false;
      }
    }
  }
  return pages.length + metadata.length === 0 ? true : { pages, metadata };
}

function isForbidden(node: PackageNode, ranks: RankSet, world: TargetWorld): boolean {
  if (node.kind === 'root') return false;
  const allowed = world.constraint(node.project);
  return allowed !== null && areDisjointRanks(ranks, allowed);
}
