import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorOf, exampleSnapshot, inDirectory, offline, pyplan } from './run-pyplan.ts';

const project = [
  '[project]',
  'name = "app"',
  'version = "1"',
  'dependencies = ["click"]',
  '[project.optional-dependencies]',
  'old = ["flask<3"]',
  'new = ["flask>=3"]',
  'most = ["app[old]", "anyio"]',
  '[dependency-groups]',
  'dev = ["jinja2"]',
  '[tool.uv]',
  'conflicts = [[{ extra = "old" }, { extra = "new" }]]',
].join('\n');

const universal = ['--universal', '--python', '3.12', '--snapshot', exampleSnapshot];

describe('extras that conflict', () => {
  it.each([
    ['several targets', [...offline, '--python', '3.13', '--platform', 'windows']],
    ['a universe', universal],
  ])('are kept apart in a pylock.toml for %s', async (_, targets) => {
    await inDirectory({ 'pyproject.toml': project }, async (cwd) => {
      const lock = ['lock', '.', '--all-extras', '--group', 'dev', ...targets, '-o', 'pylock.toml'];
      const run = await pyplan(lock, { cwd });
      expect(run.code, run.stderr).toBe(0);
      expect(run.stderr).toContain('4 selections of extras and groups apart');
      expect((await pyplan(lock, { cwd })).stderr).toContain('pylock.toml is up to date');
      const text = readFileSync(`${cwd}/pylock.toml`, 'utf8');
      expect(text).toContain(`marker = "'old' in extras or 'most' in extras"`);
      expect(text).toContain(
        'conflicts = [[{ extra = "old" }, { extra = "new" }], [{ extra = "new" }, { extra = "most" }]]',
      );
      const verified = await pyplan(['verify', 'pylock.toml', '.', '--snapshot', exampleSnapshot], { cwd });
      expect(verified).toMatchObject({ code: 0, stdout: 'pylock.toml is right\n' });
      const on = ['--python', '3.13', '--platform', 'linux', '--json'];
      for (const [extra, flask] of [
        ['old', '2.2.5'],
        ['new', '3.1.3'],
        ['most', '2.2.5'],
      ] as const) {
        const plan = await pyplan(['plan', 'pylock.toml', '--extra', extra, ...on], { cwd });
        const packages: readonly { name: string; version: string }[] = JSON.parse(plan.stdout).targets[0]
          .packages;
        expect(packages.filter(({ name }) => name === 'flask').map(({ version }) => version)).toEqual([
          flask,
        ]);
      }
      const both = await pyplan(['plan', 'pylock.toml', '--extra', 'most,new', ...on], { cwd });
      expect(both.code).toBe(2);
      expect(errorOf(both)).toMatchObject({
        explanation: expect.stringContaining('extra new and extra most conflict, as the project declares'),
      });
    });
  });

  it.each([
    ['a target', offline, 4],
    ['a universe', universal, 72],
  ])('have the evidence of each selection for %s, which verify checks', async (_, targets, plans) => {
    await inDirectory({ 'pyproject.toml': project }, async (cwd) => {
      const lock = ['lock', '.', '--all-extras', '--group', 'dev', ...targets, '--evidence', 'e.json'];
      const run = await pyplan(lock, { cwd });
      expect(run.code, run.stderr).toBe(0);
      const check = ['verify', '--evidence', 'e.json'];
      const verified = await pyplan([...check, '--snapshot', exampleSnapshot], { cwd });
      expect(verified).toMatchObject({ code: 0, stderr: '' });
      expect(verified.stdout).toMatch(/^Without conflicting parts:\n {2}Python 3\.\d+ on \S+: \d+ packages/);
      expect(verified.stdout).toContain('\nWith extra new:\n');
      expect(verified.stdout).toContain('\nWith extra old and extra most:\n');
      expect(verified.stdout.split('\n').filter((line) => line.includes('requirements met'))).toHaveLength(
        plans,
      );
      const text = readFileSync(`${cwd}/e.json`, 'utf8');
      writeFileSync(`${cwd}/e.json`, text.replaceAll('"text":"flask<3"', '"text":"flask<2"'));
      expect(await pyplan(check, { cwd })).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/does not hold: With extra old: Python 3\.\d+ on \S+: .*flask/),
      });
    });
  });

  it('have the proof of a selection that is refused', async () => {
    await inDirectory({ 'pyproject.toml': project.replace('flask<3', 'flask<1') }, async (cwd) => {
      const run = await pyplan(['lock', '.', '--all-extras', ...offline, '--evidence', 'e.json'], { cwd });
      expect(run.code).toBe(1);
      const verified = await pyplan(['verify', '--evidence', 'e.json', '--json'], { cwd });
      const { holds, targets } = JSON.parse(verified.stdout);
      expect(holds).toBe(true);
      expect(targets.at(-1)).toMatchObject({ kind: 'refusal', parts: ['extra old'] });
    });
  });

  it.each([
    [['plan', '.', '--extra', 'old', '--extra', 'new'], 'Extra old and extra new conflict'],
    [['compare', '.', '--all-extras', '--python', '3.13'], 'Extra old and extra new conflict'],
    [['lock', '.', '--extra', 'most,new', '--format', 'requirements'], '(extra most brings them in)'],
  ])('are refused by %j, naming the declaration', async (argv, message) => {
    await inDirectory({ 'pyproject.toml': project }, async (cwd) => {
      const run = await pyplan([...argv, ...offline, '--json'], { cwd });
      expect(run.code).toBe(2);
      expect(errorOf(run)).toMatchObject({
        explanation: expect.stringContaining(message),
        file: 'pyproject.toml',
        line: 12,
      });
    });
  });

  it('and a group that conflicts with the project itself is refused', async () => {
    const withBase = project.replace(
      '{ extra = "old" }, { extra = "new" }',
      '{ package = "app" }, { group = "dev" }',
    );
    await inDirectory({ 'pyproject.toml': withBase }, async (cwd) => {
      const run = await pyplan(['lock', '.', '--group', 'dev', ...offline], { cwd });
      expect(run.code).toBe(2);
      expect(run.stderr).toContain(
        'The project itself and group dev conflict, as tool.uv.conflicts declares',
      );
      expect((await pyplan(['lock', '.', ...offline], { cwd })).code).toBe(0);
    });
  });

  it('tell which of them has no solution', async () => {
    await inDirectory({ 'pyproject.toml': project.replace('flask<3', 'flask<1') }, async (cwd) => {
      const run = await pyplan(['lock', '.', '--all-extras', ...offline], { cwd });
      expect(run.code).toBe(1);
      expect(run.stderr).toContain('With extra old: No solution for Python 3.12 on linux.');
    });
  });
});
