import { compareVersions, normalizeName, tryParseVersion, type Version } from '@pyplan/markers';
import type { Evidence, EvidenceFile, EvidencePackage, EvidencePlan } from '@pyplan/resolver';
import { tryParseDistributionFilename } from '@pyplan/wheel-meta';
import { type Ask, type Asked, inForce } from './asked.ts';
import type { Candidates } from './candidates.ts';
import { insist, present } from './fault.ts';

/** How much of a plan was checked. */
export interface CheckedPlan {
  readonly packages: number;
  /** Requirements in force, the user's and the packages'. */
  readonly edges: number;
}

interface Chosen {
  readonly told: EvidencePackage;
  readonly version: Version;
  readonly file: EvidenceFile;
  readonly lines: readonly (Ask | null)[];
  /** `name version` for people. */
  readonly label: string;
}

/**
 * Checks that a plan is one: every requirement in force is met, the user's and those of each package; each file is
 * one that the target can take; no constraint is broken, and nothing is there that nothing asks for.
 *
 * @throws EvidenceFault for the first thing that is not so.
 */
export function checkPlan(
  { packages }: EvidencePlan,
  projects: Evidence['projects'],
  asked: Asked,
  candidates: Candidates,
): CheckedPlan {
  const chosen = new Map<string, Chosen>();
  let last = '';
  for (const told of packages) {
    insist(told.name > last, () => `${told.name} is not in its place: packages are sorted, each once`);
    last = told.name;
    chosen.set(told.name, chosenOf(told, projects, asked, candidates));
  }
  const demanded = follow(chosen, asked);
  let edges = asked.requirements.filter((ask) => ask !== null).length;
  for (const { told, version, lines, label } of chosen.values()) {
    const extras = present(demanded.get(told.name), () => `${label} is superfluous: nothing asks for it`);
    const force = inForce(asked, { project: told.name, version }, lines, [...extras]);
    const all = [...force.extras].sort();
    insist(same(told.extras, all), () => `${label} has the extras [${all}], not [${told.extras}]`);
    insist(same(told.active, force.active), () => {
      const wrong = [...told.active, ...force.active].find(
        (place) => told.active.includes(place) !== force.active.includes(place),
      );
      const text = JSON.stringify(lines[wrong ?? -1]?.text ?? '');
      return `${label}: whether its requirement ${text} is in force is told wrongly`;
    });
    edges += told.active.length;
  }
  for (const constraint of asked.constraints) {
    if (constraint === null) continue;
    const constrained = chosen.get(constraint.project);
    if (constrained !== undefined) insistMet(constraint, constrained, asked, 'the constraint');
  }
  return { packages: packages.length, edges };
}

function chosenOf(
  told: EvidencePackage,
  projects: Evidence['projects'],
  asked: Asked,
  candidates: Candidates,
): Chosen {
  const { name } = told;
  const label = `${name} ${told.version}`;
  insist(name === normalizeName(name), () => `the name ${name} is not normalised`);
  const project = present(projects[asked.keyOf(name)], () => `${label}: nothing is told of the project`);
  insist(project.status !== 'absent', () => `${label}: there is no such project`);
  insist(project.status !== 'quarantined', () => `${label}: the project is quarantined`);
  const version = present(tryParseVersion(told.version), () => `${label} is no version`);
  insist(told.version === version.text, () => `${label}: the version is not in its normal form`);
  const file = present(project.files[told.file], () => `${label}: nothing is told of ${told.file}`);
  insistFile(label, name, told.file, file, version, candidates);
  insist(file.complete, () => `${told.file}: not all of its requirements are told`);
  insist(
    file.yanked === null || asked.allowsYanked(name, version),
    () => `${label} is yanked, and nothing pins it`,
  );
  insist(asked.allowsPrerelease(name, version), () => `${label} is a pre-release, and none was asked for`);
  const lines = file.requires.map(asked.fromIndex);
  const unread = lines.indexOf(null);
  insist(unread < 0, () => `${told.file}: its requirement ${file.requires[unread]} can't be read`);
  const foreign = candidates.foreign(lines, { project: name, version });
  insist(foreign === null, () => `${told.file} asks for ${foreign?.text}, which is not the user's URL`);
  return { told, version, file, lines, label };
}

/** Checks that a file is of a version, and that the target can take it. @throws EvidenceFault */
export function insistFile(
  label: string,
  name: string,
  filename: string,
  file: EvidenceFile,
  version: Version,
  candidates: Candidates,
): void {
  const parsed = tryParseDistributionFilename(filename, name);
  insist(
    parsed.kind !== 'other' &&
      compareVersions(parsed.version, version) === 0 &&
      file.version === version.text,
    () => `${filename} is no file of ${label}`,
  );
  const against = candidates.againstFile(name, filename, file);
  insist(against === null, () => `${filename} does not fit the target: ${against?.join(' ')}`);
  const { requiresPython, metadataPython } = file;
  insist(
    requiresPython !== null || metadataPython === null || candidates.admitsPython(metadataPython),
    () => `${filename} requires Python ${metadataPython}`,
  );
}

/** Walks from the user's lines through the packages; gives the extras asked of each that is reached. */
function follow(chosen: ReadonlyMap<string, Chosen>, asked: Asked): ReadonlyMap<string, ReadonlySet<string>> {
  const demanded = new Map<string, Set<string>>();
  const agenda: string[] = [];
  const meet = (ask: Ask, who: string): void => {
    const met = present(chosen.get(ask.project), () => `${who} needs ${ask.text}, which is absent`);
    insistMet(ask, met, asked, who);
    const extras = demanded.get(ask.project) ?? new Set();
    const isNew = !demanded.has(ask.project) || ask.extras.some((extra) => !extras.has(extra));
    for (const extra of ask.extras) extras.add(extra);
    demanded.set(ask.project, extras);
    if (isNew) agenda.push(ask.project);
  };
  for (const ask of asked.requirements) {
    if (ask !== null) for (const each of asked.effective(ask, null)) meet(each, 'the user');
  }
  for (let name = agenda.pop(); name !== undefined; name = agenda.pop()) {
    const next = chosen.get(name);
    if (next === undefined) continue;
    const { lines, label, version } = next;
    const by = { project: name, version };
    const { active } = inForce(asked, by, lines, [...(demanded.get(name) ?? [])]);
    const own = active.flatMap((place) => {
      const ask = lines[place] ?? null;
      return ask === null ? [] : asked.effective(ask, by);
    });
    for (const ask of [...own, ...asked.additions(by, lines)]) meet(ask, label);
  }
  return demanded;
}

function insistMet(ask: Ask, { version, label }: Chosen, asked: Asked, who: string): void {
  const isMet = ask.url === null ? ask.admits(version) : asked.directUrl(ask.project) === ask.url;
  insist(isMet, () => `${who} asks for ${ask.text}, and ${label} is there`);
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
