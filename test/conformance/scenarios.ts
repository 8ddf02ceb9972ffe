import { parseRequirement } from '@pyplan/markers';
import { memorySource, resolve, target, uploadBound } from '@pyplan/resolver';
import { caseFiles, jsonLines } from '../support/case-files.ts';
import { memoryFacts } from '../support/judge/memory-facts.ts';
import { judgePlan } from '../support/judge/plan.ts';
import { judgeTarget } from '../support/judge/target.ts';
import { rootRequirement } from '../support/requests.ts';
import { readArguedScenarios } from './argued.ts';
import { type CaseOptions, type CaseResult, caseResult } from './case-run.ts';
import { differenceFrom, type Scenario, scenarioOptions, scenarioWorld } from './scenario.ts';
import { universalScenario } from './universal-scenarios.ts';

/** Third-party cases with recorded answers (scenarios/README.md). */
export async function* scenarios(options: CaseOptions): AsyncGenerator<CaseResult> {
  const argued = new Set(readArguedScenarios().map(({ id }) => id));
  for (const path of caseFiles(options.data)) {
    for (const { value } of jsonLines<Scenario>(path)) {
      if (!options.wants(value.id)) continue;
      yield await caseResult(value.id, () =>
        value.options.universal ? universalScenario(value, argued) : oneTarget(value),
      );
    }
  }
}

async function oneTarget(scenario: Scenario): Promise<string | null> {
  const { python, platform, constraints } = scenario.options;
  if (python === null || platform === null) return 'names no target';
  const source = memorySource(scenarioWorld(scenario));
  const options = scenarioOptions(scenario);
  const requirements = scenario.root.requires.map(parseRequirement);
  const parsedConstraints = constraints.map(parseRequirement);
  const resolution = await resolve({
    requirements: requirements.map((requirement) => rootRequirement(requirement)),
    constraints: parsedConstraints.map((constraint) => rootRequirement(constraint)),
    overrides: [],
    targets: [target(python, platform)],
    source,
    options,
  });
  const [plan] = resolution.plans;
  if (resolution.status === 'no-solution' || plan === undefined) {
    return scenario.expected.satisfiable ? 'is refused, though it has a plan' : null;
  }
  if (!scenario.expected.satisfiable) return 'has a plan, though it should be refused';
  const on = judgeTarget(python, platform);
  const wrong = judgePlan(plan, {
    requirements,
    constraints: parsedConstraints,
    target: on,
    facts: memoryFacts(source),
    onlyBinary: options.onlyBinary,
    noBinary: options.noBinary,
    excludeNewer: options.excludeNewer === null ? null : uploadBound(options.excludeNewer),
    allowPrereleases: options.prerelease === 'allow',
  });
  if (wrong.length > 0) return wrong.join(', ');
  return differenceFrom(scenario, new Map(plan.packages.map(({ name, version }) => [name, version])), on);
}
