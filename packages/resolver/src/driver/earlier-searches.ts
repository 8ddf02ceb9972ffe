import type { Facts } from '../facts/facts.ts';
import { type AnswerTree, follow, keep, newAnswerTree } from '../solver/followed/answer-tree.ts';
import type { ChosenVersion } from '../solver/solver.ts';
import type { TargetWorld } from '../world/target-world.ts';
import type { Searched } from './search.ts';

type Chosen = ReadonlyMap<string, ChosenVersion>;

/** Solutions of the searches over one source, by the number of decisions that they were allowed. */
const searchesOf = new WeakMap<Facts, Map<number, AnswerTree<Chosen>>>();

/** So many steps of searches are kept for a source, some 15 MB; with more, all are forgotten. */
const mostKept = 200_000;

/**
 * The solution of a search of an earlier request over the same source, if it saw the same world: whoever asked for
 * what, and under which options.
 */
export function followEarlier(facts: Facts, maxSteps: number, newWorld: () => TargetWorld): Searched | null {
  const tree = searchesOf.get(facts)?.get(maxSteps);
  if (tree === undefined || tree.root === null) return null;
  const world = newWorld();
  const chosen = follow(tree, world);
  return chosen === null ? null : { world, result: { kind: 'solved', chosen }, recording: null };
}

/** Keeps what a search came to for requests to come. A failure is not kept: its proof is as large as the search. */
export function keepForLater(facts: Facts, maxSteps: number, { result, recording }: Searched): void {
  if (result.kind !== 'solved' || recording === null) return;
  const trees = searchesOf.get(facts) ?? new Map<number, AnswerTree<Chosen>>();
  searchesOf.set(facts, trees);
  let tree = trees.get(maxSteps);
  if (tree === undefined || tree.size > mostKept) {
    tree = newAnswerTree('nothing');
    trees.set(maxSteps, tree);
  }
  keep(tree, recording, result.chosen);
}
