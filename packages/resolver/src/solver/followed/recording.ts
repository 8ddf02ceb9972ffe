import type { Choice, Dependencies, SolverWorld } from '../world.ts';
import type { Step } from './question.ts';

export interface Recording {
  /** Answers as the world does, and keeps what it was asked. */
  readonly world: SolverWorld;
  readonly steps: readonly Step[];
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
