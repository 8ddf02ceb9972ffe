import { isDeepStrictEqual } from 'node:util';
import {
  evaluateMarker,
  normalizeName,
  parseIndexRequirement,
  parseVersion,
  type Requirement,
  specifierSetContains,
  type Version,
} from '@pyplan/markers';
import type { IndexFile, Plan, PlannedPackage } from '@pyplan/resolver';
import { type CandidateRules, candidateFaults, passedOverStable } from './candidate.ts';
import type { Choice } from './choice.ts';
import type { IndexFacts } from './index-facts.ts';
import type { JudgeTarget } from './target.ts';

/** What a plan is judged against. */
export interface PlanCase extends CandidateRules {
  readonly requirements: readonly Requirement[];
  readonly constraints: readonly Requirement[];
  readonly facts: IndexFacts;
}

interface Judged<C extends Choice = Choice> {
  readonly planned: C;
  readonly version: Version;
  readonly requires: readonly Requirement[];
  /** `""` and each extra asked of it. */
  readonly extras: Set<string>;
  /** Active requirements on it, the user's and the other packages'. */
  readonly asks: Requirement[];
  /** Normalised names of the packages that its active requirements reach, itself left out. */
  readonly reaches: Set<string>;
}

/**
 * What is wrong with a plan, told from the index alone: nothing where it is valid.
 *
 * Beside what `judgeChoices` looks at, what the plan says of itself (extras, requirements, demands,
 * order) is so.
 */
export function judgePlan(plan: Plan, against: PlanCase): readonly string[] {
  const { chosen, wrong } = judge(plan.packages, against);
  if (wrong.length > 0) return wrong;
  const names = plan.packages.map(({ name }) => name);
  const faults = isDeepStrictEqual(names, names.toSorted()) ? [] : ['packages are not sorted by name'];
  for (const judged of chosen.values()) faults.push(...claimFaults(judged, chosen));
  return faults;
}

/**
 * What is wrong with a choice of versions and files, told from the index alone.
 *
 * Every active requirement and constraint is met, nothing is superfluous, and each file stands on
 * the page with those hashes, may be installed on the target and is the best that may.
 */
export function judgeChoices(choices: readonly Choice[], against: PlanCase): readonly string[] {
  return judge(choices, against).wrong;
}

function judge<C extends Choice>(
  choices: readonly C[],
  against: PlanCase,
): { readonly chosen: ReadonlyMap<string, Judged<C>>; readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  const chosen = new Map<string, Judged<C>>();
  for (const planned of choices) {
    if (planned.name !== normalizeName(planned.name)) wrong.push(`${planned.name} is not normalised`);
    if (chosen.has(planned.name)) wrong.push(`${planned.name} is there twice`);
    const judged = readPackage(planned, against, wrong);
    if (judged !== null) chosen.set(planned.name, judged);
  }
  if (wrong.length > 0) return { chosen, wrong };

  follow(chosen, against, wrong);
  for (const judged of chosen.values()) {
    const { planned, version, asks } = judged;
    const files = against.facts.files(planned.name) ?? [];
    wrong.push(...candidateFaults(planned, version, files, asks, against));
    for (const file of passedOverStable(planned, version, files, asks, against)) {
      if (!wouldDo(file, judged, chosen, against)) continue;
      wrong.push(`${planned.name} ${planned.version} is a pre-release, and ${file.filename} would do`);
    }
  }
  return { chosen, wrong };
}

function readPackage<C extends Choice>(planned: C, { facts }: PlanCase, wrong: string[]): Judged<C> | null {
  const { name, file } = planned;
  const listed = facts.files(name)?.find((known) => known.file.filename === file.filename);
  if (listed === undefined) {
    wrong.push(`${name}: ${file.filename} is not on the page`);
    return null;
  }
  if (!isDeepStrictEqual(comparable(file), comparable(listed.file))) {
    wrong.push(`${name}: ${file.filename} differs from what the page says of it`);
  }
  const metadata = facts.metadata(name, file.filename);
  if (metadata === null) {
    wrong.push(`${name}: ${file.filename} has no metadata`);
    return null;
  }
  return {
    planned,
    version: parseVersion(planned.version),
    requires: metadata.requiresDist.map((line) => parseIndexRequirement(line).requirement),
    extras: new Set(),
    asks: [],
    reaches: new Set(),
  };
}

/** Whether the plan meets all that another file of a package would require in its place. */
function wouldDo(
  { filename }: IndexFile,
  { planned, extras }: Judged,
  chosen: ReadonlyMap<string, Judged>,
  { facts, target }: PlanCase,
): boolean {
  const lines = facts.metadata(planned.name, filename)?.requiresDist ?? [];
  const requirements = lines.map((line) => parseIndexRequirement(line).requirement);
  return requirements.every((requirement) => {
    if (![...extras].some((extra) => holds(requirement, target, extra))) return true;
    const met = chosen.get(normalizeName(requirement.name));
    if (met === undefined || !meets(met, requirement)) return false;
    return requirement.extras.every((extra) => met.extras.has(normalizeName(extra)));
  });
}

/** What of a file must stand as the page has it. */
function comparable(file: IndexFile): unknown {
  const { filename, url, hashes, size, uploadTime, requiresPython, yanked } = file;
  return { filename, url, hashes: { ...hashes }, size, uploadTime, requiresPython, yanked };
}

/** Walks from the user's requirements through the metadata of what was chosen. */
function follow(chosen: ReadonlyMap<string, Judged>, against: PlanCase, wrong: string[]): void {
  const agenda: [judged: Judged, extra: string][] = [];
  const want = (asker: Judged | null, requirement: Requirement): void => {
    const name = normalizeName(requirement.name);
    const who = asker === null ? 'the user' : `${asker.planned.name} ${asker.planned.version}`;
    const judged = chosen.get(name);
    if (judged === undefined) {
      wrong.push(`${who} needs ${name}, which is absent`);
      return;
    }
    if (asker !== null && asker !== judged) asker.reaches.add(name);
    judged.asks.push(requirement);
    if (!meets(judged, requirement)) {
      wrong.push(`${who} asks for ${requirement.text}, has ${judged.planned.version}`);
    }
    for (const extra of ['', ...requirement.extras.map(normalizeName)]) {
      if (judged.extras.has(extra)) continue;
      judged.extras.add(extra);
      agenda.push([judged, extra]);
    }
  };
  for (const requirement of against.requirements) {
    if (holds(requirement, against.target, '')) want(null, requirement);
  }
  for (let next = agenda.pop(); next !== undefined; next = agenda.pop()) {
    const [judged, extra] = next;
    for (const requirement of judged.requires) {
      if (holds(requirement, against.target, extra)) want(judged, requirement);
    }
  }
  for (const constraint of against.constraints) {
    const judged = chosen.get(normalizeName(constraint.name));
    if (judged === undefined || !holds(constraint, against.target, '')) continue;
    if (!meets(judged, constraint)) {
      wrong.push(`the constraint ${constraint.text} does not take ${judged.planned.version}`);
    }
  }
  for (const { planned, extras } of chosen.values()) {
    if (extras.size === 0) wrong.push(`${planned.name} is superfluous`);
  }
}

function meets({ planned, version }: Judged, requirement: Requirement): boolean {
  if (requirement.url !== null) return planned.file.url === requirement.url;
  return specifierSetContains(requirement.specifier, version, { prereleases: true });
}

function holds(requirement: Requirement, target: JudgeTarget, extra: string): boolean {
  return requirement.marker === null || evaluateMarker(requirement.marker, target.environment, extra);
}

/** What a package of the plan says of itself that is not so. */
function claimFaults(judged: Judged<PlannedPackage>, chosen: ReadonlyMap<string, Judged>): readonly string[] {
  const { planned } = judged;
  const wrong: string[] = [];
  const extras = [...judged.extras].filter((extra) => extra !== '').sort();
  if (!isDeepStrictEqual(planned.extras, extras)) {
    wrong.push(`${planned.name} has the extras [${extras}], the plan says [${planned.extras}]`);
  }
  const reached = [...judged.reaches].sort();
  const claimed = [...new Set(planned.requires.map(({ name }) => name))].sort();
  if (!isDeepStrictEqual(claimed, reached)) {
    wrong.push(`${planned.name} requires [${reached}], the plan says [${claimed}]`);
  }
  if (planned.demands.length === 0) wrong.push(`${planned.name} has no demand`);
  for (const { from, text } of planned.demands) {
    if (from === null) continue;
    if (chosen.get(from)?.reaches.has(planned.name) !== true) {
      wrong.push(`${planned.name}: the plan says that ${from} demands it (${text})`);
    }
  }
  return wrong;
}
