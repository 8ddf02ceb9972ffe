import type { Loader } from '../driver/loader.ts';
import { drive, search } from '../driver/search.ts';
import type { Facts, PageFacts } from '../facts/facts.ts';
import { clauseProof } from '../proof/clause-proof.ts';
import { derivationProof } from '../proof/derivation-proof.ts';
import {
  type Clause,
  type Proof,
  type ProofRequires,
  type ProofStep,
  type Subject,
  subjectName,
} from '../proof/proof.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import { oneRank, type RankSet, uniteRanks } from '../solver/rank-set.ts';
import type { Target } from '../target/target.ts';
import type { Demands } from '../world/demands.ts';
import { narrowedWorld } from '../world/narrowed-world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import type { EvidenceExclusion, EvidenceReason, EvidenceRefusal, EvidenceStep } from './document.ts';
import { reasonsAgainst } from './exclusions.ts';
import { withoutCredentials } from './inputs.ts';
import type { Ledger } from './ledger.ts';

/** What the evidence of a refusal is made from. */
export interface RefusalCase {
  readonly request: ResolveRequest;
  readonly target: Target;
  /** The user's lines that conflict, where they are known. */
  readonly conflicting: readonly RootRequirement[];
  /** Projects of which the user's hashes allow only some files. */
  readonly hashed: ReadonlySet<string>;
}

/**
 * What a refusal rests on: the search is run again, on the lines that conflict if these are enough, and what it
 * learnt becomes a proof.
 *
 * @throws Error where there is a plan after all.
 */
export async function refusalEvidence(
  refused: RefusalCase,
  facts: Facts,
  loader: Loader,
  ledger: Ledger,
  prove: Prover = provenBySearch,
): Promise<EvidenceRefusal> {
  const { request, target, conflicting } = refused;
  const lines = [...request.requirements, ...request.constraints, ...request.overrides];
  for (const kept of conflicting.length === 0 ? [lines] : [conflicting, lines]) {
    const world = narrowedWorld(request, target, linesLike(request, kept), facts);
    const proof = await prove(world, loader, request);
    if (proof !== null) return told(proof, world, refused, ledger);
  }
  throw new Error(`invariant: Python ${target.python} on ${target.platform} was refused without a reason`);
}

/** Lines of the request that these are, in words and place; a refusal may have been told of a copy. */
function linesLike(
  { requirements, constraints }: ResolveRequest,
  lines: readonly RootRequirement[],
): readonly RootRequirement[] {
  return [...requirements, ...constraints].filter((own) => lines.some((line) => isSameLine(line, own)));
}

function isSameLine(a: RootRequirement, b: RootRequirement): boolean {
  if (a === b) return true;
  const { source, line, column } = a.origin;
  return (
    a.requirement.text === b.requirement.text &&
    source === b.origin.source &&
    line === b.origin.line &&
    column === b.origin.column
  );
}

/** Proves that a world has no solution; null where it has one. */
export type Prover = (world: TargetWorld, loader: Loader, request: ResolveRequest) => Promise<Proof | null>;

/** By the search that refused it: by versions, and by clauses where conflicts are too many for that. */
const provenBySearch: Prover = async (world, loader, request) => {
  const { options, signal } = request;
  const result = await search(world, loader, options.maxSteps, signal);
  switch (result.kind) {
    case 'solved':
      return null;
    case 'failed':
      return derivationProof(result.solver.state, result.incompatibility);
    case 'refuted':
      return await provenByClauses(world, loader, request);
  }
};

/** By the Boolean search alone. */
export const provenByClauses: Prover = (world, loader, { options, signal }) =>
  drive(clauseProof(world, options.maxSteps), world, loader, signal);

function told(
  proof: Proof,
  world: TargetWorld,
  { request, hashed }: RefusalCase,
  ledger: Ledger,
): EvidenceRefusal {
  const projects = new Set(proof.flatMap(subjectsOf).map(({ project }) => project));
  for (const project of projects) {
    ledger.project(world.pageKey(project), world.page(project)?.page ?? null, true);
  }
  const files: Record<string, Record<string, string>> = {};
  const against = new Map<string, Map<number, readonly EvidenceReason[]>>();
  for (const step of proof) {
    if (step.rule !== 'requires' && step.rule !== 'excluded') continue;
    const { project } = step.subject;
    const page = world.page(project);
    if (page === null || page === undefined) continue;
    for (const rank of ranksIn(step.versions)) {
      const reasons = knownReasons(against, world, project, page, rank, hashed);
      if (reasons !== null) continue;
      if (step.rule === 'excluded') throw new Error(`invariant: ${project} at ${rank} is a candidate`);
      noteFile(step, world, page, rank, ledger, files);
    }
  }
  return {
    excluded: Object.fromEntries(
      [...against.keys()].sort().flatMap((project) => {
        const groups = exclusions(against.get(project) ?? new Map());
        return groups.length === 0 ? [] : [[withoutCredentials(world.pageKey(project)), groups]];
      }),
    ),
    files: sorted(files),
    steps: proof.map((step) => stepOf(step, request, world.demands)),
  };
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function knownReasons(
  against: Map<string, Map<number, readonly EvidenceReason[]>>,
  world: TargetWorld,
  project: string,
  page: PageFacts,
  rank: number,
  hashed: ReadonlySet<string>,
): readonly EvidenceReason[] | null {
  const known = against.get(project) ?? new Map<number, readonly EvidenceReason[]>();
  against.set(project, known);
  const found = known.get(rank) ?? reasonsAgainst(world, project, page, rank, hashed);
  if (found !== null) known.set(rank, found);
  return found;
}

/** The lines of a version's metadata that a step rests on: those on its dependency, and on itself for extras. */
function noteFile(
  step: ProofRequires,
  world: TargetWorld,
  page: PageFacts,
  rank: number,
  ledger: Ledger,
  files: Record<string, Record<string, string>>,
): void {
  const { subject, on } = step;
  const metadata = world.metadataOf(subject.project, rank);
  const version = page.page.versions[rank];
  if (metadata.kind !== 'known' || version === undefined) {
    throw new Error(`invariant: ${subject.project} at ${rank} is told of without its metadata`);
  }
  const { requirements, metadata: whole } = metadata.facts;
  const lines = requirements.filter(({ project }) => project === on.project || project === subject.project);
  const pageKey = world.pageKey(subject.project);
  const key = withoutCredentials(pageKey);
  const { file } = metadata.candidate;
  // That nothing is asked of a project is seen only of all that is asked.
  const isAdded = !lines.some(({ project }) => project === on.project);
  ledger.file(pageKey, version.text, file, whole, isAdded ? 'all' : new Set(lines.map(({ text }) => text)));
  const ofProject = files[key] ?? {};
  ofProject[rank] = file.filename;
  files[key] = ofProject;
}

/** Versions with the same reasons together, in the order of the first. */
function exclusions(against: ReadonlyMap<number, readonly EvidenceReason[]>): readonly EvidenceExclusion[] {
  const groups = new Map<string, { versions: RankSet; readonly because: readonly EvidenceReason[] }>();
  for (const rank of [...against.keys()].sort((a, b) => a - b)) {
    const because = against.get(rank) ?? [];
    const key = JSON.stringify(because);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { versions: oneRank(rank), because });
    else group.versions = uniteRanks(group.versions, oneRank(rank));
  }
  return [...groups.values()];
}

function ranksIn(set: RankSet): readonly number[] {
  const ranks: number[] = [];
  for (let i = 0; i < set.length; i += 2) {
    for (let rank = set[i] ?? 0; rank < (set[i + 1] ?? 0); rank++) ranks.push(rank);
  }
  return ranks;
}

function subjectsOf(step: ProofStep): readonly Subject[] {
  switch (step.rule) {
    case 'required':
      return [step.on];
    case 'requires':
      return [step.subject, step.on];
    case 'excluded':
    case 'constrained':
      return [step.subject];
    case 'follows':
      return [];
  }
}

function stepOf(step: ProofStep, request: ResolveRequest, demands: Demands): EvidenceStep {
  switch (step.rule) {
    case 'required':
      return {
        rule: 'required',
        line: request.requirements.indexOf(step.line),
        package: subjectName(step.on),
        allowed: step.allowed,
      };
    case 'requires':
      return {
        rule: 'requires',
        package: subjectName(step.subject),
        versions: step.versions,
        on: subjectName(step.on),
        allowed: step.allowed,
      };
    case 'excluded':
      return { rule: 'excluded', package: subjectName(step.subject), versions: step.versions };
    case 'constrained': {
      const constraints = demands.constraints.get(step.subject.project) ?? [];
      const lines = constraints.map(({ root }) => request.constraints.indexOf(root));
      return { rule: 'constrained', lines, package: subjectName(step.subject), versions: step.versions };
    }
    case 'follows':
      return { rule: 'follows', in: side(step.clause, true), out: side(step.clause, false), from: step.from };
  }
}

function side(clause: Clause, positive: boolean): Readonly<Record<string, RankSet>> {
  return sorted(
    Object.fromEntries(
      [...clause]
        .filter(([, term]) => term.positive === positive)
        .map(([subject, { ranks }]) => [subject, ranks]),
    ),
  );
}
