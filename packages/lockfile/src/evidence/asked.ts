import {
  compareVersions,
  evaluateMarker,
  isPrerelease,
  normalizeName,
  parseIndexRequirement,
  parseRequirement,
  type Requirement,
  specifierSetContains,
  tryParseVersion,
  type Version,
} from '@pyplan/markers';
import type { Evidence, EvidenceInputs, EvidenceTarget } from '@pyplan/resolver';
import { EvidenceFault } from './fault.ts';
import { scopesOn } from './scopes.ts';

/** A requirement as far as the rules look at it. */
export interface Ask {
  readonly text: string;
  /** Normalised. */
  readonly project: string;
  readonly extras: readonly string[];
  readonly url: string | null;
  /** Key of what it admits: the same for the same clauses. */
  readonly clauses: string;
  /** Whether a version meets its clauses; where it has a URL, all do. */
  admits(version: Version): boolean;
  /** Whether its marker holds without an extra (`""`) or under one. */
  holds(extra: string): boolean;
}

/** A version that asks. */
export interface Asking {
  readonly project: string;
  readonly version: Version;
}

/** What the user asks of one target, and how what packages ask is read there. */
export interface Asked {
  readonly inputs: EvidenceInputs;
  /** By place among the lines; null where the marker does not hold. */
  readonly requirements: readonly (Ask | null)[];
  /** Likewise. */
  readonly constraints: readonly (Ask | null)[];
  /** What stands in the place of a requirement, of the user's (null) or a version's: itself, overrides, or nothing. */
  effective(ask: Ask, by: Asking | null): readonly Ask[];
  /** Overrides of a version alone on projects of which its metadata says nothing. */
  additions(by: Asking, lines: readonly (Ask | null)[]): readonly Ask[];
  /** A line out of metadata; null where it can't be read. */
  fromIndex(text: string): Ask | null;
  /** The URL that a project must come from; null for the index. */
  directUrl(project: string): string | null;
  /** Key of the project among those of the evidence. */
  keyOf(project: string): string;
  /** Whether a yanked version may be chosen: one that the user pins, or that a lock has. */
  allowsYanked(project: string, version: Version): boolean;
  /** Whether a version may be chosen as far as pre-releases go. */
  allowsPrerelease(project: string, version: Version): boolean;
}

/** Reads the inputs for a target. @throws EvidenceFault where a line can't be read. */
export function askedOn({ environment }: EvidenceTarget, { inputs }: Evidence): Asked {
  const holds = (requirement: Requirement, extra: string): boolean =>
    requirement.marker === null || evaluateMarker(requirement.marker, environment, extra);
  const read = (lines: EvidenceInputs['requirements']): readonly Ask[] =>
    lines.map(({ text }) => askOf(parsed(text), holds));
  const requirements = read(inputs.requirements);
  const constraints = read(inputs.constraints).map((ask) => (ask.holds('') ? ask : null));
  const overrides = read(inputs.overrides.filter(({ scope }) => scope === undefined));
  const scopes = scopesOn(inputs, (text) => askOf(parsed(text), holds));
  const overridden = Map.groupBy(overrides, ({ project }) => project);
  const isExcluded = ({ project }: Ask): boolean => inputs.excludes.includes(project);

  /** What counts for pins, pre-releases and URLs. */
  const counted = [
    ...requirements.filter((ask) => ask.holds('') && !overridden.has(ask.project) && !isExcluded(ask)),
    ...overrides.filter((ask) => ask.holds('')),
    ...constraints.filter((ask) => ask !== null),
  ];
  // A pin or a pre-release that one package's override names counts for all.
  const admitting = [...counted, ...scopes.overrides];
  const direct = new Map(
    counted.flatMap(({ project, url }) => (url === null ? [] : [[project, url] as const])),
  );
  const directUrl = (project: string): string | null => direct.get(project) ?? null;
  const known = new Map<string, Ask | null>();

  return {
    inputs,
    requirements: requirements.map((ask) => (ask.holds('') && !isExcluded(ask) ? ask : null)),
    constraints,
    directUrl,
    keyOf: (project) => (direct.has(project) ? `${project} @ ${direct.get(project)}` : project),
    effective(ask, by) {
      const own = by === null ? null : scopes.of(by);
      if (isExcluded(ask) || own?.excludes.includes(ask.project) === true) return [];
      const instead = own?.overrides.get(ask.project) ?? overridden.get(ask.project);
      if (instead === undefined) return [ask];
      return instead
        .filter((override) => override.holds(''))
        .map((override) => ({
          ...override,
          extras: override.extras.length > 0 ? override.extras : ask.extras,
        }));
    },
    additions(by, lines) {
      const { overrides: own, excludes } = scopes.of(by);
      const told = new Set(lines.map((line) => line?.project));
      return [...own].flatMap(([project, asks]) =>
        told.has(project) || excludes.includes(project)
          ? []
          : asks.filter((ask) => ask.holds('') && !isExcluded(ask)),
      );
    },
    fromIndex(text) {
      const found = known.get(text);
      if (found !== undefined) return found;
      const ask = indexAsk(text, holds);
      known.set(text, ask);
      return ask;
    },
    allowsYanked(project, version) {
      const preferred = (inputs.preferences[project] ?? []).map(tryParseVersion);
      const pinned = admitting.flatMap((ask) => (ask.project === project ? pinOf(ask.clauses) : []));
      return [...preferred, ...pinned].some(
        (other) => other !== null && compareVersions(other, version) === 0,
      );
    },
    allowsPrerelease(project, version) {
      if (!isPrerelease(version)) return true;
      const mode = inputs.prereleasePackages[project] ?? inputs.prerelease;
      if (mode === 'disallow') return false;
      if (mode !== 'explicit') return true;
      return admitting.some((ask) => ask.project === project && namesPrerelease(ask.clauses));
    },
  };
}

function parsed(text: string): Requirement {
  try {
    return parseRequirement(text);
  } catch (error) {
    throw new EvidenceFault(`the line ${JSON.stringify(text)} can't be read: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}

type Holds = (requirement: Requirement, extra: string) => boolean;

function indexAsk(text: string, holds: Holds): Ask | null {
  let requirement: Requirement;
  try {
    ({ requirement } = parseIndexRequirement(text));
  } catch {
    return null;
  }
  return askOf(requirement, holds);
}

function askOf(requirement: Requirement, holds: Holds): Ask {
  const { text, url, specifier } = requirement;
  return {
    text,
    project: normalizeName(requirement.name),
    extras: [...new Set(requirement.extras.map(normalizeName))],
    url,
    clauses: specifier.text,
    admits: (version) => specifierSetContains(specifier, version, { prereleases: true }),
    holds: (extra) => holds(requirement, extra),
  };
}

interface Clause {
  readonly operator: string;
  readonly version: string;
}

function clausesOf(text: string): readonly Clause[] {
  return text
    .split(',')
    .map((part) => /^\s*(~=|===?|!=|<=|>=|<|>)\s*(.*?)\s*$/.exec(part))
    .flatMap((match) => (match === null ? [] : [{ operator: match[1] ?? '', version: match[2] ?? '' }]));
}

/** The version that a set of just one `==` or `===` clause without a wildcard names. */
function pinOf(text: string): readonly (Version | null)[] {
  const [only, ...more] = clausesOf(text);
  if (only === undefined || more.length > 0 || !only.operator.startsWith('==')) return [];
  return only.version.endsWith('.*') ? [] : [tryParseVersion(only.version)];
}

function namesPrerelease(text: string): boolean {
  return clausesOf(text).some(({ operator, version }) => {
    const named = operator === '!=' ? null : tryParseVersion(version.replace(/\.\*$/, ''));
    return named !== null && isPrerelease(named);
  });
}

/** The lines of a version's metadata that hold under the extras, and these with those they ask for of their own project. */
export function inForce(
  { effective }: Asked,
  by: Asking,
  lines: readonly (Ask | null)[],
  extras: readonly string[],
): { readonly active: readonly number[]; readonly extras: ReadonlySet<string> } {
  const all = new Set(extras);
  const isActive = (ask: Ask | null): boolean =>
    ask !== null && (ask.holds('') || [...all].some((extra) => ask.holds(extra)));
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const ask of lines) {
      if (ask?.project !== by.project || !isActive(ask)) continue;
      for (const extra of effective(ask, by).flatMap((each) => each.extras)) all.add(extra);
    }
  }
  return { active: lines.flatMap((ask, index) => (isActive(ask) ? [index] : [])), extras: all };
}
