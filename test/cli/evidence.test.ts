import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleSnapshot, inDirectory, offline, pyplan, type Run } from './run-pyplan.ts';

const inputs = { 'r.in': 'flask>=3\nuvicorn[standard]\n' };
const snapshot = ['--snapshot', exampleSnapshot];

const lock = (cwd: string, ...argv: string[]): Promise<Run> =>
  pyplan(['lock', ...argv, ...offline, '--evidence', 'e.json'], { cwd });
const verify = (cwd: string, ...argv: string[]): Promise<Run> =>
  pyplan(['verify', '--evidence', 'e.json', ...argv], { cwd });

describe('pyplan lock --evidence, verify --evidence', () => {
  it('writes what a plan rests on, which holds by itself and by the index', async () => {
    await inDirectory(inputs, async (cwd) => {
      const made = await lock(cwd, 'r.in');
      expect(made, made.stderr).toMatchObject({ code: 0 });
      expect(made.stderr).toContain('Wrote e.json');
      const text = readFileSync(`${cwd}/e.json`, 'utf8');
      expect(text).not.toContain(cwd);
      expect(text).not.toMatch(/https?:|file:/);
      const alone = await verify(cwd);
      expect(alone).toMatchObject({ code: 0, stderr: '' });
      expect(alone.stdout).toMatch(
        /^Python 3\.12 on linux: \d+ packages, \d+ requirements met\nNot compared/,
      );
      const against = await verify(cwd, ...snapshot);
      expect(against).toMatchObject({ code: 0, stderr: '' });
      expect(against.stdout).toMatch(/The index is as it says: (\d+) pages, \1 files\ne\.json holds\n$/);
      await lock(cwd, 'r.in');
      expect(readFileSync(`${cwd}/e.json`, 'utf8')).toBe(text);
    });
  });

  it('proves a refusal, and tells of each target of a universe', async () => {
    await inDirectory(inputs, async (cwd) => {
      const refused = await lock(cwd, 'r.in', 'werkzeug<3');
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      const proof = await verify(cwd, ...snapshot, '--json');
      expect(proof.code, proof.stdout).toBe(0);
      expect(JSON.parse(proof.stdout)).toMatchObject({
        holds: true,
        targets: [{ python: '3.12', platform: 'linux', kind: 'refusal' }],
      });
      await pyplan(['lock', 'r.in', '--universal', '--python', '3.13', ...snapshot, '--evidence', 'e.json'], {
        cwd,
      });
      const universe = await verify(cwd, ...snapshot);
      expect(universe.code, universe.stdout).toBe(0);
      expect(universe.stdout.split('\n').filter((line) => line.includes('requirements met'))).toHaveLength(
        12,
      );
    });
  });

  it('tells the first thing that does not hold, with exit code 1', async () => {
    await inDirectory(inputs, async (cwd) => {
      await lock(cwd, 'r.in');
      const text = readFileSync(`${cwd}/e.json`, 'utf8');
      writeFileSync(`${cwd}/e.json`, text.replace(/^ *\{"name":"markupsafe".*\n/m, ''));
      expect(await verify(cwd)).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(
          /does not hold: Python 3\.12 on linux: \S+ \S+ needs markupsafe.*absent/i,
        ),
      });
      writeFileSync(`${cwd}/e.json`, text.replace(/"page": "(.)/, '"page": "0$1'));
      expect(await verify(cwd)).toMatchObject({ code: 0 });
      expect(await verify(cwd, ...snapshot)).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/does not hold: the page of \S+ is another one/),
      });
    });
  });

  it.each([
    ['no JSON', '{"evidence": 1,', /^error: e\.json: it is no JSON: /],
    ['another format', '{"evidence": 7}', /its format is 7, expected 1/],
    ['no evidence', '{"packages": []}', /it has no "evidence" number, expected 1/],
    ['a field of another type', '{"evidence": 1, "inputs": []}', /e\.json: inputs: expected an object/],
  ])('refuses %s with exit code 2', async (_, text, message) => {
    await inDirectory({ 'e.json': text }, async (cwd) => {
      const run = await verify(cwd);
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(message);
    });
  });

  it('takes no lock beside the evidence, and no standard output for it', async () => {
    await inDirectory({ ...inputs, 'e.json': '{}' }, async (cwd) => {
      expect(await verify(cwd, 'pylock.toml')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('takes no lock and no inputs'),
      });
      const run = await pyplan(['lock', 'r.in', ...offline, '--evidence', '-'], { cwd });
      expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('--evidence takes a file') });
    });
  });
});
