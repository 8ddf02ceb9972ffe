import {
  isPrerelease,
  type Marker,
  markerMentionsExtra,
  normalizeName,
  parseIndexRequirement,
  type Requirement,
  rangeOf,
  type SpecifierSet,
  tryParseVersion,
  type Version,
  type VersionRange,
} from '@pyplan/markers';
import { environmentPart } from './environment-part.ts';

/** A requirement in the form that the search asks questions of. */
export interface RequirementFacts {
  /** As written. */
  readonly text: string;
  /** Normalised. */
  readonly project: string;
  /** Normalised, in the order written. */
  readonly extras: readonly string[];
  readonly specifier: SpecifierSet;
  /** Key under which the ranks of the specifier are kept. */
  readonly specifierText: string;
  readonly range: VersionRange;
  /** One clause that names one version: `==` without a wildcard, or `===`. */
  readonly pinned: boolean;
  /** Whether a clause other than `!=` names a pre-release. */
  readonly namesPrerelease: boolean;
  readonly marker: Marker | null;
  readonly mentionsExtra: boolean;
  /** What the marker asks of the environment, as text; empty for nothing. */
  readonly environmentPart: string;
  readonly url: string | null;
  /** What had to be mended for it to parse. */
  readonly repairs: readonly string[];
}

export function requirementFacts(requirement: Requirement, repairs: readonly string[]): RequirementFacts {
  const { specifier, marker } = requirement;
  return {
    text: requirement.text,
    project: normalizeName(requirement.name),
    extras: [...new Set(requirement.extras.map(normalizeName))],
    specifier,
    specifierText: specifier.text,
    range: rangeOf(specifier),
    pinned: specifier.specifiers.some(isPin),
    namesPrerelease: specifier.specifiers.some(
      (clause) => clause.operator !== '!=' && namesPrerelease(clause),
    ),
    marker,
    mentionsExtra: marker !== null && markerMentionsExtra(marker),
    environmentPart: environmentPart(marker),
    url: requirement.url,
    repairs,
  };
}

/** Of requirements that the user gave, which are looked at anew for each target and each trial. */
const factsOfGiven = new WeakMap<Requirement, RequirementFacts>();

/** The facts of a requirement of the user's, worked out once. */
export function givenRequirementFacts(requirement: Requirement): RequirementFacts {
  const known = factsOfGiven.get(requirement);
  if (known !== undefined) return known;
  const facts = requirementFacts(requirement, []);
  factsOfGiven.set(requirement, facts);
  return facts;
}

type Clause = SpecifierSet['specifiers'][number];

/** The version that a clause names; none where `===` names something else. */
export function versionNamed(clause: Clause): Version | null {
  return clause.version ?? tryParseVersion(clause.versionText);
}

function namesPrerelease(clause: Clause): boolean {
  const version = versionNamed(clause);
  return version !== null && isPrerelease(version);
}

function isPin(clause: Clause): boolean {
  return clause.operator === '===' || (clause.operator === '==' && !clause.wildcard);
}

/** Requirements out of metadata by their text: each is parsed once; a string says why one can't be. */
export type RequirementTable = Map<string, RequirementFacts | string>;

export function requirementFromIndex(table: RequirementTable, text: string): RequirementFacts | string {
  const known = table.get(text);
  if (known !== undefined) return known;
  const facts = parse(text);
  table.set(text, facts);
  return facts;
}

function parse(text: string): RequirementFacts | string {
  try {
    const { requirement, repairs } = parseIndexRequirement(text);
    return requirementFacts(requirement, repairs);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
