import { memorySource } from '@pyplan/resolver';
import { describe, expect, it } from 'vitest';
import {
  compareRequests,
  formatNewestPython,
  formatPlanChanges,
  InputError,
  newestPythonFor,
  type PlanChanges,
  plainStyle,
} from '../../src/index.ts';

const [june, july] = ['2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z'];
const layout = { style: plainStyle, width: 80 };

const source = memorySource({
  app: {
    '1.0': { requires: ['lib', 'gone'], uploadTime: june },
    '2.0': { requires: ['lib<3', 'new'], uploadTime: july },
  },
  lib: {
    '2.0': { uploadTime: june },
    '3.0': { uploadTime: june, requiresPython: '>=3.12' },
  },
  gone: { '1.0': { uploadTime: june } },
  new: { '1.0': { uploadTime: june } },
  same: { '1.0': { uploadTime: june } },
  old: { '1.0': { requiresPython: '<3.13' }, '0.9': { requiresPython: '<3.12' } },
  binary: {
    '1.0': {
      files: ['binary-1.0-cp311-cp311-win_amd64.whl', 'binary-1.0-cp312-cp312-manylinux2014_x86_64.whl'],
    },
  },
});
const at = (time: string): { excludeNewer: number } => ({ excludeNewer: Date.parse(time) });
const asked = { source, requirements: ['app', 'same'], python: ['3.11', '3.12'], platform: 'linux' };

async function changes(
  before: Parameters<typeof compareRequests>[0],
  after: Parameters<typeof compareRequests>[0],
): Promise<PlanChanges> {
  const result = await compareRequests(before, after);
  if (result.status === 'no-solution') throw new Error(result.refusals[0]?.explanation);
  return result.changes;
}

function told({ packages }: PlanChanges): readonly string[] {
  return packages.map(({ name, kind, from, to, targets, because }) => {
    const why = because.map((cause) => cause.told).join('; ');
    return `${name} ${kind} ${from?.version ?? '-'} ${to?.version ?? '-'} on ${targets.join()} (${why})`;
  });
}

describe('two times', () => {
  const then = { ...asked, options: at('2026-06-15T00:00:00Z') };

  it('differ by what was uploaded between them, and by what that asks for', async () => {
    expect(told(await changes(then, asked))).toEqual([
      'app upgraded 1.0 2.0 on 0,1 (2.0: uploaded 2026-07-01)',
      'gone removed 1.0 - on 0,1 (app 1.0: gone)',
      'lib downgraded 3.0 2.0 on 1 (app 2.0: lib<3)',
      'new added - 1.0 on 0,1 (app 2.0: new)',
    ]);
  });

  it('are the same where nothing was uploaded between them', async () => {
    const same = await changes(then, { ...asked, options: at('2026-06-20T00:00:00Z') });
    expect(same).toMatchObject({ packages: [], unchanged: 4 });
    expect(formatPlanChanges(same, ['a', 'b'], layout)).toMatch(/^Nothing changes, 4 packages the same \(/);
  });

  it('are told in a table that fits', async () => {
    const text = formatPlanChanges(await changes(then, asked), ['2026-06-15', 'now'], layout);
    expect(text).toMatch(/^ {3}Package +2026-06-15 +now +On +Why$/m);
    expect(text).toMatch(/^↓ {2}lib +3\.0 +2\.0 +Python 3\.12 +app 2\.0: lib<3$/m);
    expect(text).toContain('1 added, 1 removed, 1 upgraded, 1 downgraded, 1 package the same');
    const narrow = formatPlanChanges(await changes(then, asked), ['2026-06-15', 'now'], {
      ...layout,
      width: 46,
    });
    expect(narrow).toMatch(/^↓ {2}lib.*\n {4}app 2\.0: lib<3$/m);
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(46);
  });

  it('of which one has no plan say which', async () => {
    const early = { ...asked, options: at('2026-01-01T00:00:00Z') };
    expect(await compareRequests(early, asked)).toMatchObject({ status: 'no-solution', refused: 'before' });
    expect(await compareRequests(asked, early)).toMatchObject({ status: 'no-solution', refused: 'after' });
  });
});

describe('two sets of inputs', () => {
  it('differ by their own lines and constraints', async () => {
    const other = { ...asked, requirements: ['app<2'], constraints: ['lib<3'] };
    expect(told(await changes(asked, other))).toEqual([
      'app downgraded 2.0 1.0 on 0,1 (you: app<2)',
      'gone added - 1.0 on 0,1 (app 1.0: gone)',
      'new removed 1.0 - on 0,1 (app 2.0: new)',
      'same removed 1.0 - on 0,1 (you: same)',
    ]);
    const free = { ...other, constraints: [] };
    expect(told(await changes(free, other))).toEqual(['lib downgraded 3.0 2.0 on 1 (you: limits lib<3)']);
  });
});

describe('the newest Python', () => {
  it('is found for each platform, with what blocks the next', async () => {
    const { platforms } = await newestPythonFor({
      source,
      requirements: ['binary'],
      platform: ['linux', 'windows', 'macos'],
    });
    expect(platforms.map(({ newest }) => newest?.python ?? null)).toEqual(['3.12', '3.11', null]);
    expect(platforms.map(({ blocked }) => blocked?.python ?? null)).toEqual(['3.13', '3.12', '3.8']);
    expect(platforms[0]?.blocked?.explanation).toContain('binary 1.0 has no wheel');
    expect(platforms[0]?.blocked?.refusal?.conflicting.map(({ requirement }) => requirement.text)).toEqual([
      'binary',
    ]);
    const text = formatNewestPython(platforms, layout);
    expect(text).toContain('Python 3.12 is the newest on linux\n');
    expect(text).toContain('  Python 3.13 is blocked:\n');
    expect(text).toContain('No Python has a plan on macos\n');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('is blocked by a Requires-Python', async () => {
    const { platforms } = await newestPythonFor({ source, requirements: ['old'], platform: 'linux' });
    expect(platforms[0]?.newest?.python).toBe('3.12');
    expect(platforms[0]?.blocked?.explanation).toMatch(/old .*require.* Python <3\.13/);
  });

  it('is the newest that is out where nothing blocks, and one of those that are named', async () => {
    const { platforms } = await newestPythonFor({ source, requirements: ['same'], platform: 'linux' });
    expect(platforms[0]).toMatchObject({ newest: { python: '3.14' }, blocked: null });
    const named = { source, requirements: ['old'], platform: 'linux', pythons: ['3.10', '3.11', '3.13'] };
    expect((await newestPythonFor(named)).platforms[0]).toMatchObject({
      newest: { python: '3.11' },
      blocked: { python: '3.13' },
    });
  });

  it('is one that the project itself asks for', async () => {
    const requiresPython = { text: '>=3.9,<3.11', source: 'pyproject.toml' };
    const broken = {
      source,
      requirements: ['same'],
      requiresPython: { text: 'three', source: 'pyproject.toml' },
    };
    await expect(newestPythonFor(broken)).rejects.toThrow(InputError);
    const { platforms } = await newestPythonFor({
      source,
      requirements: ['same'],
      platform: 'linux',
      requiresPython,
    });
    expect(platforms[0]).toMatchObject({
      newest: { python: '3.10' },
      blocked: { python: '3.11', explanation: 'pyproject.toml asks for Python >=3.9,<3.11', refusal: null },
    });
  });
});
