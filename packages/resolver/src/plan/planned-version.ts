import { tableOf } from '../candidate/candidate-table.ts';
import type { PageFacts } from '../facts/facts.ts';
import type { RequirementFacts } from '../facts/requirement-facts.ts';
import type { IndexFile } from '../package-source.ts';
import type { Demand, Note, PlannedPackage } from '../resolution.ts';
import type { ChosenVersion } from '../solver/solver.ts';
import type { TargetWorld, VersionMetadata } from '../world/target-world.ts';
import { notesOn } from './notes.ts';

/** What a plan has of a chosen version whatever else it has: the same for all targets that take the same of it. */
export interface PlannedVersion {
  readonly planned: Omit<PlannedPackage, 'demands'>;
  /** What the version asks of other projects, in the order of its metadata. */
  readonly asks: readonly { readonly project: string; readonly demand: Demand }[];
  readonly notes: readonly Note[];
  /** Packages of plans that were made of it, each with other demands. */
  readonly packages: PlannedPackage[];
}

/** A planned version with what makes it differ from others of its rank. */
export interface PlannedVariant {
  readonly file: IndexFile;
  readonly extras: readonly string[];
  readonly active: readonly RequirementFacts[];
  readonly version: PlannedVersion;
}

/** The planned version of a project, worked out once for a target, and once for those alike. */
export function plannedVersion(
  world: TargetWorld,
  project: string,
  { rank, extras: asked }: ChosenVersion,
): PlannedVersion {
  const page = world.page(project);
  if (page === undefined || page === null) throw new Error(`invariant: ${project} has no page`);
  const kept = world.isAsServed
    ? tableOf(world.policy.planned, page, asked.length === 0 ? null : asked.join())
    : null;
  const known = kept?.get(rank);
  if (known !== undefined) return known;
  const version = sharedVersion(world, page, project, rank, extrasInForce(world, project, rank, asked));
  kept?.set(rank, version);
  return version;
}

function sharedVersion(
  world: TargetWorld,
  page: PageFacts,
  project: string,
  rank: number,
  extras: readonly string[],
): PlannedVersion {
  const { file } = chosenMetadata(world, project, rank).candidate;
  const active = activeFor(world, project, rank, extras);
  if (!world.isAsServed) return newPlannedVersion(world, page, project, rank, extras, active);
  const variants = page.planned.get(rank) ?? [];
  page.planned.set(rank, variants);
  const found = variants.find(
    (each) => each.file === file && areSame(each.extras, extras) && areSame(each.active, active),
  );
  if (found !== undefined) return found.version;
  const version = newPlannedVersion(world, page, project, rank, extras, active);
  variants.push({ file, extras, active, version });
  return version;
}

function areSame<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

function newPlannedVersion(
  world: TargetWorld,
  { page }: PageFacts,
  project: string,
  rank: number,
  extras: readonly string[],
  active: readonly RequirementFacts[],
): PlannedVersion {
  const version = page.versions[rank];
  if (version === undefined) throw new Error(`invariant: ${project} has no version ${rank}`);
  const { candidate, facts } = chosenMetadata(world, project, rank);
  const ofOthers = active.filter((requirement) => requirement.project !== project);
  const planned = {
    name: project,
    version: version.text,
    file: candidate.file,
    extras,
    requires: ofOthers.map(({ text, project: name, extras: wanted }) => ({ text, name, extras: wanted })),
    requiresPython: candidate.file.requiresPython ?? facts.metadata.requiresPython,
    index: page.index,
    pageDigest: page.digest,
    metadataDigest: facts.metadata.digest,
  };
  return {
    planned,
    asks: ofOthers.map((requirement) => ({
      project: requirement.project,
      demand: { from: project, text: requirement.text, origin: null },
    })),
    notes: notesOn(planned, facts, page.status),
    packages: [],
  };
}

/** So many packages of one planned version are kept for plans to come. */
const mostPackages = 16;

/** The package of a plan; one that was made with the same demands before is taken. */
export function packageWith(
  { planned, packages }: PlannedVersion,
  demands: readonly Demand[],
): PlannedPackage {
  const known = packages.find((each) => areSame(each.demands, demands));
  if (known !== undefined) return known;
  const { name, version, file, extras, requires, ...others } = planned;
  const made = { name, version, file, extras, requires, demands, ...others };
  if (packages.length < mostPackages) packages.push(made);
  return made;
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
