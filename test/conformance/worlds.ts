import { parseRequirement } from '@pyplan/markers';
import { memorySource, resolve, target } from '@pyplan/resolver';
import { caseFiles, jsonLines } from '../support/case-files.ts';
import { judgeWorldPlan, viewWorld, type World, type WorldTarget } from '../support/judge/world.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { type CaseOptions, type CaseResult, caseResult } from './case-run.ts';

interface WorldCase extends World {
  readonly id: string;
  readonly kind: string;
  readonly targets: readonly WorldTarget[];
  readonly expected: Readonly<
    Record<string, { readonly satisfiable: boolean; readonly optimum?: Readonly<Record<string, string>> }>
  >;
}

/** Targets whose plan gives what the root asks for at its best, of those that have a plan. */
interface Quality {
  plans: number;
  optimal: number;
}

/** Random worlds (worlds/README.md): every valid plan counts, a refusal only where none exists. */
export async function* worlds(options: CaseOptions): AsyncGenerator<CaseResult> {
  const quality: Quality = { plans: 0, optimal: 0 };
  for (const path of caseFiles(options.data)) {
    for (const { value } of jsonLines<WorldCase>(path)) {
      if (!options.wants(value.id)) continue;
      if (value.kind === 'big' ? options.has('no-big') : options.has('only-big')) continue;
      yield await caseResult(value.id, () => judgeWorld(value, quality));
    }
  }
  options.tell(`${quality.optimal} of ${quality.plans} plans are at the optimum`);
}

async function judgeWorld(world: WorldCase, quality: Quality): Promise<string | null> {
  const failures: string[] = [];
  for (const on of world.targets) {
    const key = `py${on.python}-${on.platform}`;
    const failure = await judgeOnTarget(world, on, key, quality);
    if (failure !== null) failures.push(`${key} ${failure}`);
  }
  return failures.length === 0 ? null : failures.join('; ');
}

async function judgeOnTarget(
  world: WorldCase,
  on: WorldTarget,
  key: string,
  quality: Quality,
): Promise<string | null> {
  const expected = world.expected[key];
  if (expected === undefined) return 'has no expected answer';
  const resolution = await resolve({
    requirements: world.root.requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: [],
    overrides: [],
    targets: [target(on.python, on.platform)],
    source: memorySource(memoryWorld(world)),
    options: { ...conformanceOptions, maxSteps: 100_000 },
  });
  const [plan] = resolution.plans;
  if (resolution.status === 'no-solution' || plan === undefined) {
    return expected.satisfiable ? 'is refused, though it has a plan' : null;
  }
  const pins = Object.fromEntries(plan.packages.map(({ name, version }) => [name, version]));
  const wrong = judgeWorldPlan(viewWorld(world, on), pins);
  if (wrong.length > 0) return wrong.join(', ');
  if (!expected.satisfiable) return 'has a plan that the judge calls valid, though none should exist';
  quality.plans += 1;
  const optimum = Object.entries(expected.optimum ?? {});
  if (optimum.every(([name, version]) => pins[name] === version)) quality.optimal += 1;
  return null;
}
