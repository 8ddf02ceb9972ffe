import { checkEvidence } from '@pyplan/lockfile';
import { parseRequirement } from '@pyplan/markers';
import {
  type Evidence,
  evidenceOf,
  type MemoryWorld,
  memorySource,
  type RequirementScope,
  type ResolveRequest,
  resolve,
  target,
} from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceOn } from '../../packages/resolver/src/evidence/evidence-of.ts';
import { provenByClauses } from '../../packages/resolver/src/evidence/refusal-evidence.ts';
import { digestedSource } from '../support/evidence/digested-source.ts';
import { evidenceFault, noEvidence } from '../support/evidence/evidence-fault.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { smallWorld, worldTarget } from '../support/world-arbitrary.ts';

interface Changes {
  readonly overrides: readonly { readonly text: string; readonly scope: RequirementScope }[];
  readonly excludes: readonly { readonly scope: RequirementScope; readonly names: readonly string[] }[];
}

function requestOf(
  world: MemoryWorld,
  requires: readonly string[],
  { overrides, excludes }: Changes,
  on = target('3.12', 'linux'),
): ResolveRequest {
  const root = (text: string) => rootRequirement(parseRequirement(text));
  return {
    requirements: requires.map(root),
    constraints: [],
    overrides: overrides.map(({ text, scope }) => ({ ...root(text), scope })),
    targets: [on],
    source: digestedSource(memorySource(world)),
    options: { ...conformanceOptions, scopedExcludes: excludes },
  };
}

const project = fc.constantFrom('amo', 'bel', 'cor', 'dun', 'eft');
const scope = fc.record({
  package: project,
  version: fc.constantFrom(null, null, '1.0', '1.1', '2.0', '3.0'),
});
const override = fc
  .record({
    scope,
    name: project,
    specifier: fc.constantFrom('', '>=2', '<2', '==1.0', '[x]<3', ' ; sys_platform == "linux"', '>1'),
  })
  // What a package asks of itself is not overridden for it alone.
  .filter((each) => each.scope.package !== each.name)
  .map((each) => ({ scope: each.scope, text: each.name + each.specifier }));
const changes: fc.Arbitrary<Changes> = fc.record({
  overrides: fc.array(override, { minLength: 1, maxLength: 4 }),
  excludes: fc.array(fc.record({ scope, names: fc.array(project, { minLength: 1, maxLength: 2 }) }), {
    maxLength: 2,
  }),
});

describe('the evidence under overrides and excludes of one package', () => {
  test('holds, by itself and against the index: of every plan and every refusal', async () => {
    const count = noEvidence();
    await fc.assert(
      fc.asyncProperty(smallWorld, worldTarget, changes, async (world, { python, platform }, changed) => {
        const on = target(python, platform);
        const request = requestOf(memoryWorld(world), world.root.requires, changed, on);
        expect(await evidenceFault(request, await resolve(request), count)).toBeNull();
      }),
      { numRuns: Number(process.env['RUNS'] ?? 500) },
    );
    expect(count.plans).toBeGreaterThan(20);
    expect(count.refusals).toBeGreaterThan(20);
  });

  test("holds, too, where the refusal is the Boolean solver's", async () => {
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(smallWorld, worldTarget, changes, async (world, { python, platform }, changed) => {
        const on = target(python, platform);
        const request = requestOf(memoryWorld(world), world.root.requires, changed, on);
        const resolution = await resolve(request);
        if (resolution.status === 'resolved') return;
        const evidence = await evidenceOn(request, [], resolution.refusals, {}, provenByClauses);
        expect(await checkEvidence(evidence)).toMatchObject({ holds: true });
        refusals++;
      }),
      { numRuns: 300 },
    );
    expect(refusals).toBeGreaterThan(20);
  });
});

describe('what is changed of one package decides', () => {
  const world: MemoryWorld = {
    app: { '1.0': { requires: ['lib<2', 'gear ; sys_platform == "win32"'] } },
    lib: { '1.0': {}, '2.0': {} },
    gear: { '1.0': {} },
    more: { '1.0': {} },
    nest: { '1.0': { extras: { all: ['nest[x]'], x: ['more'] } } },
  };
  const all = { package: 'app', version: null };
  const changed: Changes = {
    overrides: [
      { text: 'lib>=2', scope: all },
      { text: 'more', scope: all },
    ],
    excludes: [],
  };

  async function evidence(requires: readonly string[], each: Changes = changed): Promise<Evidence> {
    const request = requestOf(world, requires, each);
    const told = await evidenceOf(request, await resolve(request));
    expect(await checkEvidence(told, { source: request.source })).toMatchObject({ holds: true });
    return told;
  }

  const withInputs = (told: Evidence, inputs: Partial<Evidence['inputs']>): Evidence => ({
    ...told,
    inputs: { ...told.inputs, ...inputs },
  });

  test('whether a plan holds', async () => {
    const told = await evidence(['app']);
    expect(told.targets[0]?.plan?.packages.map(({ name }) => name)).toEqual(['app', 'lib', 'more']);
    const [first, second] = told.inputs.overrides;
    if (first === undefined || second === undefined) throw new Error('invariant: two overrides');
    const faultOf = async (inputs: Partial<Evidence['inputs']>): Promise<unknown> =>
      await checkEvidence(withInputs(told, inputs));
    expect(await faultOf({ overrides: [second] })).toMatchObject({ fault: expect.stringContaining('lib<2') });
    expect(await faultOf({ overrides: [first] })).toMatchObject({
      fault: expect.stringContaining('more 1.0 is superfluous'),
    });
    const ofAnother = { ...first, scope: { package: 'app', version: '2.0' } };
    expect(await faultOf({ overrides: [ofAnother, second] })).toMatchObject({ holds: false });
    const excluded = [{ scope: all, names: ['more'] }];
    expect(await faultOf({ scopedExcludes: excluded })).toMatchObject({
      fault: expect.stringContaining('more 1.0 is superfluous'),
    });
    const byUrl = { ...first, text: 'lib @ https://example.org/lib-2.0-py3-none-any.whl' };
    expect(await faultOf({ overrides: [byUrl, second] })).toMatchObject({
      fault: expect.stringContaining('of app alone has a URL'),
    });
  });

  test('whether a refusal holds; what is added is seen only of all that a version asks', async () => {
    const replaced = await evidence(['app', 'lib<2']);
    expect(await checkEvidence(withInputs(replaced, { overrides: [] }))).toMatchObject({ holds: false });
    const added = await evidence(['app', 'more>1'], changed);
    const lacking = await evidence(['app'], { overrides: [{ text: 'more>1', scope: all }], excludes: [] });
    for (const told of [replaced, added, lacking]) expect(told.targets[0]?.refusal).toBeDefined();
    const { app } = lacking.projects;
    const [name = '', file] = Object.entries(app?.files ?? {})[0] ?? [];
    if (app === undefined || file === undefined) throw new Error('invariant: app is told of');
    expect(file.complete).toBe(true);
    const partial = { ...app, files: { [name]: { ...file, complete: false } } };
    expect(
      await checkEvidence({ ...lacking, projects: { ...lacking.projects, app: partial } }),
    ).toMatchObject({ fault: expect.stringContaining('app 1.0 does not ask for more') });
  });

  test('that what is asked under a marker that does not hold is asked all the same', async () => {
    const told = await evidence(['app'], { overrides: [{ text: 'gear', scope: all }], excludes: [] });
    expect(told.targets[0]?.plan?.packages.map(({ name }) => name)).toEqual(['app', 'lib']);
  });

  test('which extras of its own a package has in force', async () => {
    const excludes = [{ scope: { package: 'nest', version: null }, names: ['nest'] }];
    const told = await evidence(['nest[all]'], { overrides: [], excludes });
    expect(told.targets[0]?.plan?.packages).toMatchObject([{ name: 'nest', extras: ['all'] }]);
  });
});
