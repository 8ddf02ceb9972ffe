import { parseRequirement } from '@pyplan/markers';
import {
  defaultOptions,
  type MemoryWorld,
  memorySource,
  type PackageSource,
  type Plan,
  type PlannedPackage,
  type Refusal,
  type Resolution,
  type ResolveOptions,
  type RootRequirement,
  resolve,
  type Target,
  target,
} from '../../src/index.ts';

/** What a test asks for; what is left out takes the plainest value. */
export interface Ask {
  readonly requires: readonly string[];
  readonly constraints?: readonly string[];
  readonly overrides?: readonly string[];
  /** `python platform`, by default `3.12 linux`. */
  readonly on?: string;
  readonly options?: Partial<ResolveOptions>;
}

/** Lines of a file, numbered from 1. */
export function lines(source: string, texts: readonly string[]): readonly RootRequirement[] {
  return texts.map((text, i) => ({
    requirement: parseRequirement(text),
    origin: { source, line: i + 1, column: 1 },
  }));
}

export function targetNamed(on = '3.12 linux'): Target {
  const [python = '', platform = ''] = on.split(' ');
  return target(python, platform);
}

/** Solves for one target, or for several by name. */
export function solve(
  world: MemoryWorld | PackageSource,
  ask: Ask,
  on: readonly string[] = [ask.on ?? '3.12 linux'],
): Promise<Resolution> {
  return resolve({
    requirements: lines('requirements.in', ask.requires),
    constraints: lines('constraints.txt', ask.constraints ?? []),
    overrides: lines('overrides.txt', ask.overrides ?? []),
    targets: on.map(targetNamed),
    source: isSource(world) ? world : memorySource(world),
    options: { ...defaultOptions, ...ask.options },
  });
}

function isSource(world: MemoryWorld | PackageSource): world is PackageSource {
  return typeof world['page'] === 'function';
}

/** The plan for the one target; throws the explanation where there is none. */
export async function planOf(world: MemoryWorld | PackageSource, ask: Ask): Promise<Plan> {
  const resolution = await solve(world, ask);
  const [plan] = resolution.plans;
  if (plan === undefined) throw new Error(explanationIn(resolution));
  return plan;
}

/** Versions by name. */
export async function pinsOf(
  world: MemoryWorld | PackageSource,
  ask: Ask,
): Promise<Readonly<Record<string, string>>> {
  const { packages } = await planOf(world, ask);
  return Object.fromEntries(packages.map(({ name, version }) => [name, version]));
}

export async function packageOf(
  world: MemoryWorld | PackageSource,
  ask: Ask,
  name: string,
): Promise<PlannedPackage> {
  const { packages } = await planOf(world, ask);
  const found = packages.find((planned) => planned.name === name);
  if (found === undefined) throw new Error(`${name} is not in the plan`);
  return found;
}

/** The refusal of the one target; throws where there is a plan. */
export async function refusalOf(world: MemoryWorld | PackageSource, ask: Ask): Promise<Refusal> {
  const resolution = await solve(world, ask);
  if (resolution.status === 'resolved') throw new Error('there is a plan');
  const [refusal] = resolution.refusals;
  if (refusal === undefined) throw new Error('there is no refusal');
  return refusal;
}

/** Why there is no plan, as text. */
export async function explanationOf(world: MemoryWorld | PackageSource, ask: Ask): Promise<string> {
  return (await refusalOf(world, ask)).explanation;
}

/** Notes of a resolution, as `kind: text`. */
export async function notesOf(world: MemoryWorld | PackageSource, ask: Ask): Promise<readonly string[]> {
  const { notes } = await solve(world, ask);
  return notes.map(({ kind, text }) => `${kind}: ${text}`);
}

function explanationIn(resolution: Resolution): string {
  return resolution.status === 'resolved' ? '' : (resolution.refusals[0]?.explanation ?? '');
}
