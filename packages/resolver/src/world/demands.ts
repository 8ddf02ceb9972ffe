import { compareVersions, evaluateMarker, type Version } from '@pyplan/markers';
import { givenRequirementFacts, type RequirementFacts, versionNamed } from '../facts/requirement-facts.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import type { Target } from '../target/target.ts';
import { type Scopes, scopesOf } from './scopes.ts';

/** A requirement of the user's in the form that the search asks questions of. */
export interface RootDemand {
  readonly facts: RequirementFacts;
  readonly root: RootRequirement;
}

/** What the user asks of one target: the requirements whose markers hold there. */
export interface Demands {
  /** Everything the user wrote, whether it holds on the target or not. */
  readonly written: readonly RootRequirement[];
  readonly requirements: readonly RootDemand[];
  /** By project. */
  readonly constraints: ReadonlyMap<string, readonly RootDemand[]>;
  /** By project; an override whose marker does not hold still replaces what packages ask. */
  readonly overrides: ReadonlyMap<string, readonly RootDemand[]>;
  /** What is changed of the requirements of single packages. */
  readonly scopes: Scopes;
  /** The URL that a project must come from, by project. */
  readonly direct: ReadonlyMap<string, string>;
  /** Projects that the user names, for `lowest-direct`. */
  readonly named: ReadonlySet<string>;
  /** Versions that a requirement pins, by project: there a yanked release is a candidate. */
  readonly pins: ReadonlyMap<string, readonly Version[]>;
  /** Projects of which a requirement names a pre-release, for `explicit`. */
  readonly prereleases: ReadonlySet<string>;
}

export function demandsOn(target: Target, request: ResolveRequest): Demands {
  const holds = ({ marker }: RequirementFacts): boolean =>
    marker === null || evaluateMarker(marker, target.environment, '');
  const read = (roots: readonly RootRequirement[]): readonly RootDemand[] =>
    roots.map((root) => ({ facts: givenRequirementFacts(root.requirement), root }));
  const active = (roots: readonly RootRequirement[]): readonly RootDemand[] =>
    read(roots).filter(({ facts }) => holds(facts));
  const { excludes, scopedExcludes = [] } = request.options;
  const everywhere = request.overrides.filter(({ scope }) => scope === undefined);
  const scoped = read(request.overrides.filter(({ scope }) => scope !== undefined));
  const requirements = active(request.requirements).filter(({ facts }) => !excludes.has(facts.project));
  const constraints = active(request.constraints);
  const overrides = active(everywhere);
  const overridden = new Set(everywhere.map((root) => givenRequirementFacts(root.requirement).project));
  const effective = [
    ...requirements.filter(({ facts }) => !overridden.has(facts.project)),
    ...overrides,
    ...constraints,
  ];
  // As in uv, a yanked version or a pre-release that one package's override names may be had by all.
  const admitting = [...effective, ...scoped];
  const direct = new Map<string, string>();
  for (const { facts } of effective) if (facts.url !== null) direct.set(facts.project, facts.url);
  const byOverride = new Map<string, RootDemand[]>([...overridden].map((project) => [project, []]));
  for (const demand of overrides) byOverride.get(demand.facts.project)?.push(demand);
  return {
    written: [...request.requirements, ...request.constraints, ...request.overrides],
    requirements,
    constraints: byProject(constraints),
    overrides: byOverride,
    scopes: scopesOf(scoped, scopedExcludes, holds),
    direct,
    named: new Set(requirements.map(({ facts }) => facts.project)),
    pins: pinsOf(admitting),
    prereleases: new Set(
      admitting.filter(({ facts }) => facts.namesPrerelease).map(({ facts }) => facts.project),
    ),
  };
}

/**
 * Some of the lines alone. What the other lines admit (a yanked version that they pin, a pre-release, a URL) stays
 * a candidate: so what has no solution with these lines has none with all of them.
 */
export function narrowDemands(all: Demands, lines: readonly RootRequirement[]): Demands {
  const keep = (demands: readonly RootDemand[]): readonly RootDemand[] =>
    demands.filter(({ root }) => lines.includes(root));
  return {
    ...all,
    requirements: keep(all.requirements),
    constraints: new Map(
      [...all.constraints]
        .map(([project, each]) => [project, keep(each)] as const)
        .filter(([, kept]) => kept.length > 0),
    ),
  };
}

function byProject(demands: readonly RootDemand[]): ReadonlyMap<string, readonly RootDemand[]> {
  const map = new Map<string, RootDemand[]>();
  for (const demand of demands) {
    const list = map.get(demand.facts.project);
    if (list === undefined) map.set(demand.facts.project, [demand]);
    else list.push(demand);
  }
  return map;
}

/** A pin counts where it is the requirement's only clause (as in uv). */
function pinsOf(demands: readonly RootDemand[]): ReadonlyMap<string, readonly Version[]> {
  const pins = new Map<string, Version[]>();
  for (const { facts } of demands) {
    const [clause, ...others] = facts.specifier.specifiers;
    const version = facts.pinned && clause !== undefined ? versionNamed(clause) : null;
    if (version === null || others.length > 0) continue;
    const list = pins.get(facts.project);
    if (list === undefined) pins.set(facts.project, [version]);
    else list.push(version);
  }
  return pins;
}

/** Whether a yanked version of a project may be chosen. */
export function allowsYanked(demands: Demands, project: string, version: Version): boolean {
  return demands.pins.get(project)?.some((pin) => compareVersions(pin, version) === 0) === true;
}

/** The user's line that says which URL a project comes from, or null. */
export function directLine(demands: Demands, project: string): RootRequirement | null {
  const url = demands.direct.get(project);
  if (url === undefined) return null;
  const all = [demands.requirements, ...demands.overrides.values(), ...demands.constraints.values()].flat();
  return all.find(({ facts }) => facts.project === project && facts.url === url)?.root ?? null;
}
