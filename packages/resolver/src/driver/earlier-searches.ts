import type { Facts } from '../facts/facts.ts';
import { type AnswerTree, follow, keep, newAnswerTree } from '../solver/followed/answer-tree.ts';
import { followEdited, type Solved } from '../solver/followed/edited-request.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { patience, type Searched } from './search.ts';

/** Solutions of the searches over one source, by the number of decisions that they were allowed. */
const searchesOf = new WeakMap<Facts, Map<number, AnswerTree<Solved>>>();

/** So many steps of searches are kept for a source, some 15 MB; with more, all are forgotten. */
const mostKept = 200_000;

/**
 * The solution of a search of an earlier request over the same source, if it saw the same world, whoever asked for
 * what and under which options; or one that differs by lines that have nothing to do with its conflicts.
 */
export function followEarlier(facts: Facts, maxSteps: number, newWorld: () => TargetWorld): Searched | null {
  const tree = searchesOf.get(facts)?.get(maxSteps);
  if (tree === undefined || tree.root === null) return null;
  const world = newWorld();
  const solved = follow(tree, world);
  if (solved !== null) return followed(world, solved.chosen);
  const edited = followEdited(tree, newWorld, { decisions: maxSteps, work: patience });
  return edited === null ? null : followed(edited.world, edited.chosen);
}

function followed(world: TargetWorld, chosen: Solved['chosen']): Searched {
  return { world, result: { kind: 'solved', chosen, course: null }, recording: null };
}

/** Keeps what a search came to for requests to come. A failure is not kept: its proof is as large as the search. */
export function keepForLater(facts: Facts, maxSteps: number, { result, recording }: Searched): void {
  if (result.kind !== 'solved' || result.course === null || recording === null) return;
  const { chosen, course } = result;
  const trees = searchesOf.get(facts) ?? new Map<number, AnswerTree<Solved>>();
  searchesOf.set(facts, trees);
  let tree = trees.get(maxSteps);
  if (tree === undefined || tree.size > mostKept) {
    tree = newAnswerTree('nothing');
    trees.set(maxSteps, tree);
  }
  keep(tree, recording, { chosen, course });
}
