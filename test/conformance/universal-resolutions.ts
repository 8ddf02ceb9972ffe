import {
  compareVersions,
  evaluateMarker,
  normalizeName,
  parseRequirement,
  parseVersion,
  type Requirement,
} from '@pyplan/markers';
import {
  type PackageSource,
  releasedPythons,
  resolve,
  resolveUniversal,
  target,
  type UniversalLock,
  type UniversalRequest,
  universalPlatforms,
} from '@pyplan/resolver';
import { bestFile } from '../support/judge/best-file.ts';
import type { Choice } from '../support/judge/choice.ts';
import type { IndexFacts } from '../support/judge/index-facts.ts';
import { judgeChoices, type PlanCase } from '../support/judge/plan.ts';
import { covers, projectLock } from '../support/judge/projection.ts';
import { judgeTarget } from '../support/judge/target.ts';
import { conformanceOptions } from '../support/requests.ts';
import type { RequirementSet } from '../support/requirement-set.ts';
import type { ExpectedPlan } from './expected-plan.ts';

/** What of a universal lock holds: plans of single targets that the judge calls valid. */
export interface UniversalStanding {
  readonly failure: string | null;
  readonly targets: number;
  readonly valid: number;
  /** Targets that the lock says it does not cover, each shown to have no plan alone. */
  readonly uncovered: number;
  /** Pins with their markers. */
  readonly lines: number;
  /** Targets on which the recorded pins are valid, each with the best file of its version; null: there are none. */
  readonly recordedValid: number | null;
}

interface Place {
  readonly python: string;
  readonly platform: string;
}

/**
 * A universal lock of a set, put to the judge on each Python from the recorded lower bound on, on each of
 * the usual platforms: valid, or uncovered and without a plan alone. Pins may differ from the recorded ones.
 */
export async function universalResolution(
  set: RequirementSet,
  expected: ExpectedPlan,
  source: PackageSource,
  facts: IndexFacts,
): Promise<UniversalStanding> {
  const request: UniversalRequest = {
    ...set,
    overrides: [],
    source,
    options: { ...conformanceOptions, mode: expected.mode, excludeNewer: expected.cutoff, onlyBinary: 'all' },
    requiresPython: `>=${expected.python}`,
    platforms: null,
  };
  const places = placesFrom(expected.python);
  const caseOf = ({ python, platform }: Place): PlanCase => ({
    requirements: set.requirements.map(({ requirement }) => requirement),
    constraints: set.constraints.map(({ requirement }) => requirement),
    target: judgeTarget(python, platform),
    facts,
    onlyBinary: 'all',
    noBinary: new Set(),
    excludeNewer: expected.cutoff,
    allowPrereleases: false,
  });
  const recorded = expected.lines.length === 0 ? null : expected.lines.map(parseRequirement);
  const recordedValid =
    recorded === null ? null : places.filter((place) => pinsAreValid(recorded, caseOf(place))).length;

  const resolution = await resolveUniversal(request);
  const lock = resolution.status === 'resolved' ? resolution.lock : null;
  const faults: string[] = [];
  let uncovered = 0;
  for (const place of places) {
    const against = caseOf(place);
    if (lock !== null && covers(lock, against.target)) {
      const wrong = lockFaults(lock, against, place);
      if (wrong.length > 0) faults.push(`${place.python} on ${place.platform}: ${firstFew(wrong)}`);
      continue;
    }
    uncovered += 1;
    const fault = await uncoveredFault(request, lock, place);
    if (fault !== null) faults.push(`${place.python} on ${place.platform} ${fault}`);
  }
  const valid = places.length - uncovered - faults.length;
  return {
    failure: faults.length === 0 ? null : faults.join('; '),
    targets: places.length,
    valid,
    uncovered,
    lines: lock?.packages.length ?? 0,
    recordedValid,
  };
}

function firstFew(faults: readonly string[]): string {
  return `${faults.slice(0, 3).join(', ')}${faults.length > 3 ? ` and ${faults.length - 3} more` : ''}`;
}

function placesFrom(python: string): readonly Place[] {
  const from = releasedPythons.indexOf(python);
  return releasedPythons
    .slice(from)
    .flatMap((each) => universalPlatforms.map((platform) => ({ python: each, platform })));
}

function lockFaults(lock: UniversalLock, against: PlanCase, { python, platform }: Place): readonly string[] {
  const told = lock.uncovered.some((each) => each.python === python && each.platform === platform);
  if (told) return ['is covered, and listed as uncovered'];
  const { choices, missing } = projectLock(lock, against.target);
  return [...missing, ...judgeChoices(choices, against)];
}

/** What is wrong with leaving a target out: it is not told, or it has a plan alone. */
async function uncoveredFault(
  request: UniversalRequest,
  lock: UniversalLock | null,
  { python, platform }: Place,
): Promise<string | null> {
  const told = lock?.uncovered.some(
    (each) => each.platform === platform && each.python === python && each.reason !== '',
  );
  if (told === false) return 'is left out, and not listed as uncovered';
  const alone = await resolve({ ...request, targets: [target(python, platform)] });
  return alone.status === 'resolved' ? 'is uncovered, though it has a plan alone' : null;
}

/** Whether recorded lines, projected to a target, are a valid plan with the best file of each version. */
function pinsAreValid(lines: readonly Requirement[], against: PlanCase): boolean {
  const choices: Choice[] = [];
  for (const { name, specifier, marker } of lines) {
    if (marker !== null && !evaluateMarker(marker, against.target.environment)) continue;
    const [clause] = specifier.specifiers;
    const version = parseVersion(clause?.version?.text ?? '');
    const normalised = normalizeName(name);
    const files = (against.facts.files(normalised) ?? []).flatMap((listed) =>
      listed.version !== null && compareVersions(listed.version, version) === 0 ? [listed.file] : [],
    );
    const wheels = files.filter(({ filename }) => filename.endsWith('.whl'));
    const file = bestFile(wheels, against.target);
    if (file === null) return false;
    choices.push({ name: normalised, version: version.text, file });
  }
  return judgeChoices(choices, against).length === 0;
}
