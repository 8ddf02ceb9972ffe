import {
  compareVersions,
  parseRequirement,
  parseSpecifierSet,
  parseVersion,
  specifierSetContains,
} from '@pyplan/markers';
import {
  memorySource,
  releasedPythons,
  resolve,
  resolveUniversal,
  target,
  type UniversalLock,
  type UniversalRequest,
  uploadBound,
} from '@pyplan/resolver';
import { bestFile } from '../support/judge/best-file.ts';
import type { Choice } from '../support/judge/choice.ts';
import { memoryFacts } from '../support/judge/memory-facts.ts';
import type { Pins } from '../support/judge/pins.ts';
import { judgeChoices, type PlanCase } from '../support/judge/plan.ts';
import { covers, projectLock } from '../support/judge/projection.ts';
import { judgeTarget } from '../support/judge/target.ts';
import { rootRequirement } from '../support/requests.ts';
import { differenceFrom, pinsOn, type Scenario, scenarioOptions, scenarioWorld } from './scenario.ts';

/** A target on which the recorded answer was checked. */
interface CheckedTarget {
  readonly python: string;
  readonly platform: string;
}

/**
 * A universal case: on Linux, macOS and Windows, for each released Python of the universe, the lock gives
 * the recorded pins.
 *
 * For an argued one the lock is judged by itself. Two answers of ours may differ, both shown to be right where they do: on a target where the recorded pins
 * can't be installed, other pins that can, or that the target is uncovered since nothing can.
 */
export async function universalScenario(
  scenario: Scenario,
  argued: ReadonlySet<string>,
): Promise<string | null> {
  const source = memorySource(scenarioWorld(scenario));
  const request = universalRequest(scenario, source);
  const resolution = await resolveUniversal(request);
  const { satisfiable } = scenario.expected;
  if (resolution.status === 'no-solution') {
    return satisfiable ? `is refused, though it has a lock: ${resolution.refusals[0]?.explanation}` : null;
  }
  const { lock } = resolution;
  const targets = checkedTargets(request.requiresPython);
  const uncovered = targets.filter(({ python, platform }) => !covers(lock, judgeTarget(python, platform)));
  const isArgued = argued.has(scenario.id);
  if (!satisfiable && !isArgued) {
    return uncovered.length > 0 ? null : 'has a lock, though it should be refused';
  }
  const faults: string[] = [];
  for (const on of targets) {
    const fault = await targetFault(isArgued ? null : scenario, request, lock, on);
    if (fault !== null) faults.push(`Python ${on.python} on ${on.platform}: ${fault}`);
  }
  return faults.length === 0 ? null : faults.join('; ');
}

function universalRequest(
  { root, options, ...rest }: Scenario,
  source: UniversalRequest['source'],
): UniversalRequest {
  const lines = (texts: readonly string[]): UniversalRequest['requirements'] =>
    texts.map((text) => rootRequirement(parseRequirement(text)));
  return {
    requirements: lines(root.requires),
    constraints: lines(options.constraints),
    overrides: [],
    source,
    options: scenarioOptions({ root, options, ...rest }),
    requiresPython: root.requires_python ?? `>=${options.python}`,
    platforms: null,
    requiredEnvironments: options.required_environments,
  };
}

/** Each Python at its lowest patch level in the universe. */
function checkedTargets(requiresPython: string): readonly CheckedTarget[] {
  const specifiers = parseSpecifierSet(requiresPython);
  const admits = (python: string): boolean =>
    specifierSetContains(specifiers, parseVersion(python), { prereleases: true });
  return releasedPythons
    .flatMap((minor) => Array.from({ length: 30 }, (_, patch) => `${minor}.${patch}`).find(admits) ?? [])
    .flatMap((python) => ['linux', 'macos', 'windows'].map((platform) => ({ python, platform })));
}

/** What is wrong on one target; null for the case where only the lock itself is judged. */
async function targetFault(
  scenario: Scenario | null,
  request: UniversalRequest,
  lock: UniversalLock,
  { python, platform }: CheckedTarget,
): Promise<string | null> {
  const on = judgeTarget(python, platform);
  const { options } = request;
  const against: PlanCase = {
    requirements: request.requirements.map(({ requirement }) => requirement),
    constraints: request.constraints.map(({ requirement }) => requirement),
    target: on,
    facts: memoryFacts(request.source),
    onlyBinary: options.onlyBinary,
    noBinary: options.noBinary,
    excludeNewer: options.excludeNewer === null ? null : uploadBound(options.excludeNewer),
    allowPrereleases: options.prerelease === 'allow',
  };
  const recordedFaults = scenario === null ? [] : pinFaults(pinsOn(scenario.expected.packages, on), against);
  if (!covers(lock, on)) {
    const alone = await resolve({ ...request, targets: [target(python, platform)] });
    if (alone.status === 'resolved') return 'is not covered, though it has a plan alone';
    return recordedFaults.length > 0 ? null : 'is not covered, though the recorded pins hold';
  }
  const { choices, missing } = projectLock(lock, on);
  const wrong = [...missing, ...judgeChoices(choices, against)];
  if (wrong.length > 0) return wrong.join(', ');
  const pins = new Map(choices.map(({ name, version }) => [name, version]));
  return scenario === null || recordedFaults.length > 0 ? null : differenceFrom(scenario, pins, on);
}

/** What is wrong with recorded pins on a target, each with the best file that its version has. */
function pinFaults(pins: Pins, against: PlanCase): readonly string[] {
  const choices: Choice[] = [];
  for (const [name, version] of pins) {
    const files = (against.facts.files(name) ?? []).filter(
      (listed) => listed.version !== null && compareVersions(listed.version, parseVersion(version)) === 0,
    );
    const file = bestFile(
      files.map((listed) => listed.file),
      against.target,
    );
    if (file === null) return [`${name} ${version} has no file that fits`];
    choices.push({ name, version, file });
  }
  return judgeChoices(choices, against);
}
