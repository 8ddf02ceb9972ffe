import { parseRequirement } from '@pyplan/markers';
import { memorySource, type Plan, type PlannedPackage, resolve, target } from '@pyplan/resolver';
import { describe, expect, test } from 'vitest';
import { memoryWorld } from '../memory-world.ts';
import { conformanceOptions, rootRequirement } from '../requests.ts';
import { memoryFacts } from './memory-facts.ts';
import { judgePlan, type PlanCase } from './plan.ts';
import { judgeTarget } from './target.ts';
import { judgeWorldPlan, viewWorld, type World } from './world.ts';

const on = { python: '3.12', platform: 'linux' };
const world: World = {
  root: { requires: ['app[web]>=1', 'tool; sys_platform == "win32"', 'old==1.0'] },
  index: {
    app: {
      '1.0': { requires: ['lib<2'], extras: { web: ['server; python_version >= "3.8"'] } },
      '0.9': { requires: ['lib'] },
    },
    lib: {
      '2.0': {},
      '1.5': { requires_python: '>=3.13' },
      '1.4': {
        files: [
          { filename: 'lib-1.4-cp312-cp312-manylinux_2_17_x86_64.whl' },
          { filename: 'lib-1.4-py3-none-any.whl' },
          { filename: 'lib-1.4-cp313-cp313-manylinux_2_17_x86_64.whl' },
        ],
      },
      '1.3': { yanked: true },
      '1.2': { files: [{ filename: 'lib-1.2-py3-none-win_amd64.whl' }] },
      '1.1': {},
      '1.6rc1': {},
    },
    server: { '1.0': {} },
    tool: { '1.0': {} },
    old: { '1.0': { yanked: true } },
  },
};
const source = memorySource(memoryWorld(world));
const against: PlanCase = {
  requirements: world.root.requires.map(parseRequirement),
  constraints: [parseRequirement('lib!=1.1')],
  target: judgeTarget(on.python, on.platform),
  facts: memoryFacts(source),
  onlyBinary: new Set(),
  noBinary: new Set(),
  excludeNewer: null,
  allowPrereleases: false,
};

async function validPlan(): Promise<Plan> {
  const { plans } = await resolve({
    requirements: against.requirements.map((requirement) => rootRequirement(requirement)),
    constraints: against.constraints.map((constraint) => rootRequirement(constraint)),
    overrides: [],
    targets: [target(on.python, on.platform)],
    source,
    options: conformanceOptions,
  });
  const [plan] = plans;
  if (plan === undefined) throw new Error('the world has a plan');
  return plan;
}

/** The plan with one package changed, or gone. */
function change(plan: Plan, name: string, to: Partial<PlannedPackage> | null): Plan {
  const packages = plan.packages.flatMap((planned) => {
    if (planned.name !== name) return [planned];
    return to === null ? [] : [{ ...planned, ...to }];
  });
  return { ...plan, packages };
}

/** A package at another version, with the file of that name. */
function at(name: string, version: string, filename: string): Partial<PlannedPackage> {
  const listed = against.facts.files(name)?.find(({ file }) => file.filename === filename);
  if (listed === undefined) throw new Error(`the world has no ${filename}`);
  return { version, file: listed.file };
}

describe('the judge of plans', () => {
  test('calls the valid plan valid', async () => {
    expect(judgePlan(await validPlan(), against)).toEqual([]);
  });

  test.each<[fault: string, spoil: (plan: Plan) => Plan, expected: RegExp]>([
    ['a requirement not met', (plan) => change(plan, 'server', null), /needs server, which is absent/],
    [
      'the wrong version',
      (plan) => change(plan, 'lib', at('lib', '2.0', 'lib-2.0-py3-none-any.whl')),
      /asks for lib<2/,
    ],
    [
      'a constraint not met',
      (plan) => change(plan, 'lib', at('lib', '1.1', 'lib-1.1-py3-none-any.whl')),
      /constraint/,
    ],
    [
      'a wrong Requires-Python',
      (plan) => change(plan, 'lib', at('lib', '1.5', 'lib-1.5-py3-none-any.whl')),
      /requires Python >=3.13/,
    ],
    [
      'a yanked version',
      (plan) => change(plan, 'lib', at('lib', '1.3', 'lib-1.3-py3-none-any.whl')),
      /yanked/,
    ],
    [
      'a wheel of another platform',
      (plan) => change(plan, 'lib', at('lib', '1.2', 'lib-1.2-py3-none-win_amd64.whl')),
      /does not fit/,
    ],
    [
      'a worse wheel',
      (plan) => change(plan, 'lib', at('lib', '1.4', 'lib-1.4-py3-none-any.whl')),
      /worse than/,
    ],
    [
      'a pre-release',
      (plan) => change(plan, 'lib', at('lib', '1.6rc1', 'lib-1.6rc1-py3-none-any.whl')),
      /pre-release/,
    ],
    [
      'the file of another version',
      (plan) => change(plan, 'lib', { version: '1.1' }),
      /no file of that version/,
    ],
    [
      'a file that is not listed',
      (plan) =>
        change(plan, 'app', { file: { ...fileOf(plan, 'app'), filename: 'app-1.0-py2-none-any.whl' } }),
      /not on the page/,
    ],
    [
      "a hash that is not the page's",
      (plan) => change(plan, 'app', { file: { ...fileOf(plan, 'app'), hashes: { sha256: '00' } } }),
      /differs from what the page says/,
    ],
    [
      'an extra that nobody asked for',
      (plan) => change(plan, 'app', { extras: ['docs', 'web'] }),
      /has the extras/,
    ],
    [
      'a requirement left out of the account',
      (plan) => change(plan, 'app', { requires: [] }),
      /app requires \[lib,server\]/,
    ],
    [
      'a demand that nobody makes',
      (plan) => change(plan, 'server', { demands: [{ from: 'lib', text: 'server', origin: null }] }),
      /says that lib demands it/,
    ],
    [
      'a package twice',
      (plan) => ({ ...plan, packages: [...plan.packages, ...plan.packages.slice(-1)] }),
      /twice/,
    ],
    ['packages out of order', (plan) => ({ ...plan, packages: plan.packages.toReversed() }), /not sorted/],
    [
      'a superfluous package',
      (plan) => ({
        ...plan,
        packages: [
          ...plan.packages,
          { ...planned(plan, 'server'), name: 'tool', ...at('tool', '1.0', 'tool-1.0-py3-none-any.whl') },
        ],
      }),
      /tool is superfluous/,
    ],
  ])('sees %s', async (_, spoil, expected) => {
    expect(judgePlan(spoil(await validPlan()), against).join('\n')).toMatch(expected);
  });
});

function planned(plan: Plan, name: string): PlannedPackage {
  const found = plan.packages.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the plan has no ${name}`);
  return found;
}

function fileOf(plan: Plan, name: string): PlannedPackage['file'] {
  return planned(plan, name).file;
}

describe('the judge of worlds', () => {
  const view = viewWorld(world, on);
  const valid = { app: '1.0', lib: '1.4', server: '1.0', old: '1.0' };

  test('calls the valid plan valid, however its names and versions are spelt', () => {
    expect(judgeWorldPlan(view, valid)).toEqual([]);
    expect(judgeWorldPlan(view, { App: '1', lib: '1.4.0', server: '1.0', old: '1.0' })).toEqual([]);
  });

  test.each<[fault: string, plan: Readonly<Record<string, string>>, expected: RegExp]>([
    ['an absent package', { app: '1.0', lib: '1.4', old: '1.0' }, /needs server/],
    ['a version that does not exist', { ...valid, lib: '1.0' }, /lib 1.0 is no candidate/],
    ['a version not admitted', { ...valid, lib: '2.0' }, /does not take lib 2.0/],
    ['a version for another Python', { ...valid, lib: '1.5' }, /no candidate/],
    ['a version for another platform', { ...valid, lib: '1.2' }, /no candidate/],
    ['a yanked version', { ...valid, lib: '1.3' }, /no candidate/],
    ['a pre-release', { ...valid, lib: '1.6rc1' }, /no candidate/],
    ['a superfluous package', { ...valid, tool: '1.0' }, /tool is superfluous/],
  ])('sees %s', (_, plan, expected) => {
    expect(judgeWorldPlan(view, plan).join('\n')).toMatch(expected);
  });
});
