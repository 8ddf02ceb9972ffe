import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { httpSource } from '@pyplan/package-index';
import {
  type PackageSource,
  type Plan,
  type Resolution,
  type ResolveRequest,
  resolve,
  target,
} from '@pyplan/resolver';
import { CaseFileError } from '../support/case-files.ts';
import type { IndexFacts } from '../support/judge/index-facts.ts';
import { describeDifferences, pinDifferences } from '../support/judge/pins.ts';
import { judgePlan, type PlanCase } from '../support/judge/plan.ts';
import { recordedFacts } from '../support/judge/recorded-facts.ts';
import { judgeTarget } from '../support/judge/target.ts';
import { startMirror } from '../support/mirror.ts';
import { openRecordedSnapshot } from '../support/recorded-snapshot.ts';
import { recordedIndexUrl, recordedSource } from '../support/recorded-source.ts';
import { conformanceOptions } from '../support/requests.ts';
import { type RequirementSet, readRequirementSet } from '../support/requirement-set.ts';
import { type ArguedDifference, isArgued, readArguedDifferences } from './argued.ts';
import { type CaseOptions, type CaseResult, caseResult } from './case-run.ts';
import { type ExpectedPlan, expectedPlans } from './expected-plan.ts';
import { refusalFault } from './refusal.ts';
import { universalResolution } from './universal-resolutions.ts';

/** The index that the sets are resolved against, and what the judge may read of it. */
interface Index {
  readonly source: PackageSource;
  readonly facts: IndexFacts;
  close(): Promise<void>;
}

/** Real requirement sets against a frozen index, beside the recorded answers of uv and pip (snapshot/README.md). */
export async function* resolutions(options: CaseOptions): AsyncGenerator<CaseResult> {
  if (!existsSync(join(options.data, 'expected'))) {
    throw new CaseFileError(`${options.data} holds no expected/; name a snapshot with --data`);
  }
  const argued = readArguedDifferences();
  const index = options.has('mirror') ? await mirrorIndex(options.data) : recordedIndex(options.data);
  try {
    for (const expected of expectedPlans(options.data)) {
      if (!options.wants(expected.id)) continue;
      yield await caseResult(expected.id, () =>
        expected.universal
          ? judgeUniversal(expected, options, index)
          : judgeExpected(expected, options.data, index, argued),
      );
    }
  } finally {
    await index.close();
  }
}

function recordedIndex(directory: string): Index {
  const snapshot = openRecordedSnapshot(directory);
  return {
    source: recordedSource(snapshot),
    facts: recordedFacts(snapshot, recordedIndexUrl),
    close: async () => {},
  };
}

/** The snapshot over HTTP: what the index package makes of it, judged by the snapshot's own bytes. */
async function mirrorIndex(directory: string): Promise<Index> {
  const mirror = await startMirror(directory);
  const source = httpSource({ indexUrl: mirror.indexUrl });
  return {
    source,
    facts: recordedFacts(openRecordedSnapshot(directory), mirror.indexUrl),
    async close() {
      await source.close();
      await mirror.close();
    },
  };
}

async function judgeUniversal(
  expected: ExpectedPlan,
  { data, tell }: CaseOptions,
  { source, facts }: Index,
): Promise<string | null> {
  const set = readRequirementSet(join(data, 'sets', `${expected.set}.in`));
  const found = await universalResolution(set, expected, source, facts);
  const ours = `ours ${found.lines} lines, valid on ${found.valid} of ${found.targets}, ${found.uncovered} uncovered`;
  const theirs =
    found.recordedValid === null
      ? 'none'
      : `${expected.lines.length} lines, valid on ${found.recordedValid} of ${found.targets}`;
  tell(`${expected.id}: ${ours}; ${expected.tool}'s ${theirs}`);
  return found.failure;
}

async function judgeExpected(
  expected: ExpectedPlan,
  directory: string,
  index: Index,
  argued: readonly ArguedDifference[],
): Promise<string | null> {
  const set = readRequirementSet(join(directory, 'sets', `${expected.set}.in`));
  const request: ResolveRequest = {
    ...set,
    overrides: [],
    targets: [target(expected.python, expected.platform)],
    source: index.source,
    options: {
      ...conformanceOptions,
      mode: expected.mode,
      prerelease: expected.prerelease,
      excludeNewer: expected.cutoff,
      onlyBinary: 'all',
    },
  };
  const resolution = await resolve(request);
  const [plan] = resolution.plans;
  if (resolution.status === 'resolved' && plan !== undefined) {
    return judgeResolved(plan, set, expected, index, argued);
  }
  if (expected.ok) return `is refused, though ${expected.tool} has a plan: ${explanation(resolution)}`;
  return refusalFault(
    resolution,
    request,
    (subset, subsetPlan) =>
      judgePlan(subsetPlan, planCase({ ...set, requirements: subset }, expected, index)),
    expected.errorText,
  );
}

function judgeResolved(
  plan: Plan,
  set: RequirementSet,
  expected: ExpectedPlan,
  index: Index,
  argued: readonly ArguedDifference[],
): string | null {
  const wrong = judgePlan(plan, planCase(set, expected, index));
  if (wrong.length > 0) return `is not valid: ${wrong.join(', ')}`;
  const pins = new Map(plan.packages.map(({ name, version }) => [name, version]));
  const differences = pinDifferences(pins, expected.pins);
  if (differences.size === 0 && expected.ok) return null;
  if (isArgued(argued, expected.set, expected.target, differences)) return null;
  if (!expected.ok) return `has a valid plan, though ${expected.tool} refuses it`;
  return `is valid, but differs: ${describeDifferences(differences, expected.tool)}`;
}

function planCase(
  { requirements, constraints }: RequirementSet,
  { python, platform, cutoff, prerelease }: ExpectedPlan,
  { facts }: Index,
): PlanCase {
  return {
    requirements: requirements.map(({ requirement }) => requirement),
    constraints: constraints.map(({ requirement }) => requirement),
    target: judgeTarget(python, platform),
    facts,
    onlyBinary: 'all',
    noBinary: new Set(),
    excludeNewer: cutoff,
    allowPrereleases: prerelease === 'allow',
  };
}

function explanation(resolution: Resolution): string {
  if (resolution.status === 'resolved') return 'no plan for the target';
  return resolution.refusals.map((refusal) => refusal.explanation).join('\n');
}
