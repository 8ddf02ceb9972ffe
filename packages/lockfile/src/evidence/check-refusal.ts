import { tryParseVersion, type Version } from '@pyplan/markers';
import type { Evidence, EvidenceRefusal, EvidenceStep } from '@pyplan/resolver';
import { type Ask, type Asked, type Asking, inForce } from './asked.ts';
import type { Candidates } from './candidates.ts';
import { insistFile } from './check-plan.ts';
import { absent, anything, bitsOf, type Clause, follows, type Subject } from './clause.ts';
import { EvidenceFault, insist, present } from './fault.ts';

/** How much of a refusal was checked. */
export interface CheckedRefusal {
  readonly steps: number;
  readonly projects: number;
}

/** A project of the proof. */
interface World {
  readonly key: string;
  readonly versions: readonly Version[];
  /** Those that are no candidates. */
  readonly excluded: bigint;
}

/**
 * Checks the proof that there is no plan: each fact by what is told of the projects, each further step by unit
 * propagation over those it names, and that the last one leaves nothing.
 *
 * @throws EvidenceFault for the first thing that is not so.
 */
export function checkRefusal(
  refusal: EvidenceRefusal,
  projects: Evidence['projects'],
  asked: Asked,
  candidates: Candidates,
): CheckedRefusal {
  const worlds = new Map<string, World>();
  const subjects = new Map<string, Subject>();
  const admitted = new Map<string, bigint>();

  function worldOf(project: string): World {
    const known = worlds.get(project);
    if (known !== undefined) return known;
    const world = readWorld(project, refusal, projects, asked, candidates);
    worlds.set(project, world);
    return world;
  }

  function subjectOf(name: string): Subject {
    const known = subjects.get(name);
    if (known !== undefined) return known;
    const match = present(/^([^[\]]+)(?:\[([^[\]]+)\])?$/.exec(name), () => `${name} is no package`);
    const [, project = '', extra = null] = match;
    const subject = { project, extra, count: worldOf(project).versions.length };
    subjects.set(name, subject);
    return subject;
  }

  /** Versions that a requirement admits. */
  function admits({ project, url, clauses, admits: takes }: Ask): bigint {
    if (url !== null && url !== asked.directUrl(project)) return 0n;
    const { versions, key } = worldOf(project);
    const text = `${key} ${url ?? clauses}`;
    const known = admitted.get(text);
    if (known !== undefined) return known;
    let bits = 0n;
    versions.forEach((version, place) => {
      if (url !== null || takes(version)) bits |= 1n << BigInt(place);
    });
    admitted.set(text, bits);
    return bits;
  }

  /** Whether one of the requirements asks for the subject within `allowed`. */
  function asks(list: readonly Ask[], name: string, allowed: bigint): boolean {
    const [, project, extra = null] = /^([^[]+)(?:\[(.*)\])?$/.exec(name) ?? [];
    return list.some(
      (ask) =>
        ask.project === project &&
        (extra === null || ask.extras.includes(extra)) &&
        (admits(ask) & ~allowed) === 0n,
    );
  }

  function outside(name: string, allowed: readonly number[]): readonly (readonly [string, bigint])[] {
    // Whatever is chosen is outside of nothing, also where nothing is told of the project.
    return allowed.length === 0 ? [] : [[name, anything(subjectOf(name)) & ~setBits(name, allowed)]];
  }

  function setBits(name: string, set: readonly number[]): bigint {
    const bits = bitsOf(set);
    insist(bits < absent(subjectOf(name)), () => `${name} has no version ${set.at(-1)}`);
    return bits;
  }

  function requires(step: EvidenceStep & { readonly rule: 'requires' }): Clause {
    const { package: name, versions, on, allowed } = step;
    const { project, extra } = subjectOf(name);
    const world = worldOf(project);
    const bits = setBits(name, versions);
    for (let place = 0; place < world.versions.length; place++) {
      if (((bits & ~world.excluded) >> BigInt(place)) % 2n === 0n) continue;
      const { lines, isComplete, by } = linesOf(world, project, place, refusal, projects, asked, candidates);
      const { active } = inForce(asked, by, lines, extra === null ? [] : [extra]);
      // Only of all that a version asks can be seen what it does not ask for.
      const list = [
        ...active.flatMap((index) => lines[index] ?? []).flatMap((ask) => asked.effective(ask, by)),
        ...(isComplete && extra === null ? asked.additions(by, lines) : []),
      ];
      insist(
        asks(list, on, allowed.length === 0 ? 0n : setBits(on, allowed)),
        () => `${project} ${world.versions[place]?.text} does not ask for ${on} as the proof says`,
      );
    }
    return new Map([[name, bits], ...outside(on, allowed)]);
  }

  function clauseOf(step: EvidenceStep, told: readonly Clause[]): Clause {
    switch (step.rule) {
      case 'required': {
        const ask = asked.requirements[step.line];
        const holds =
          ask !== null &&
          ask !== undefined &&
          asks(asked.effective(ask, null), step.package, bitsOf(step.allowed));
        insist(
          holds,
          () => `line ${step.line} of the inputs does not ask for ${step.package} as the proof says`,
        );
        return new Map(outside(step.package, step.allowed));
      }
      case 'requires':
        return requires(step);
      case 'excluded': {
        const bits = setBits(step.package, step.versions);
        const world = worldOf(subjectOf(step.package).project);
        insist(
          (bits & ~world.excluded) === 0n,
          () => `${step.package} has candidates that the proof leaves out`,
        );
        return new Map([[step.package, bits]]);
      }
      case 'constrained': {
        const bits = setBits(step.package, step.versions);
        const { project } = subjectOf(step.package);
        const lines = step.lines.map((line) =>
          present(asked.constraints[line], () => `the constraint ${line} is not there, or does not hold`),
        );
        const free = lines
          .filter((constraint) => constraint.project === project)
          .reduce((left, constraint) => left & admits(constraint), bits);
        insist(free === 0n, () => `no constraint forbids what the proof says of ${step.package}`);
        return new Map([[step.package, bits]]);
      }
      case 'follows': {
        const clause = conclusionOf(step);
        const from = step.from.map((place) =>
          present(told[place], () => `a step rests on step ${place}, which does not come before it`),
        );
        insist(follows(clause, from, subjectOf), () => 'it does not follow from what it names');
        return clause;
      }
    }
  }

  function conclusionOf(step: EvidenceStep & { readonly rule: 'follows' }): Clause {
    const terms = new Map<string, bigint>();
    for (const [name, set] of Object.entries(step.in)) terms.set(name, setBits(name, set));
    for (const [name, set] of Object.entries(step.out)) {
      insist(!terms.has(name), () => `${name} is told of twice`);
      terms.set(name, anything(subjectOf(name)) & ~setBits(name, set));
    }
    return terms;
  }

  const told: Clause[] = [];
  refusal.steps.forEach((step, place) => {
    try {
      told.push(clauseOf(step, told));
    } catch (error) {
      if (!(error instanceof EvidenceFault)) throw error;
      throw new EvidenceFault(`step ${place} of the proof: ${error.message}`);
    }
  });
  insist(told.at(-1)?.size === 0, () => 'the proof does not end in a contradiction');
  insist(refusal.steps.at(-1)?.rule === 'follows', () => 'the proof does not end in a contradiction');
  for (const key of [...Object.keys(refusal.excluded), ...Object.keys(refusal.files)]) {
    insist(
      [...worlds.values()].some((world) => world.key === key),
      () => `the proof has nothing to do with ${key}`,
    );
  }
  return { steps: refusal.steps.length, projects: worlds.size };
}

function readWorld(
  project: string,
  { excluded }: EvidenceRefusal,
  projects: Evidence['projects'],
  asked: Asked,
  candidates: Candidates,
): World {
  const key = asked.keyOf(project);
  const told = present(projects[key], () => `nothing is told of ${key}`);
  const texts = present(told.versions, () => `the versions of ${key} are not told`);
  insist(told.status !== 'absent' || texts.length === 0, () => `${key} is absent, and has versions`);
  const versions = texts.map((text) =>
    present(tryParseVersion(text), () => `${key}: ${JSON.stringify(text)} is no version`),
  );
  const none = 1n << BigInt(versions.length);
  let all = 0n;
  for (const { versions: set, because } of excluded[key] ?? []) {
    const bits = bitsOf(set);
    insist(bits < none, () => `${key} has no version ${set.at(-1)}`);
    insist((all & bits) === 0n, () => `${key}: a version is passed over twice`);
    insist(because.length > 0, () => `${key}: versions are passed over without a reason`);
    all |= bits;
    versions.forEach((version, place) => {
      if ((bits >> BigInt(place)) % 2n === 0n) return;
      for (const reason of because) {
        insist(
          candidates.holds(reason, project, version, told.status),
          () => `${key} ${texts[place]} is passed over, but not for this: ${reason.join(' ')}`,
        );
      }
    });
  }
  return { key, versions, excluded: all };
}

/** The requirements of a version, out of the file that counts for the target. */
function linesOf(
  { key, versions }: World,
  project: string,
  place: number,
  { files }: EvidenceRefusal,
  projects: Evidence['projects'],
  asked: Asked,
  candidates: Candidates,
): { readonly lines: readonly (Ask | null)[]; readonly isComplete: boolean; readonly by: Asking } {
  const version = present(versions[place], () => `${key} has no version ${place}`);
  const label = `${project} ${version.text}`;
  const filename = present(files[key]?.[place], () => `${label}: it is not told which file counts`);
  const file = present(projects[key]?.files[filename], () => `${label}: nothing is told of ${filename}`);
  insistFile(label, project, filename, file, version, candidates);
  const lines = file.requires.map(asked.fromIndex);
  return { lines, isComplete: file.complete, by: { project, version } };
}
