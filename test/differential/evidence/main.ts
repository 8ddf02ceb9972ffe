import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseRequirement } from '@pyplan/markers';
import { BudgetError, memorySource, resolve, resolveUniversal, target } from '@pyplan/resolver';
import { caseResult, idFilter } from '../../conformance/case-run.ts';
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
import { conformanceOptions, rootRequirement } from '../../support/requests.ts';

const usage = `Usage: node test/differential/evidence/main.ts worlds|scenarios [--data DIR] [ID or name...]

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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' } },
});
const [kind, ...filters] = positionals;
if (kind !== 'worlds' && kind !== 'scenarios') {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}

const wants = idFilter(filters);
const count = noEvidence();
let passed = 0;
let failed = 0;
for (const path of caseFiles(values.data ?? join(shared, kind))) {
  for (const { value } of jsonLines<WorldCase & Scenario>(path)) {
    if (!wants(value.id)) continue;
    const { failure } = await caseResult(value.id, async () => {
      try {
        return await (kind === 'worlds' ? worldFault(value, count) : scenarioFault(value, count));
      } catch (error) {
        if (error instanceof BudgetError) return `gave up: ${error.message}`;
        throw error;
      }
    });
    if (failure === null) passed++;
    else {
      failed++;
      process.stdout.write(`${value.id}\n`);
      process.stderr.write(`  ${value.id}: ${failure}\n`);
    }
  }
}
const { plans, packages, edges, refusals, steps, bytes } = count;
process.stdout.write(
  `${plans} plans of ${packages} packages and ${edges} edges, ${refusals} refusals of ${steps} steps, ` +
    `${Math.round(bytes / 1024)} KiB\n`,
);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (failed > 0 || passed === 0) process.exitCode = 1;
