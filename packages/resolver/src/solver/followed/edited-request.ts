import type { ChosenVersion } from '../solver.ts';
import type { Dependency, SolverWorld } from '../world.ts';
import { type AnswerTree, firstRuns, followRun, type Run } from './answer-tree.ts';
import { type Course, keepsCourse } from './course.ts';
import { type Answer, answerTo, dependenciesIn, type Step, sameDependency } from './question.ts';
import { placesOf, type Untroubled, untroubledWith } from './untroubled.ts';
import { type Bounds, newWatch, theUser, type Watch } from './watch.ts';

/** What a search came to, and how. */
export interface Solved {
  readonly chosen: ReadonlyMap<string, ChosenVersion>;
  readonly course: Course;
}

/** So many earlier searches are followed at most: where they lead off, it was in vain. */
const mostFollowed = 2;

/**
 * The solution for a request whose lines are those of an earlier one but for some on projects that are in no conflict
 * of the search, neither before nor now: it would go as it did, with their decisions among the others.
 *
 * All that the earlier search was told of other projects is asked of this world and compared.
 */
export function followEdited<World extends SolverWorld>(
  tree: AnswerTree<Solved>,
  newWorld: () => World,
  bounds: Bounds,
): { readonly world: World; readonly chosen: ReadonlyMap<string, ChosenVersion> } | null {
  const root = newWorld().rootDependencies();
  if (root.kind !== 'dependencies') return null;
  const edits = firstRuns(tree)
    .map((run) => editOf(run, root.dependencies))
    // A line that is added is easier to follow than one that is changed or taken away.
    .toSorted((a, b) => a.names.size - b.names.size || a.before.length - b.before.length);
  for (const edit of edits.slice(0, mostFollowed)) {
    const world = newWorld();
    const chosen = followWith(edit, tree, world, bounds);
    if (chosen !== null) return { world, chosen };
  }
  return null;
}

/** What the user asked for in an earlier search and asks for now, and the projects of which that is not the same. */
interface Edit {
  readonly run: Run<Solved>;
  readonly before: readonly Dependency[];
  readonly after: readonly Dependency[];
  readonly names: ReadonlySet<string>;
}

function editOf(run: Run<Solved>, after: readonly Dependency[]): Edit {
  const [first] = run.steps;
  const answer = first?.kind === 'root' ? dependenciesIn(first.answer) : [];
  const names = new Set([...answer, ...after].map(({ project }) => project));
  for (const name of names) {
    const ofIt = ({ project }: Dependency): boolean => project === name;
    if (areSame(answer.filter(ofIt), after.filter(ofIt))) names.delete(name);
  }
  return { run, before: answer, after, names };
}

function areSame(a: readonly Dependency[], b: readonly Dependency[]): boolean {
  return (
    a.length === b.length &&
    a.every((each, i) => {
      const other = b[i];
      return other !== undefined && sameDependency(each, other);
    })
  );
}

function followWith(
  { run, before, after, names }: Edit,
  tree: AnswerTree<Solved>,
  world: SolverWorld,
  bounds: Bounds,
): ReadonlyMap<string, ChosenVersion> | null {
  const untroubled = untroubledWith(names, after, world);
  if (untroubled === null) return null;
  const { ranks } = untroubled;
  const isOne = ({ project }: Dependency): boolean => ranks.has(project);
  const isOther = ({ project }: Dependency): boolean => !ranks.has(project);
  if (!areSame(before.filter(isOther), after.filter(isOther))) return null;
  const watch = newWatch(untroubled);
  for (const dependency of before.filter(isOne)) watch.see('before', theUser, dependency);
  for (const dependency of after.filter(isOne)) watch.see('now', theUser, dependency);
  for (const { by, dependency } of untroubled.asked) watch.see('now', by, dependency);
  const solved = followRun(tree, run, (step) => answerBeside(untroubled, step, watch, world));
  if (
    solved === null ||
    watch.isTroubled() ||
    !watch.wasUntroubled() ||
    !watch.isWithin(bounds, solved.course)
  )
    return null;
  const isTakenOut = solved.course.projects.map((project) => project !== null && ranks.has(project));
  const putIn = placesOf(untroubled, after, watch.pinned);
  return keepsCourse(solved.course, isTakenOut, putIn)
    ? chosenBeside(untroubled, solved.chosen, after, world)
    : null;
}

/** What the world says of others, and what the earlier search was told of the untroubled; undefined to stop. */
function answerBeside(
  { ranks }: Untroubled,
  step: Step,
  watch: Watch,
  world: SolverWorld,
): Answer | undefined {
  if (step.kind === 'root') return step.answer;
  const isOne = ranks.has(step.project);
  const answer = isOne ? step.answer : answerTo(step, world);
  if (isOne) watch.seeStep(step);
  else if (step.kind === 'dependencies') {
    for (const dependency of dependenciesIn(answer)) {
      if (ranks.has(dependency.project))
        watch.see('both', `${step.project}[${step.extra ?? ''}]`, dependency);
    }
  }
  return watch.isTroubled() ? undefined : answer;
}

/** The versions of the others as they were, and those of the untroubled that are asked for now. */
function chosenBeside(
  { ranks }: Untroubled,
  before: ReadonlyMap<string, ChosenVersion>,
  root: readonly Dependency[],
  world: SolverWorld,
): ReadonlyMap<string, ChosenVersion> {
  const chosen = new Map([...before].filter(([project]) => !ranks.has(project)));
  const asked = new Set(root.map(({ project }) => project));
  const ask = (project: string, rank: number, extra: string | null): void => {
    for (const dependency of dependenciesIn(world.dependencies(project, rank, extra)))
      asked.add(dependency.project);
  };
  for (const [project, { rank, extras }] of chosen) {
    for (const extra of [null, ...extras]) ask(project, rank, extra);
  }
  for (const project of asked) {
    const rank = ranks.get(project);
    if (rank === undefined) continue;
    chosen.set(project, { rank, extras: [] });
    ask(project, rank, null);
  }
  return chosen;
}
