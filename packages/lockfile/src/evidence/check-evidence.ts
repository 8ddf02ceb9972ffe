import type { ApartEvidence, Evidence, EvidenceTarget, PackageSource } from '@pyplan/resolver';
import { type CheckedSource, checkSource, type JudgedTarget } from './against-source.ts';
import { askedOn } from './asked.ts';
import { candidatesOn } from './candidates.ts';
import { type CheckedPlan, checkPlan } from './check-plan.ts';
import { type CheckedRefusal, checkRefusal } from './check-refusal.ts';
import { EvidenceFault, insist } from './fault.ts';

/** What was found of one target. */
export type CheckedTarget = Pick<EvidenceTarget, 'python' | 'platform'> & {
  /** The selection of parts that it is of, where the evidence is of several. */
  readonly parts?: readonly string[];
} & (({ readonly kind: 'plan' } & CheckedPlan) | ({ readonly kind: 'refusal' } & CheckedRefusal));

export type EvidenceCheck =
  | {
      readonly holds: true;
      readonly targets: readonly CheckedTarget[];
      /** Null where no source was given: then the document alone was checked. */
      readonly source: CheckedSource | null;
    }
  /** The first thing that does not hold, in a sentence without its full stop. */
  | { readonly holds: false; readonly fault: string };

/** What an evidence is checked against, beside itself. */
export interface EvidenceCheckOptions {
  readonly source?: PackageSource;
  readonly signal?: AbortSignal;
}

/**
 * Checks an evidence: that each plan is one, and that each proof shows that there is none; with a source also that
 * the pages and the metadata are as it says. Of several selections of parts each is checked, and that none is there
 * twice. Shares no code with the solver.
 *
 * @throws SourceError where the source fails.
 */
export async function checkEvidence(
  evidence: Evidence | ApartEvidence,
  options: EvidenceCheckOptions = {},
): Promise<EvidenceCheck> {
  try {
    if (!('selections' in evidence)) return { holds: true, ...(await checkAnswer(evidence, options)) };
    return { holds: true, ...(await checkSelections(evidence, options)) };
  } catch (error) {
    if (error instanceof EvidenceFault) return { holds: false, fault: error.message };
    throw error;
  }
}

interface CheckedAnswer {
  readonly targets: readonly CheckedTarget[];
  readonly source: CheckedSource | null;
}

async function checkAnswer(
  evidence: Evidence,
  { source, signal }: EvidenceCheckOptions,
): Promise<CheckedAnswer> {
  insist(evidence.targets.length > 0, () => 'it is of no target');
  const judged: JudgedTarget[] = [];
  const targets = evidence.targets.map((target) => {
    const asked = askedOn(target, evidence);
    const rules = { target, asked, candidates: candidatesOn(target, asked) };
    judged.push(rules);
    return withName(target, () => checkTarget(rules, evidence));
  });
  const checked = source === undefined ? null : await checkSource(evidence, judged, source, signal);
  return { targets, source: checked };
}

async function checkSelections(
  { selections }: ApartEvidence,
  options: EvidenceCheckOptions,
): Promise<CheckedAnswer> {
  insist(selections.length > 0, () => 'it is of no selection');
  const targets: CheckedTarget[] = [];
  const told = new Set<string>();
  for (const { parts, answer } of selections) {
    const name = nameOf(parts);
    const key = JSON.stringify(parts.toSorted());
    insist(!told.has(key), () => `${name}: the selection is there twice`);
    told.add(key);
    const checked = await checkAnswer(answer, options).catch((error: unknown) => {
      throw error instanceof EvidenceFault ? new EvidenceFault(`${name}: ${error.message}`) : error;
    });
    targets.push(...checked.targets.map((target) => ({ ...target, parts })));
  }
  return { targets, source: options.source === undefined ? null : sizeOf(selections) };
}

/** Pages and files, each once however many selections rest on it. */
function sizeOf(selections: ApartEvidence['selections']): CheckedSource {
  const projects = selections.flatMap(({ answer }) => Object.entries(answer.projects));
  const files = projects.flatMap(([key, project]) =>
    Object.keys(project.files).map((name) => `${key} ${name}`),
  );
  return { pages: new Set(projects.map(([key]) => key)).size, metadata: new Set(files).size };
}

function nameOf(parts: readonly string[]): string {
  return parts.length === 0 ? 'With no conflicting part' : `With ${parts.join(' and ')}`;
}

function checkTarget({ target, asked, candidates }: JudgedTarget, { projects }: Evidence): CheckedTarget {
  const { python, platform, plan, refusal } = target;
  if (plan !== undefined && refusal === undefined) {
    return { python, platform, kind: 'plan', ...checkPlan(plan, projects, asked, candidates) };
  }
  if (refusal !== undefined && plan === undefined) {
    return { python, platform, kind: 'refusal', ...checkRefusal(refusal, projects, asked, candidates) };
  }
  throw new EvidenceFault('it has neither a plan nor a refusal, or both');
}

/** Names the target in what does not hold. */
function withName<T>({ python, platform }: EvidenceTarget, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof EvidenceFault)) throw error;
    throw new EvidenceFault(`Python ${python} on ${platform}: ${error.message}`);
  }
}
