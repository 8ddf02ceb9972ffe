import { BudgetError } from '../errors.ts';
import type { Facts } from '../facts/facts.ts';
import type { RootRequirement } from '../resolution.ts';
import { type AnswerTree, follow, keep, newAnswerTree } from '../solver/followed/answer-tree.ts';
import { record } from '../solver/followed/recording.ts';
import type { Incompatibility } from '../solver/incompatibility.ts';
import { proofIn } from '../solver/store/lineage.ts';
import type { SolverWorld } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { firstChoices } from './first-choices.ts';
import type { Loader } from './loader.ts';
import { newSearch, patience, type SearchResult } from './search.ts';

/** A search that failed, with the world it failed in. */
export interface Failure {
  readonly world: TargetWorld;
  readonly result: SearchResult & { readonly kind: 'failed' };
}

/** How a trial ended; of a failure what shows it, and the lines that it may tell of, in the order asked. */
type Ending =
  | { readonly kind: 'no failure' }
  | {
      readonly kind: 'failed';
      readonly result: Failure['result'];
      readonly lines: readonly (RootRequirement | null)[];
    };

/** Trials over one source, by the number of decisions that they were allowed. */
const trialsOf = new WeakMap<Facts, Map<number, AnswerTree<Ending>>>();

/** So many steps of trials are kept for a source; with more, all are forgotten. */
const mostKept = 200_000;

/**
 * The failure of a search for some lines alone; null where there is a solution, or `maxSteps` decisions do not tell.
 *
 * The same few lines are tried again by later requests, whatever these ask for besides. So what a trial came to is kept
 * with what it was answered, and one that would be answered the same is not searched.
 *
 * @param newWorld a world of which nothing was asked before, each time
 */
export async function failureOf(
  newWorld: () => TargetWorld,
  loader: Loader,
  maxSteps: number,
  signal: AbortSignal | undefined,
): Promise<Failure | null> {
  const world = newWorld();
  const limited = loader.within(world);
  // What a budget of versions leaves is no answer of the world's, and overrides are told by their own request.
  const isKept = limited === world && world.isAsServed;
  if (!isKept) return await searchFor(limited, limited, loader, maxSteps, signal);
  if (firstChoices(newWorld(), maxSteps) !== null) return null;
  const tree = treeOf(world.facts, maxSteps);
  const followed = newWorld();
  const known = follow(tree, followed);
  if (known?.kind === 'no failure') return null;
  if (known?.kind === 'failed') return { world: followed, result: toldOf(known, linesOf(followed)) };
  const recording = record(world);
  const failure = await searchFor(world, recording.world, loader, maxSteps, signal);
  const ending: Ending =
    failure === null
      ? { kind: 'no failure' }
      : { kind: 'failed', result: proofAlone(failure.result), lines: linesOf(world) };
  keep(tree, recording, ending);
  return failure;
}

async function searchFor(
  world: TargetWorld,
  asked: SolverWorld,
  loader: Loader,
  maxSteps: number,
  signal: AbortSignal | undefined,
): Promise<Failure | null> {
  try {
    const result = await newSearch(world, loader, maxSteps, signal, asked)(patience);
    return result?.kind === 'failed' ? { world, result } : null;
  } catch (error) {
    if (error instanceof BudgetError) return null;
    throw error;
  }
}

function treeOf(facts: Facts, maxSteps: number): AnswerTree<Ending> {
  const trees = trialsOf.get(facts) ?? new Map<number, AnswerTree<Ending>>();
  trialsOf.set(facts, trees);
  const known = trees.get(maxSteps);
  if (known !== undefined && known.size <= mostKept) return known;
  const tree: AnswerTree<Ending> = newAnswerTree('requirements');
  trees.set(maxSteps, tree);
  return tree;
}

/** The user's lines behind what is asked for first. */
function linesOf(world: TargetWorld): readonly (RootRequirement | null)[] {
  const root = world.rootDependencies();
  return root.kind === 'dependencies' ? root.dependencies.map(({ asked }) => asked?.root ?? null) : [];
}

/** What shows a failure, without the rest of what the search learned. */
function proofAlone({ solver, incompatibility }: Failure['result']): Failure['result'] {
  const { packages, store } = solver.state;
  return {
    kind: 'failed',
    incompatibility,
    solver: { state: { packages, store: proofIn(store, incompatibility) } },
  };
}

/** A failure as one that tells of other lines, which say the same. */
function toldOf(
  { result, lines }: Ending & { readonly kind: 'failed' },
  own: readonly (RootRequirement | null)[],
): Failure['result'] {
  if (lines.every((line, i) => line === own[i])) return result;
  const ownOf = new Map(lines.map((line, i) => [line, own[i] ?? null]));
  const { packages, store } = result.solver.state;
  const told = store.map((each) => tellingOf(each, ownOf));
  return { ...result, solver: { state: { packages, store: told } } };
}

function tellingOf(
  incompatibility: Incompatibility,
  ownOf: ReadonlyMap<RootRequirement | null, RootRequirement | null>,
): Incompatibility {
  const { cause } = incompatibility;
  if (cause.kind !== 'dependency' || cause.asked?.root == null) return incompatibility;
  const { asked } = cause;
  return {
    ...incompatibility,
    cause: { ...cause, asked: { ...asked, root: ownOf.get(asked.root) ?? null } },
  };
}
