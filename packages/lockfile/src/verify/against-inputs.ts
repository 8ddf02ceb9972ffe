import {
  evaluateMarker,
  normalizeName,
  type Requirement,
  specifierSetContains,
  tryParseVersion,
} from '@pyplan/markers';
import type { RootRequirement, Target } from '@pyplan/resolver';
import type { LockedPackage, LockedSet } from '../locked-set.ts';
import { type Finding, finding, label } from './finding.ts';
import { holdsOn } from './holds-on.ts';

/** Some of the extras and groups of a project. */
export interface PartNames {
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

/** What the user asked for, as far as a lock can be checked against it. */
export interface VerifyInputs {
  readonly requirements: readonly RootRequirement[];
  readonly constraints: readonly RootRequirement[];
  /** The requirements of some extras and groups alone, with those of the project; needed where the lock has conflicts. */
  readonly requirementsOf?: (parts: PartNames) => readonly RootRequirement[];
  /** Normalised names of packages of which what others require does not count: overridden or left out. Default: none. */
  readonly replaced?: readonly string[];
  /** See `inputsDigest`; null: not compared. */
  readonly digest: string | null;
}

/**
 * Which input lines the lock no longer meets. With targets a line counts where its marker holds; without, a package
 * must be there for each line that has no marker, and be right for all.
 */
export function againstInputs(
  lock: LockedSet,
  inputs: VerifyInputs,
  targets: readonly Target[],
): readonly Finding[] {
  const findings = [
    ...inputs.requirements.flatMap((root) => checkRoot(lock, root, targets, true)),
    ...inputs.constraints.flatMap((root) => checkRoot(lock, root, targets, false)),
  ];
  if (inputs.digest === null || lock.inputsDigest === null || inputs.digest === lock.inputsDigest)
    return findings;
  const message = `the lock was made from other inputs or options (${lock.inputsDigest}, now ${inputs.digest}): lock anew`;
  return [finding('inputs-changed', null, message), ...findings];
}

function checkRoot(
  lock: LockedSet,
  { requirement, origin }: RootRequirement,
  targets: readonly Target[],
  isNeeded: boolean,
): readonly Finding[] {
  const name = normalizeName(requirement.name);
  const entries = lock.packages.filter((item) => item.name === name);
  const where = origin.line === null ? origin.source : `${origin.source}:${origin.line}`;
  const wrong = relevant(lock, entries, requirement, targets).filter((item) => !meets(item, requirement));
  const notMet = wrong.map((item) => {
    const verb = isNeeded ? 'asks for' : 'allows only';
    return finding(
      'requirement-not-met',
      item,
      `${where} ${verb} ${requirement.text}, and ${label(item)} is locked`,
      origin,
    );
  });
  const lacks = isNeeded ? missingOn(lock, entries, requirement, targets) : null;
  if (lacks === null) return notMet;
  const message = `${where} asks for ${requirement.text}, and the lock has no ${name}${lacks}`;
  return [finding('requirement-missing', { name, version: null }, message, origin), ...notMet];
}

/** The entries that some environment gets because of, or beside, the requirement. */
function relevant(
  lock: LockedSet,
  entries: readonly LockedPackage[],
  requirement: Requirement,
  targets: readonly Target[],
): readonly LockedPackage[] {
  if (targets.length === 0) return requirement.marker === null ? entries : [];
  const active = targets.filter((target) => isActive(requirement, target));
  return entries.filter((item) => active.some((target) => holdsOn(lock, item, target)));
}

/** Null: nothing is missing. Else where, as the end of a sentence. */
function missingOn(
  lock: LockedSet,
  entries: readonly LockedPackage[],
  requirement: Requirement,
  targets: readonly Target[],
): string | null {
  if (targets.length === 0) return entries.length > 0 || requirement.marker !== null ? null : '';
  const lacking = targets.filter(
    (target) => isActive(requirement, target) && !entries.some((item) => holdsOn(lock, item, target)),
  );
  if (lacking.length === 0) return null;
  if (lacking.length === targets.length) return '';
  return ` for ${lacking.map(({ python, platform }) => `Python ${python} on ${platform}`).join(', ')}`;
}

function isActive({ marker }: Requirement, target: Target): boolean {
  return marker === null || evaluateMarker(marker, target.environment);
}

/** A direct reference is met by its URL, which a version does not tell: then only the kind of source counts. */
function meets(item: LockedPackage, requirement: Requirement): boolean {
  if (requirement.url !== null) return item.source.kind !== 'index';
  const version = tryParseVersion(item.version ?? '');
  if (version === null) return item.source.kind !== 'index' || requirement.specifier.specifiers.length === 0;
  return specifierSetContains(requirement.specifier, version, { prereleases: true });
}
