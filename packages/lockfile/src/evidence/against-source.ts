import { parseVersion } from '@pyplan/markers';
import type {
  Evidence,
  EvidenceFile,
  EvidenceReason,
  EvidenceRefusal,
  EvidenceTarget,
  IndexFile,
  PackageSource,
  ProjectPage,
} from '@pyplan/resolver';
import type { Asked } from './asked.ts';
import type { Candidates } from './candidates.ts';
import { insist, present } from './fault.ts';

/** How much was compared with what is really there. */
export interface CheckedSource {
  readonly pages: number;
  readonly metadata: number;
}

/** A target with its rules. */
export interface JudgedTarget {
  readonly target: EvidenceTarget;
  readonly asked: Asked;
  readonly candidates: Candidates;
}

/**
 * Compares what an evidence says of pages and metadata with what a source says of them: their digests, versions,
 * files and requirements; that each file is the one that an installer takes, and why others are passed over.
 *
 * @throws EvidenceFault for the first thing that is not so; SourceError where the source fails.
 */
export async function checkSource(
  evidence: Evidence,
  targets: readonly JudgedTarget[],
  source: PackageSource,
  signal?: AbortSignal,
): Promise<CheckedSource> {
  const pages = new Map<string, ProjectPage | null>();
  let metadata = 0;
  for (const [key, project] of Object.entries(evidence.projects)) {
    const [name = '', url] = key.split(' @ ');
    const page = await (url === undefined ? source.page(name, signal) : source.direct(name, url, signal));
    pages.set(key, page);
    comparePage(key, project, page);
    if (page === null) continue;
    for (const [filename, file] of Object.entries(project.files)) {
      await compareFile(filename, file, page, source, signal);
      metadata++;
    }
  }
  for (const judged of targets) await compareTarget(judged, pages, source, signal);
  return { pages: pages.size, metadata };
}

function comparePage(key: string, project: Evidence['projects'][string], page: ProjectPage | null): void {
  const status = page === null ? 'absent' : page.status.kind;
  insist(project.status === status, () => `the project ${key} is ${status}, not ${project.status}`);
  const digest = page?.digest ?? null;
  insist(project.page === digest, () => `the page of ${key} is another one: ${digest}, not ${project.page}`);
  if (project.versions === null) return;
  const there = page?.versions.map(({ text }) => text) ?? [];
  insist(sameList(project.versions, there), () => {
    const told = new Set(project.versions);
    const other =
      there.find((text) => !told.has(text)) ?? project.versions?.find((text) => !there.includes(text));
    return `the versions of ${key} are others: see ${other ?? 'their order'}`;
  });
}

async function compareFile(
  filename: string,
  told: EvidenceFile,
  page: ProjectPage,
  source: PackageSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  const file = present(
    fileOf(page, told.version, filename),
    () => `the page of ${page.name} has no ${filename}`,
  );
  const fields = ['size', 'uploadTime', 'requiresPython', 'yanked'] as const;
  for (const field of fields) {
    insist(
      told[field] === file[field],
      () => `${filename}: its ${field} is ${file[field]}, not ${told[field]}`,
    );
  }
  insist(sameRecord(told.hashes, file.hashes), () => `${filename} has other hashes`);
  const answer = await source.metadata(page, file, signal);
  if (answer.kind !== 'metadata') return insist(false, () => `${filename} has no metadata`);
  const { digest, requiresPython, requiresDist } = answer.metadata;
  insist(
    told.metadata === digest,
    () => `the metadata of ${filename} is another: ${digest}, not ${told.metadata}`,
  );
  insist(told.metadataPython === requiresPython, () => `${filename} requires Python ${requiresPython}`);
  const lines = told.complete ? requiresDist : requiresDist.filter((line) => told.requires.includes(line));
  insist(sameList(told.requires, lines), () => {
    const wrong = told.requires.find((line) => !requiresDist.includes(line));
    return wrong === undefined
      ? `${filename} has requirements that are not told`
      : `${filename} does not require ${wrong}`;
  });
}

function fileOf(page: ProjectPage, text: string, filename: string): IndexFile | undefined {
  return filesOf(page, text).find((file) => file.filename === filename);
}

function filesOf(page: ProjectPage, text: string): readonly IndexFile[] {
  const place = page.versions.findIndex((version) => version.text === text);
  return place < 0 ? [] : page.filesOf(place);
}

async function compareTarget(
  judged: JudgedTarget,
  pages: ReadonlyMap<string, ProjectPage | null>,
  source: PackageSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { plan, refusal } = judged.target;
  for (const { name, version, file } of plan?.packages ?? []) {
    const page = pages.get(judged.asked.keyOf(name)) ?? null;
    const best = page === null ? null : bestFile(judged, page, filesOf(page, version));
    insist(best?.filename === file, () => `an installer takes ${best?.filename ?? 'nothing'}, not ${file}`);
  }
  if (refusal !== undefined) await compareRefusal(judged, refusal, pages, source, signal);
}

async function compareRefusal(
  judged: JudgedTarget,
  { files, excluded }: EvidenceRefusal,
  pages: ReadonlyMap<string, ProjectPage | null>,
  source: PackageSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const [key, byPlace] of Object.entries(files)) {
    const page = present(pages.get(key), () => `the index has no ${key}`);
    for (const [place, filename] of Object.entries(byPlace)) {
      const best = bestFile(judged, page, page.filesOf(Number(place)));
      insist(
        best?.filename === filename,
        () => `an installer takes ${best?.filename ?? 'nothing'}, not ${filename}`,
      );
    }
  }
  for (const [key, groups] of Object.entries(excluded)) {
    const page = present(pages.get(key), () => `the index has no ${key}`);
    for (const { versions, because } of groups) {
      for (let i = 0; i < versions.length; i += 2) {
        for (let place = versions[i] ?? 0; place < (versions[i + 1] ?? 0); place++) {
          const found = await reasonsAgainst(judged, page, place, source, signal);
          insist(JSON.stringify(found) === JSON.stringify(because), () => {
            const told = found.length === 0 ? 'is a candidate' : `is passed over for ${found.join('; ')}`;
            return `${key} ${page.versions[place]?.text} ${told}, which is not what the evidence says`;
          });
        }
      }
    }
  }
}

/** What speaks against a version; empty where it is a candidate. */
async function reasonsAgainst(
  judged: JudgedTarget,
  page: ProjectPage,
  place: number,
  source: PackageSource,
  signal: AbortSignal | undefined,
): Promise<readonly EvidenceReason[]> {
  const { asked, candidates } = judged;
  const { name } = page;
  const version = page.versions[place] ?? parseVersion('0');
  if (page.status.kind === 'quarantined') return [['quarantined', null]];
  if (!asked.allowsPrerelease(name, version)) return [['pre-release', null]];
  const files = page.filesOf(place);
  const best = bestFile(judged, page, files);
  if (best === null) {
    const reasons = allowedFiles(judged, name, files).map((file) =>
      JSON.stringify(candidates.againstFile(name, file.filename, file)),
    );
    if (isHashed(judged, name)) reasons.push(JSON.stringify(['hashes', null]));
    return [...new Set(reasons)].sort().map((text) => JSON.parse(text));
  }
  if (best.yanked !== null && !asked.allowsYanked(name, version)) return [['yanked', best.yanked]];
  const answer = await source.metadata(page, best, signal);
  if (answer.kind !== 'metadata') return [[answer.kind, null]];
  const { requiresDist, requiresPython } = answer.metadata;
  const lines = requiresDist.map(asked.fromIndex);
  if (lines.includes(null)) return [['unusable', null]];
  if (best.requiresPython === null && requiresPython !== null && !candidates.admitsPython(requiresPython)) {
    return [['metadata-python', requiresPython]];
  }
  const foreign = candidates.foreign(lines, { project: name, version });
  if (foreign !== null) return [['direct', foreign.text]];
  const own = candidates.itself(lines, name, version);
  return own === null ? [] : [['itself', own.text]];
}

function isHashed({ asked }: JudgedTarget, project: string): boolean {
  return asked.inputs.hashes.some(({ name }) => name === project);
}

/** The files that each of the user's lines with hashes allows. */
function allowedFiles(
  { asked }: JudgedTarget,
  project: string,
  files: readonly IndexFile[],
): readonly IndexFile[] {
  const lines = asked.inputs.hashes.filter(({ name }) => name === project);
  return files.filter(({ hashes }) =>
    lines.every(({ allowed }) =>
      Object.entries(hashes).some(([algorithm, hex]) => allowed.includes(`${algorithm}:${hex}`)),
    ),
  );
}

/** The file of a version that an installer takes; what is not yanked comes first. */
function bestFile(
  judged: JudgedTarget,
  { name }: ProjectPage,
  files: readonly IndexFile[],
): IndexFile | null {
  const { candidates } = judged;
  const fitting = allowedFiles(judged, name, files).filter(
    (file) => candidates.againstFile(name, file.filename, file) === null,
  );
  const whole = fitting.filter(({ yanked }) => yanked === null);
  let best: IndexFile | null = null;
  for (const file of whole.length > 0 ? whole : fitting) {
    if (best === null || candidates.isBetter(name, file.filename, best.filename)) best = file;
  }
  return best;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function sameRecord(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
