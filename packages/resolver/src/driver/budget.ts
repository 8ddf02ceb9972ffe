import { BudgetError, type SearchEffort } from '../errors.ts';
import type { Solver } from '../solver/solver.ts';
import type { TargetWorld } from '../world/target-world.ts';

/** So many packages are named. */
const named = 4;

/** The error of a search that was given up, with what it was at; of a Boolean search that has no order to tell. */
export function givenUp(error: BudgetError, world: TargetWorld, solver: Solver | null): BudgetError {
  const { python, platform } = world.policy.target;
  const tried = solver === null ? [] : effortOf(world, solver);
  const between = tried
    .slice(0, named)
    .map(
      ({ project, tried: versions, candidates }) =>
        `${project} (${versions} of ${candidates} versions tried)`,
    );
  const conflicts = solver?.conflicts() ?? error.steps - 1;
  const at =
    between.length === 0
      ? ''
      : `; it went ${between.length > 1 ? 'back and forth between' : 'through'} ${between.join(', ')}`;
  return new BudgetError(
    `No answer for Python ${python} on ${platform}: the search was given up after ${error.steps - 1} ${error.unit}` +
      `${solver === null ? '' : ` and ${conflicts} conflicts`}${at}`,
    { steps: error.steps, unit: error.unit, conflicts, tried },
  );
}

/** The projects of which more than one version was tried, the most tried first. */
function effortOf(world: TargetWorld, { state, versionsTried }: Solver): readonly SearchEffort[] {
  return state.packages.nodes
    .flatMap((node, id) => {
      const plain = node.kind === 'package' && node.extra === null && node.marker === '';
      const tried = plain ? versionsTried(id) : 0;
      if (!plain || tried < 2) return [];
      return [{ project: node.project, tried, candidates: world.candidateRanks(node.project).length }];
    })
    .sort((a, b) => b.tried - a.tried || (a.project < b.project ? -1 : 1));
}
