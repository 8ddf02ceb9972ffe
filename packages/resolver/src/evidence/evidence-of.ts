import { normalizeName } from '@pyplan/markers';
import { newLoader } from '../driver/loader.ts';
import { newFacts } from '../facts/facts.ts';
import type { ResolveRequest, UniversalRequest } from '../request.ts';
import type { Plan, Resolution, RootRequirement, UniversalResolution } from '../resolution.ts';
import { type Target, target as targetNamed } from '../target/target.ts';
import type { Evidence, EvidenceTarget } from './document.ts';
import { evidenceInputs, type HashLine } from './inputs.ts';
import { newLedger } from './ledger.ts';
import { planEvidence } from './plan-evidence.ts';
import { type Prover, refusalEvidence } from './refusal-evidence.ts';

/** What is asked beside the request. */
export interface EvidenceOptions {
  /** The user's lines with `--hash`, where the request's source was limited by them. */
  readonly hashes?: readonly HashLine[];
}

/**
 * What a resolution rests on: each plan's packages with their digests and requirements, each refusal's proof
 * (docs/evidence.md). Same request and answers, same evidence.
 *
 * Pages and metadata are asked of the request's source again, which keeps what it has; a refused target is
 * searched again.
 *
 * @throws as `resolve`.
 */
export async function evidenceOf(
  request: ResolveRequest,
  resolution: Resolution,
  options: EvidenceOptions = {},
): Promise<Evidence> {
  const refusals = resolution.status === 'resolved' ? [] : resolution.refusals;
  return evidenceOn(request, resolution.plans, refusals, options);
}

/** What a universal resolution rests on: the plan of each target covered, the proof that each other can't be. */
export async function evidenceOfUniverse(
  request: UniversalRequest,
  resolution: UniversalResolution,
  options: EvidenceOptions = {},
): Promise<Evidence> {
  const asked: ResolveRequest = { ...request, targets: [] };
  if (resolution.status === 'no-solution') return evidenceOn(asked, [], resolution.refusals, options);
  const { plans, uncovered } = resolution.lock;
  const refused = uncovered.map(({ python, platform }) => ({
    target: targetNamed(python, platform),
    conflicting: [],
  }));
  return evidenceOn(asked, plans, refused, options);
}

/** A target that was refused. */
export interface Refused {
  readonly target: Target;
  readonly conflicting: readonly RootRequirement[];
}

/** What plans and refusals rest on, each refusal proved by `prove`. */
export async function evidenceOn(
  request: ResolveRequest,
  plans: readonly Plan[],
  refusals: readonly Refused[],
  { hashes = [] }: EvidenceOptions = {},
  prove?: Prover,
): Promise<Evidence> {
  // Facts of its own: what earlier searches found out would leave its traces in the proof.
  const facts = newFacts(request.source);
  const loader = newLoader(facts, request.signal, () => undefined);
  const ledger = newLedger();
  const hashed = new Set(hashes.map(({ name }) => normalizeName(name)));
  const targets: EvidenceTarget[] = [];
  for (const plan of plans) {
    targets.push({ ...told(plan.target), plan: await planEvidence(plan, request, facts, ledger) });
  }
  for (const { target, conflicting } of refusals) {
    const refused = { request, target, conflicting, hashed };
    targets.push({ ...told(target), refusal: await refusalEvidence(refused, facts, loader, ledger, prove) });
  }
  const projects = ledger.projects();
  const names = new Set(Object.keys(projects).map((key) => key.split(' ')[0] ?? key));
  return { evidence: 1, inputs: evidenceInputs(request, hashes, names), projects, targets };
}

function told({ python, platform, environment, tags }: Target): EvidenceTarget {
  return { python, platform, environment, tags: tags.target };
}
