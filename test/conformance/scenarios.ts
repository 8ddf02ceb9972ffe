import { evaluateMarker, normalizeName, parseMarker, parseRequirement } from '@pyplan/markers';
import {
  type MemoryWorld,
  memorySource,
  type PackageSelection,
  type ResolveOptions,
  resolve,
  target,
} from '@pyplan/resolver';
import { caseFiles, jsonLines } from '../support/case-files.ts';
import { memoryFacts } from '../support/judge/memory-facts.ts';
import { describeDifferences, type Pins, pinDifferences } from '../support/judge/pins.ts';
import { judgePlan } from '../support/judge/plan.ts';
import { type JudgeTarget, judgeTarget } from '../support/judge/target.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { type CaseOptions, type CaseResult, caseResult } from './case-run.ts';

interface ScenarioVersion {
  readonly requires_python: string | null;
  readonly yanked: boolean | string;
  readonly extras: Readonly<Record<string, readonly string[]>>;
  readonly requires: readonly string[];
  readonly upload_time: string | null;
  readonly files: readonly { readonly filename: string }[];
}

export interface ScenarioPackage {
  readonly name: string;
  readonly version: string;
  readonly marker: string | null;
}

export interface Scenario {
  readonly id: string;
  readonly root: { readonly requires: readonly string[]; readonly requires_python: string | null };
  readonly options: {
    readonly universal: boolean;
    readonly python: string | null;
    readonly platform: string | null;
    readonly resolution: ResolveOptions['mode'] | null;
    readonly prerelease: ResolveOptions['prerelease'] | null;
    readonly no_binary: readonly string[];
    readonly no_build: readonly string[];
    readonly exclude_newer: string | null;
    readonly required_environments: readonly string[];
    readonly constraints: readonly string[];
  };
  readonly index: Readonly<Record<string, Readonly<Record<string, ScenarioVersion>>>>;
  readonly expected: {
    readonly satisfiable: boolean;
    readonly packages: readonly ScenarioPackage[];
    readonly alternatives?: readonly { readonly packages: readonly ScenarioPackage[] }[];
    readonly judge: string;
  };
}

/** Third-party cases with recorded answers (scenarios/README.md). */
export async function* scenarios(options: CaseOptions): AsyncGenerator<CaseResult> {
  for (const path of caseFiles(options.data)) {
    for (const { value } of jsonLines<Scenario>(path)) {
      if (!options.wants(value.id)) continue;
      yield await caseResult(value.id, () => (value.options.universal ? universal() : oneTarget(value)));
    }
  }
}

/** A universal case asks for a lock that holds on every target of a universe. */
function universal(): string {
  return 'universal resolution is not built yet';
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
    excludeNewer: options.excludeNewer,
    allowPrereleases: options.prerelease === 'allow',
  });
  if (wrong.length > 0) return wrong.join(', ');
  return differenceFrom(scenario, new Map(plan.packages.map(({ name, version }) => [name, version])), on);
}

/** How pins differ from the nearest right answer; null where they are one. */
function differenceFrom({ expected }: Scenario, pins: Pins, on: JudgeTarget): string | null {
  const answers = [expected, ...(expected.alternatives ?? [])];
  const differences = answers.map(({ packages }) => pinDifferences(pins, pinsOn(packages, on)));
  if (differences.some(({ size }) => size === 0)) return null;
  const [first = new Map()] = differences;
  return describeDifferences(first, expected.judge);
}

/** The pins of an answer whose markers hold on a target. */
export function pinsOn(packages: readonly ScenarioPackage[], on: JudgeTarget): Pins {
  const holding = packages.filter(
    ({ marker }) => marker === null || evaluateMarker(parseMarker(marker), on.environment, ''),
  );
  return new Map(holding.map(({ name, version }) => [normalizeName(name), version]));
}

function scenarioOptions({ options }: Scenario): ResolveOptions {
  const selection = (names: readonly string[]): PackageSelection =>
    names.includes(':all:') ? 'all' : new Set(names.map(normalizeName));
  return {
    ...conformanceOptions,
    mode: options.resolution ?? conformanceOptions.mode,
    prerelease: options.prerelease ?? conformanceOptions.prerelease,
    noBinary: selection(options.no_binary),
    onlyBinary: selection(options.no_build),
    excludeNewer: options.exclude_newer === null ? null : Date.parse(options.exclude_newer),
  };
}

function scenarioWorld({ index }: Scenario): MemoryWorld {
  const entries = Object.entries(index).map(([name, versions]) => [
    name,
    Object.fromEntries(
      Object.entries(versions).map(([version, facts]) => [
        version,
        {
          requires: facts.requires,
          extras: facts.extras,
          requiresPython: facts.requires_python,
          yanked: facts.yanked,
          uploadTime: facts.upload_time,
          files: facts.files.map(({ filename }) => filename),
        },
      ]),
    ),
  ]);
  return Object.fromEntries(entries);
}
