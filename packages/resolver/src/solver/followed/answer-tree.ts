import { type RankSet, sameRanks } from '../rank-set.ts';
import type { Choice, Dependencies, Dependency, SolverWorld } from '../world.ts';

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

/**
 * What results tell of those who ask, in which the same answers must not differ: nothing, what each requires in words
 * that are its own, or also which line of the user's says so.
 */
export type Telling = 'nothing' | 'requirements' | 'lines';

/** The steps of a search from where it left an earlier one, or from the first, and what they lead to. */
interface Run<Result> {
  readonly steps: readonly Step[];
  readonly result: Result;
  /** Runs that begin with another answer to a step of this one, by the place of that step. */
  readonly forks: Map<number, Run<Result>[]>;
}

type Question =
  | { readonly kind: 'root' }
  | { readonly kind: 'choose'; readonly project: string; readonly ranks: RankSet }
  | {
      readonly kind: 'dependencies';
      readonly project: string;
      readonly rank: number;
      readonly extra: string | null;
    }
  | { readonly kind: 'widen'; readonly project: string; readonly rank: number }
  | { readonly kind: 'constraint' | 'count'; readonly project: string };

type Answer = Choice | Dependencies | RankSet | number | null;

/** A question with the answer that was given. */
type Step = Question & { readonly answer: Answer };

export interface Recording {
  /** Answers as the world does, and keeps what it was asked. */
  readonly world: SolverWorld;
  readonly steps: readonly Step[];
}

/** Longer searches are not kept: they are few, and unlike each other. */
const mostSteps = 50_000;

export function newAnswerTree<Result>(tells: Telling): AnswerTree<Result> {
  return { root: null, size: 0, tells };
}

/** The result of an earlier search to which the world's answers lead; null where they lead off. */
export function follow<Result>(tree: AnswerTree<Result>, world: SolverWorld): Result | null {
  let run = tree.root;
  let at = 0;
  while (run !== null) {
    const step = run.steps[at];
    if (step === undefined) return run.result;
    const answer = ask(world, step);
    if (sameAnswer(step.answer, answer, tree.tells)) at++;
    else {
      run = forkWith(tree, run, at, answer);
      at = 1;
    }
  }
  return null;
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

function ask(world: SolverWorld, question: Question): Answer {
  switch (question.kind) {
    case 'root':
      return world.rootDependencies();
    case 'choose':
      return world.choose(question.project, question.ranks);
    case 'dependencies':
      return world.dependencies(question.project, question.rank, question.extra);
    case 'widen':
      return world.widen(question.project, question.rank);
    case 'constraint':
      return world.constraint(question.project);
    case 'count':
      return world.versionCount(question.project);
  }
}

/** A decision that waits for data is begun anew later: what it asked before does not count. */
export function record(world: SolverWorld): Recording {
  const steps: Step[] = [];
  let begun = 0;
  let isVoid = false;
  function begin(): void {
    if (isVoid) steps.length = begun;
    isVoid = false;
    begun = steps.length;
  }
  function noteUnlessNeed(step: Step & { readonly answer: Choice | Dependencies }): void {
    if (step.answer.kind === 'need') isVoid = true;
    else steps.push(step);
  }
  const recording: SolverWorld = {
    rootDependencies() {
      begin();
      const answer = world.rootDependencies();
      noteUnlessNeed({ kind: 'root', answer });
      return answer;
    },
    choose(project, ranks) {
      begin();
      const answer = world.choose(project, ranks);
      noteUnlessNeed({ kind: 'choose', project, ranks, answer });
      return answer;
    },
    dependencies(project, rank, extra) {
      const answer = world.dependencies(project, rank, extra);
      noteUnlessNeed({ kind: 'dependencies', project, rank, extra, answer });
      return answer;
    },
    widen(project, rank) {
      const answer = world.widen(project, rank);
      steps.push({ kind: 'widen', project, rank, answer });
      return answer;
    },
    constraint(project) {
      const answer = world.constraint(project);
      steps.push({ kind: 'constraint', project, answer });
      return answer;
    },
    versionCount(project) {
      const answer = world.versionCount(project);
      steps.push({ kind: 'count', project, answer });
      return answer;
    },
  };
  return { world: recording, steps };
}

/** Answers to the same question. */
function sameAnswer(a: Answer, b: Answer, tells: Telling): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a === 'number' || typeof b === 'number') return false;
  if (isRankSet(a) || isRankSet(b)) return isRankSet(a) && isRankSet(b) && sameRanks(a, b);
  if (a.kind === 'rank') return b.kind === 'rank' && a.rank === b.rank;
  if (a.kind === 'wrong-python') return b.kind === 'wrong-python' && sameRanks(a.ranks, b.ranks);
  if (a.kind === 'dependencies') {
    if (b.kind !== 'dependencies' || a.dependencies.length !== b.dependencies.length) return false;
    return a.dependencies.every((dependency, i) => {
      const other = b.dependencies[i];
      return (
        other !== undefined &&
        sameDependency(dependency, other) &&
        (tells === 'nothing' || sameAsked(dependency, other, tells))
      );
    });
  }
  return a.kind !== 'need' && a.kind === b.kind;
}

function isRankSet(answer: Choice | Dependencies | RankSet): answer is RankSet {
  return Array.isArray(answer);
}

function sameDependency(a: Dependency, b: Dependency): boolean {
  return (
    a.project === b.project &&
    a.extra === b.extra &&
    a.marker === b.marker &&
    a.how === b.how &&
    sameRanks(a.ranks, b.ranks)
  );
}

function sameAsked({ asked: a }: Dependency, { asked: b }: Dependency, tells: Telling): boolean {
  if (a?.url !== b?.url || a?.specifier.text !== b?.specifier.text) return false;
  return tells === 'lines' ? a?.root === b?.root : (a?.root == null) === (b?.root == null);
}
