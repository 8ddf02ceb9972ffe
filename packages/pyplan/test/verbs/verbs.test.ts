import { memorySource, type PackageSource } from '@pyplan/resolver';
import { describe, expect, it } from 'vitest';
import {
  compare,
  InputError,
  InvalidTargetError,
  lock,
  plan,
  planTree,
  SourceError,
  whyTree,
} from '../../src/index.ts';

const source = memorySource({
  app: { '1.0': { requires: ['lib>=1', 'old; python_version < "3.12"'] } },
  lib: { '1.0': { requires: ['base'] }, '2.0': { requires: ['base>=2'], requiresPython: '>=3.12' } },
  old: { '1.0': { requires: ['base'] } },
  base: { '1.0': {}, '2.0': {} },
});
const linux = { platform: 'linux', source } as const;

describe('lock', () => {
  it('plans for each Python with each platform', async () => {
    const targets = { python: ['3.11', '3.13'], platform: ['linux', 'macos'] };
    const { status, plans } = await lock({ source, requirements: ['app'], ...targets });
    expect(status).toBe('resolved');
    expect(plans.map(({ target }) => `${target.python} ${target.platform}`)).toEqual([
      '3.11 linux',
      '3.11 macos',
      '3.13 linux',
      '3.13 macos',
    ]);
  });

  it('notes what it assumed', async () => {
    const { notes, plans } = await lock({ requirements: ['base'], source });
    expect(notes.map((note) => note.kind)).toEqual(['assumed', 'assumed']);
    expect(notes[0]?.text).toContain(plans[0]?.target.python);
    expect((await lock({ ...linux, requirements: ['base'], python: '3.13' })).notes).toEqual([]);
  });

  it('answers that there is no solution, with the lines that conflict', async () => {
    const request = { requirements: ['lib>=2'], constraints: ['base<2'], python: '3.13' };
    const resolution = await lock({ ...linux, ...request });
    expect(resolution.status).toBe('no-solution');
    if (resolution.status !== 'no-solution') return;
    const lines = resolution.refusals[0]?.conflicting.map(({ requirement }) => requirement.text);
    expect(lines).toEqual(expect.arrayContaining(['lib>=2', 'base<2']));
  });

  it('throws for what it can not read and for targets that there are none of', async () => {
    await expect(lock({ ...linux, requirements: ['lib>='], python: '3.13' })).rejects.toThrow(InputError);
    await expect(lock({ ...linux, requirements: ['lib'], python: 'five' })).rejects.toThrow(
      InvalidTargetError,
    );
    const beos = { requirements: ['lib'], python: '3.13', platform: 'beos', source };
    await expect(lock(beos)).rejects.toThrow(InvalidTargetError);
  });

  it("throws the source's error and the signal's reason", async () => {
    const down: PackageSource = {
      ...source,
      page: (name) => {
        throw new SourceError('no network', { kind: 'unreachable', url: `https://example.org/${name}/` });
      },
    };
    const request = { ...linux, requirements: ['lib'], python: '3.13' };
    await expect(lock({ ...request, source: down })).rejects.toThrow(SourceError);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(lock({ ...request, signal })).rejects.toThrow('enough');
  });

  it('asks a source for nothing twice in a second call', async () => {
    const asked: string[] = [];
    const counted: PackageSource = {
      page: (name) => {
        asked.push(name);
        return source.page(name);
      },
      metadata: (page, file) => {
        asked.push(file.filename);
        return source.metadata(page, file);
      },
      direct: source.direct,
    };
    const request = { requirements: ['app'], python: '3.13', platform: 'linux', source: counted };
    const first = await lock(request);
    const before = asked.length;
    expect(before).toBeGreaterThan(0);
    expect(await lock(request)).toEqual(first);
    expect(asked).toHaveLength(before);
  });

  it('tells its progress', async () => {
    const phases: string[] = [];
    const onProgress = ({ phase }: { readonly phase: string }): void => void phases.push(phase);
    await lock({ ...linux, requirements: ['app'], python: '3.13', onProgress });
    expect(phases.at(-1)).toBe('done');
  });
});

describe('plan', () => {
  it('tells changes against what is installed, and none where nothing is said of it', async () => {
    const request = { ...linux, requirements: ['app'], python: '3.13' };
    expect((await plan(request)).targets[0]?.changes).toBeNull();
    const installed = [
      { name: 'lib', version: '3.0' },
      { name: 'base', version: '2' },
      { name: 'gone', version: '1' },
      { name: 'setuptools', version: '80' },
    ];
    const [target] = (await plan({ ...request, installed })).targets;
    const change = { from: { version: '3.0' }, to: { version: '2.0' }, direction: 'downgrade' };
    expect(target?.changes?.add.map(({ name }) => name)).toEqual(['app']);
    expect(target?.changes?.change).toMatchObject([change]);
    expect(target?.changes?.unchanged.map(({ name }) => name)).toEqual(['base']);
    expect(target?.changes?.remove).toEqual([{ name: 'gone', version: '1' }]);
    expect(target?.download).toEqual({ files: 3, bytes: 0, unknownSizes: 3 });
  });
});

describe('compare', () => {
  it('tells what is not everywhere, what has other versions, and why', async () => {
    const { comparison } = await compare({ ...linux, requirements: ['app'], python: ['3.11', '3.13'] });
    const told = comparison.packages.map(({ name, difference, because }) => [
      name,
      difference,
      ...because.map((cause) => `${cause.kind} on ${cause.sides.join()}: ${cause.told}`),
    ]);
    expect(told).toEqual([
      ['app', 'none'],
      ['base', 'none'],
      ['lib', 'version', 'requires-python on 0: 2.0: Python >=3.12'],
      ['old', 'presence', 'marker on 0: app: old; python_version < "3.12"'],
    ]);
  });
});

describe('whyTree and planTree', () => {
  it('lead from a package to the user and back', async () => {
    const { plans } = await lock({ ...linux, requirements: ['app', 'old'], python: '3.11' });
    const [made] = plans;
    if (made === undefined) throw new Error('no plan');
    const why = whyTree(made, 'base');
    expect(why?.askedBy.map((edge) => edge.demand.from)).toEqual(['lib', 'old']);
    const [, old] = why?.askedBy ?? [];
    const above = old?.kind === 'package' ? old.by.askedBy.map((edge) => edge.kind) : [];
    expect(above).toContain('user');
    expect(whyTree(made, 'nothing')).toBeNull();
    const tree = planTree(made);
    expect(tree.map((node) => node.package.name)).toEqual(['app', 'old']);
    expect(tree[0]?.children.map((node) => [node.package.name, node.repeated])).toEqual([
      ['lib', false],
      ['old', true],
    ]);
  });

  it('end where packages ask for one another', async () => {
    const loop = memorySource({ a: { '1': { requires: ['b'] } }, b: { '1': { requires: ['a'] } } });
    const { plans } = await lock({ requirements: ['a'], python: '3.13', platform: 'linux', source: loop });
    const [made] = plans;
    if (made === undefined) throw new Error('no plan');
    expect(planTree(made)[0]?.children[0]?.children).toMatchObject([{ repeated: true, children: [] }]);
    expect(whyTree(made, 'b')?.askedBy).toHaveLength(1);
  });
});
