import { type RankSet, sameRanks } from './rank-set.ts';
import type { Choice, Dependencies, Dependency, SolverWorld } from './world.ts';

/**
 * Searches by what the world answered: which question a search asks next depends on nothing but the answers so
 * far. So a world that gives the answers of an earlier search leads to the result of that search, and need only
 * be asked. Targets that see the same world, wherever the search looked, are searched once.
 */
export interface AnswerTree<Result> {
  root: Branch<Result> | null;
}

/** What comes after an answer: the next question, or the result. */
type Branch<Result> =
  | { readonly kind: 'question'; readonly question: Question; readonly answers: Answered<Result>[] }
  | { readonly kind: 'result'; readonly result: Result };

interface Answered<Result> {
  readonly answer: Answer;
  readonly next: Branch<Result>;
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
interface Step {
  readonly question: Question;
  readonly answer: Answer;
}

export interface Recording {
  /** Answers as the world does, and keeps what it was asked. */
  readonly world: SolverWorld;
  readonly steps: readonly Step[];
}

/** Longer searches are not kept: they are few, and unlike each other. */
const mostSteps = 50_000;

export function newAnswerTree<Result>(): AnswerTree<Result> {
  return { root: null };
}

/** The result of an earlier search to which the world's answers lead; null where they lead off. */
export function follow<Result>(tree: AnswerTree<Result>, world: SolverWorld): Result | null {
  let branch = tree.root;
  while (branch !== null && branch.kind === 'question') {
    const answer = ask(world, branch.question);
    branch = branch.answers.find((known) => sameAnswer(known.answer, answer))?.next ?? null;
  }
  return branch?.result ?? null;
}

/** Keeps the result of a search under the answers that led to it. */
export function keep<Result>(tree: AnswerTree<Result>, { steps }: Recording, result: Result): void {
  if (steps.length > mostSteps) return;
  let from = 0;
  let answers: Answered<Result>[] | null = null;
  for (let branch = tree.root; branch?.kind === 'question'; from++) {
    const step = steps[from];
    if (step === undefined) return;
    answers = branch.answers;
    const known = answers.find(({ answer }) => sameAnswer(answer, step.answer));
    if (known === undefined) break;
    branch = known.next;
    if (branch.kind === 'result') return;
  }
  // From the last step back: each leads to what comes after it.
  let next: Branch<Result> = { kind: 'result', result };
  for (let i = steps.length - 1; i > from || (i === from && answers === null); i--) {
    const step = steps[i];
    if (step !== undefined) {
      next = { kind: 'question', question: step.question, answers: [{ answer: step.answer, next }] };
    }
  }
  const off = steps[from];
  if (answers === null) tree.root = next;
  else if (off !== undefined) answers.push({ answer: off.answer, next });
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
  function note<Given extends Answer>(question: Question, answer: Given): Given {
    steps.push({ question, answer });
    return answer;
  }
  function noteUnlessNeed<Given extends Choice | Dependencies>(question: Question, answer: Given): Given {
    if (answer.kind !== 'need') return note(question, answer);
    isVoid = true;
    return answer;
  }
  const recording: SolverWorld = {
    rootDependencies() {
      begin();
      return noteUnlessNeed({ kind: 'root' }, world.rootDependencies());
    },
    choose(project, ranks) {
      begin();
      return noteUnlessNeed({ kind: 'choose', project, ranks }, world.choose(project, ranks));
    },
    dependencies: (project, rank, extra) =>
      noteUnlessNeed(
        { kind: 'dependencies', project, rank, extra },
        world.dependencies(project, rank, extra),
      ),
    widen: (project, rank) => note({ kind: 'widen', project, rank }, world.widen(project, rank)),
    constraint: (project) => note({ kind: 'constraint', project }, world.constraint(project)),
    versionCount: (project) => note({ kind: 'count', project }, world.versionCount(project)),
  };
  return { world: recording, steps };
}

/** Answers to the same question. */
function sameAnswer(a: Answer, b: Answer): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a === 'number' || typeof b === 'number') return false;
  if (isRankSet(a) || isRankSet(b)) return isRankSet(a) && isRankSet(b) && sameRanks(a, b);
  if (a.kind === 'rank') return b.kind === 'rank' && a.rank === b.rank;
  if (a.kind === 'wrong-python') return b.kind === 'wrong-python' && sameRanks(a.ranks, b.ranks);
  if (a.kind === 'dependencies') {
    if (b.kind !== 'dependencies' || a.dependencies.length !== b.dependencies.length) return false;
    return a.dependencies.every((dependency, i) => sameDependency(dependency, b.dependencies[i]));
  }
  return a.kind !== 'need' && a.kind === b.kind;
}

function isRankSet(answer: Choice | Dependencies | RankSet): answer is RankSet {
  return Array.isArray(answer);
}

function sameDependency(a: Dependency, b: Dependency | undefined): boolean {
  return (
    b !== undefined &&
    a.project === b.project &&
    a.extra === b.extra &&
    a.marker === b.marker &&
    a.how === b.how &&
    a.asked?.root === b.asked?.root &&
    a.asked?.url === b.asked?.url &&
    a.asked?.specifier.text === b.asked?.specifier.text &&
    sameRanks(a.ranks, b.ranks)
  );
}
