import type { RequirementFacts } from '../facts/requirement-facts.ts';
import type { Demand, Note, Plan, PlannedPackage, ResolvedRequirement } from '../resolution.ts';
import type { ChosenVersion } from '../solver/solver.ts';
import type { TargetWorld, VersionMetadata } from '../world/target-world.ts';
import { notesOn } from './notes.ts';

type Chosen = ReadonlyMap<string, ChosenVersion>;

/** Turns the versions chosen for a target into its plan, with what is worth telling about it. */
export function buildPlan(
  world: TargetWorld,
  chosen: Chosen,
): { readonly plan: Plan; readonly notes: readonly Note[] } {
  const demands = demandsByProject(world, chosen);
  const projects = [...chosen.keys()].sort((a, b) => (a < b ? -1 : 1));
  const packages = projects.map((project) =>
    plannedPackage(world, project, chosen, demands.get(project) ?? []),
  );
  return {
    plan: { target: world.policy.target, packages },
    notes: packages.flatMap((planned) => notesOn(planned, world, chosen.get(planned.name)?.rank ?? -1)),
  };
}

/** The metadata of a chosen version, which the search has seen. */
export function chosenMetadata(
  world: TargetWorld,
  project: string,
  rank: number,
): VersionMetadata & { kind: 'known' } {
  const metadata = world.metadataOf(project, rank);
  if (metadata.kind !== 'known') throw new Error(`invariant: ${project} was chosen without its metadata`);
  return metadata;
}

function plannedPackage(
  world: TargetWorld,
  project: string,
  chosen: Chosen,
  demands: readonly Demand[],
): PlannedPackage {
  const { rank, extras: asked } = chosen.get(project) ?? { rank: -1, extras: [] };
  const extras = extrasInForce(world, project, rank, asked);
  const page = world.page(project)?.page;
  const version = page?.versions[rank];
  if (page === undefined || version === undefined) throw new Error(`invariant: ${project} has no page`);
  const { candidate, facts } = chosenMetadata(world, project, rank);
  return {
    name: project,
    version: version.text,
    file: candidate.file,
    extras,
    requires: activeFor(world, project, rank, extras)
      .filter((requirement) => requirement.project !== project)
      .map(resolvedRequirement),
    demands,
    requiresPython: candidate.file.requiresPython ?? facts.metadata.requiresPython,
    index: page.index,
    pageDigest: page.digest,
    metadataDigest: facts.metadata.digest,
  };
}

function resolvedRequirement({ text, project, extras }: RequirementFacts): ResolvedRequirement {
  return { text, name: project, extras };
}

/** The extras asked for, and those that they ask for of their own project, however deep. */
function extrasInForce(
  world: TargetWorld,
  project: string,
  rank: number,
  asked: readonly string[],
): readonly string[] {
  const all = new Set(asked);
  for (const extra of all) {
    for (const nested of world.ownExtras(project, rank, extra)) all.add(nested);
  }
  return [...all].sort();
}

/** The active requirements of a version under the extras in force, each once, in metadata order. */
function activeFor(
  world: TargetWorld,
  project: string,
  rank: number,
  extras: readonly string[],
): readonly RequirementFacts[] {
  const active = [null, ...extras].flatMap((extra) => world.activeRequirements(project, rank, extra));
  return [...new Set(active.map(({ facts }) => facts))];
}

/** Who asks for each project: the user first, then packages by name. */
function demandsByProject(world: TargetWorld, chosen: Chosen): ReadonlyMap<string, readonly Demand[]> {
  const demands = new Map<string, Demand[]>();
  const add = (project: string, demand: Demand): void => {
    const list = demands.get(project);
    if (list === undefined) demands.set(project, [demand]);
    else list.push(demand);
  };
  for (const { facts, root } of world.demands.requirements) {
    add(facts.project, { from: null, text: facts.text, origin: root.origin });
  }
  for (const from of [...chosen.keys()].sort((a, b) => (a < b ? -1 : 1))) {
    const { rank, extras } = chosen.get(from) ?? { rank: -1, extras: [] };
    for (const requirement of activeFor(world, from, rank, extras)) {
      if (requirement.project !== from)
        add(requirement.project, { from, text: requirement.text, origin: null });
    }
  }
  return demands;
}
