import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseRequirement } from '@pyplan/markers';
import { memorySource, type PackageSource, resolve, resolveUniversal, target } from '@pyplan/resolver';
import { caseResult, idFilter } from '../../conformance/case-run.ts';
import { type ExpectedPlan, expectedPlans } from '../../conformance/expected-plan.ts';
import { type Scenario, scenarioOptions, scenarioWorld } from '../../conformance/scenario.ts';
import { caseFiles, jsonLines } from '../../support/case-files.ts';
import {
  type EvidenceCount,
  evidenceFault,
  noEvidence,
  universalEvidenceFault,
} from '../../support/evidence/evidence-fault.ts';
import type { World, WorldTarget } from '../../support/judge/world.ts';
import { memoryWorld } from '../../support/memory-world.ts';
import { shared } from '../../support/paths.ts';
import { openRecordedSnapshot } from '../../support/recorded-snapshot.ts';
import { recordedSource } from '../../support/recorded-source.ts';
import { conformanceOptions, rootRequirement } from '../../support/requests.ts';
import { readRequirementSet } from '../../support/requirement-set.ts';

const usage = `Usage: node test/differential/evidence/main.ts worlds|scenarios|resolutions [--data DIR] [ID or name...]

Resolves each case, checks the evidence of every plan and every refusal, by itself and against the case's index,
and prints the id of each case that fails (why, on stderr), what was checked, and last "N passed, N failed".`;

interface WorldCase extends World {
  readonly id: string;
  readonly kind: string;
  readonly targets: readonly WorldTarget[];
}

async function worldFault(world: WorldCase, count: EvidenceCount): Promise<string | null> {
  const request = {
    requirements: world.root.requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: [],
    overrides: [],
    targets: world.targets.map(({ python, platform }) => target(python, platform)),
    source: memorySource(memoryWorld(world)),
    options: { ...conformanceOptions, maxSteps: 100_000 },
  };
  return evidenceFault(request, await resolve(request), count);
}

async function scenarioFault(scenario: Scenario, count: EvidenceCount): Promise<string | null> {
  const { options, root } = scenario;
  const request = {
    requirements: root.requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: options.constraints.map((text) => rootRequirement(parseRequirement(text))),
    overrides: [],
    source: memorySource(scenarioWorld(scenario)),
    options: scenarioOptions(scenario),
  };
  if (!options.universal) {
    const one = { ...request, targets: [target(options.python ?? '3.12', options.platform ?? 'linux')] };
    return evidenceFault(one, await resolve(one), count);
  }
  const universe = {
    ...request,
    requiresPython: root.requires_python ?? `>=${options.python ?? '3.12'}`,
    platforms: null,
    requiredEnvironments: options.required_environments,
  };
  return universalEvidenceFault(universe, await resolveUniversal(universe), count);
}

/** The sets of a recorded snapshot, each on each of its targets and universal. */
async function setFault(
  expected: ExpectedPlan,
  directory: string,
  source: PackageSource,
  count: EvidenceCount,
): Promise<string | null> {
  const request = {
    ...readRequirementSet(join(directory, 'sets', `${expected.set}.in`)),
    overrides: [],
    source,
    options: {
      ...conformanceOptions,
      mode: expected.mode,
      prerelease: expected.prerelease,
      excludeNewer: expected.cutoff,
      onlyBinary: 'all' as const,
    },
  };
  const before = count.bytes;
  const start = performance.now();
  const one = { ...request, targets: [target(expected.python, expected.platform)] };
  const universe = { ...request, requiresPython: '>=3.10', platforms: null };
  const resolution = expected.universal ? null : await resolve(one);
  const universal = expected.universal ? await resolveUniversal(universe) : null;
  const solved = performance.now();
  const fault =
    resolution !== null
      ? await evidenceFault(one, resolution, count)
      : universal !== null
        ? await universalEvidenceFault(universe, universal, count)
        : null;
  const [solving, proving] = [solved - start, performance.now() - solved].map(Math.round);
  process.stderr.write(
    `${expected.id}: solved in ${solving} ms, evidence made and checked twice in ${proving} ms, ` +
      `${Math.round((count.bytes - before) / 1024)} KiB\n`,
  );
  return fault;
}

type Check = (count: EvidenceCount) => Promise<string | null>;

/** The cases of a kind, each with its check. */
function* casesOf(kind: string, data: string): Generator<readonly [id: string, check: Check]> {
  if (kind === 'resolutions') {
    const source = recordedSource(openRecordedSnapshot(data));
    for (const expected of expectedPlans(data)) {
      yield [expected.id, (count) => setFault(expected, data, source, count)];
    }
    return;
  }
  for (const path of caseFiles(data)) {
    for (const { value } of jsonLines<WorldCase & Scenario>(path)) {
      yield [
        value.id,
        (count) => (kind === 'worlds' ? worldFault(value, count) : scenarioFault(value, count)),
      ];
    }
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' } },
});
const [kind = '', ...filters] = positionals;
const place = new Map([
  ['worlds', 'worlds'],
  ['scenarios', 'scenarios'],
  ['resolutions', 'snapshot'],
]).get(kind);
if (place === undefined) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}

const wants = idFilter(filters);
const count = noEvidence();
let passed = 0;
let failed = 0;
for (const [id, check] of casesOf(kind, values.data ?? join(shared, place))) {
  if (!wants(id)) continue;
  const { failure } = await caseResult(id, () => check(count));
  if (failure === null) passed++;
  else {
    failed++;
    process.stdout.write(`${id}\n`);
    process.stderr.write(`  ${id}: ${failure}\n`);
  }
}
const { plans, packages, edges, refusals, steps, bytes } = count;
process.stdout.write(
  `${plans} plans of ${packages} packages and ${edges} edges, ${refusals} refusals of ${steps} steps, ` +
    `${Math.round(bytes / 1024)} KiB\n`,
);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (failed > 0 || passed === 0) process.exitCode = 1;
