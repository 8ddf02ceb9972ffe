import { type RankSet, sameRanks } from '../rank-set.ts';
import type { Choice, Dependencies, Dependency, SolverWorld } from '../world.ts';

/** What a search asks the world. */
export type Question =
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

export type Answer = Choice | Dependencies | RankSet | number | null;

/** A question with the answer that was given. */
export type Step = Question & { readonly answer: Answer };

export function answerTo(question: Question, world: SolverWorld): Answer {
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

/**
 * What results tell of those who ask, in which the same answers must not differ: nothing, what each requires in words
 * that are its own, or also which line of the user's says so.
 */
export type Telling = 'nothing' | 'requirements' | 'lines';

/** Answers to the same question. */
export function sameAnswer(a: Answer, b: Answer, tells: Telling): boolean {
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

export function isRankSet(answer: Answer): answer is RankSet {
  return Array.isArray(answer);
}

export function sameDependency(a: Dependency, b: Dependency): boolean {
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

/** The dependencies that an answer tells; none where it tells none. */
export function dependenciesIn(answer: Answer): readonly Dependency[] {
  if (answer === null || typeof answer === 'number' || isRankSet(answer)) return [];
  return answer.kind === 'dependencies' ? answer.dependencies : [];
}

/** The rank chosen in an answer, or -1. */
export function rankIn(answer: Answer): number {
  if (answer === null || typeof answer === 'number' || isRankSet(answer)) return -1;
  return answer.kind === 'rank' ? answer.rank : -1;
}
