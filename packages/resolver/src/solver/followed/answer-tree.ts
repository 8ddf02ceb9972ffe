import type { SolverWorld } from '../world.ts';
import { type Answer, answerTo, type Step, sameAnswer, type Telling } from './question.ts';
import type { Recording } from './recording.ts';

/**
 * Searches by what the world answered: which question a search asks next depends on nothing but the answers so
 * far. So a world that gives the answers of an earlier search leads to the result of that search, and need only
 * be asked. Targets that see the same world, wherever the search looked, are searched once, and so is a request that
 * comes again.
 */
export interface AnswerTree<Result> {
  root: Run<Result> | null;
  /** Steps in all runs. */
  size: number;
  readonly tells: Telling;
}

/** The steps of a search from where it left an earlier one, or from the first, and what they lead to. */
export interface Run<Result> {
  readonly steps: readonly Step[];
  readonly result: Result;
  /** Runs that begin with another answer to a step of this one, by the place of that step. */
  readonly forks: Map<number, Run<Result>[]>;
}

/** Longer searches are not kept: they are few, and unlike each other. */
const mostSteps = 50_000;

export function newAnswerTree<Result>(tells: Telling): AnswerTree<Result> {
  return { root: null, size: 0, tells };
}

/** The result of an earlier search to which the world's answers lead; null where they lead off. */
export function follow<Result>(tree: AnswerTree<Result>, world: SolverWorld): Result | null {
  return tree.root === null ? null : followRun(tree, tree.root, (step) => answerTo(step, world));
}

/** The result to which answers lead from the beginning of a run; null where they lead off, or there is none. */
export function followRun<Result>(
  tree: AnswerTree<Result>,
  from: Run<Result>,
  answerAt: (step: Step) => Answer | undefined,
): Result | null {
  let run: Run<Result> | null = from;
  let at = 0;
  while (run !== null) {
    const step: Step | undefined = run.steps[at];
    if (step === undefined) return run.result;
    const answer = answerAt(step);
    if (answer === undefined) return null;
    if (sameAnswer(step.answer, answer, tree.tells)) at++;
    else {
      run = forkWith(tree, run, at, answer);
      at = 1;
    }
  }
  return null;
}

/** The runs that begin with the user's requirements, each with others; the latest first. */
export function firstRuns<Result>({ root }: AnswerTree<Result>): readonly Run<Result>[] {
  return root === null ? [] : [...(root.forks.get(0)?.toReversed() ?? []), root];
}

/** Keeps the result of a search under the answers that led to it. */
export function keep<Result>(tree: AnswerTree<Result>, { steps }: Recording, result: Result): void {
  if (steps.length > mostSteps) return;
  let run = tree.root;
  let at = 0;
  for (let from = 0; run !== null; from++) {
    const [known, step] = [run.steps[at], steps[from]];
    if (known === undefined || step === undefined) return;
    if (sameAnswer(known.answer, step.answer, tree.tells)) at++;
    else {
      const fork = forkWith(tree, run, at, step.answer);
      if (fork === null) {
        const off = newRun(tree, steps.slice(from), result);
        const others = run.forks.get(at);
        if (others === undefined) run.forks.set(at, [off]);
        else others.push(off);
        return;
      }
      run = fork;
      at = 1;
    }
  }
  tree.root = newRun(tree, steps, result);
}

function newRun<Result>(tree: AnswerTree<Result>, steps: readonly Step[], result: Result): Run<Result> {
  tree.size += steps.length;
  return { steps, result, forks: new Map() };
}

function forkWith<Result>(
  tree: AnswerTree<Result>,
  run: Run<Result>,
  at: number,
  answer: Answer,
): Run<Result> | null {
  const begins = ({ steps: [first] }: Run<Result>): boolean =>
    first !== undefined && sameAnswer(first.answer, answer, tree.tells);
  return run.forks.get(at)?.find(begins) ?? null;
}
