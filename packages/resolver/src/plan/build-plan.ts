import type { Demand, Note, Plan, RootRequirement } from '../resolution.ts';
import type { ChosenVersion } from '../solver/solver.ts';
import type { RootDemand } from '../world/demands.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { type PlannedVersion, packageWith, plannedVersion } from './planned-version.ts';

/** Turns the versions chosen for a target into its plan, with what is worth telling about it. */
export function buildPlan(
  world: TargetWorld,
  chosen: ReadonlyMap<string, ChosenVersion>,
): { readonly plan: Plan; readonly notes: readonly Note[] } {
  const versions = [...chosen]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([project, version]) => plannedVersion(world, project, version));
  const demands = demandsByProject(world, versions);
  return {
    plan: {
      target: world.policy.target,
      packages: versions.map((version) => packageWith(version, demands.get(version.planned.name) ?? [])),
    },
    notes: versions.flatMap(({ notes }) => notes),
  };
}

/** Who asks for each project: the user first, then packages by name. */
function demandsByProject(
  world: TargetWorld,
  versions: readonly PlannedVersion[],
): ReadonlyMap<string, readonly Demand[]> {
  const demands = new Map<string, Demand[]>();
  const add = (project: string, demand: Demand): void => {
    const list = demands.get(project);
    if (list === undefined) demands.set(project, [demand]);
    else list.push(demand);
  };
  for (const each of world.demands.requirements) add(each.facts.project, demandOf(each));
  for (const { asks } of versions) {
    for (const { project, demand } of asks) add(project, demand);
  }
  return demands;
}

/** The demands of the user's lines, each made once. */
const demandsOfLines = new WeakMap<RootRequirement, Demand>();

function demandOf({ facts, root }: RootDemand): Demand {
  const known = demandsOfLines.get(root);
  if (known !== undefined) return known;
  const demand = { from: null, text: facts.text, origin: root.origin };
  demandsOfLines.set(root, demand);
  return demand;
}
