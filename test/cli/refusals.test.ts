import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { errorOf, exampleSnapshot, inDirectory, offline, pyplan } from './run-pyplan.ts';

const snapshot = ['--snapshot', exampleSnapshot];
const universal = ['--universal', '--python', '3.12', ...snapshot];
const argv = ['lock', 'flask==3.1.3', 'werkzeug<3'];
describe('the repairs of a refusal', () => {
  it.each([
    ['one target', offline],
    ['a universe', [...universal, '--platform', 'linux,macos']],
    ['a universe whose platforms are not named', universal],
  ])('of %s are told, and as data, and not looked for with --no-repairs', async (_, options) => {
    const run = await pyplan([...argv, ...options]);
    expect(run.code).toBe(1);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain('\nrepair: change werkzeug<3 (argument) to werkzeug or to ==');
    const json = errorOf(await pyplan([...argv, ...options, '--json']));
    expect(json['repairs']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'loosen',
          lines: [{ requirement: 'werkzeug<3', source: 'argument', line: null, becomes: 'werkzeug' }],
        }),
      ]),
    );
    const without = await pyplan([...argv, ...options, '--no-repairs']);
    expect(without.code).toBe(1);
    expect(without.stderr).toContain('These can not be met together:');
    expect(without.stderr).not.toContain('repair: ');
    expect(errorOf(await pyplan([...argv, ...options, '--no-repairs', '--json']))['repairs']).toEqual([]);
  });

  it('of a universe leave out the platform that nothing covers', async () => {
    const run = await pyplan(['lock', 'uvloop', ...universal, '--platform', 'linux,windows']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('\nrepair: leave out the platform windows\n');
    const mended = await pyplan(['lock', 'uvloop', ...universal, '--platform', 'linux']);
    expect(mended.code).toBe(0);
  });

  it('of one among several targets say which it is', async () => {
    const targets = ['--python', '3.12', '--platform', 'linux,windows', ...snapshot];
    const run = await pyplan(['lock', 'uvloop', 'click>99 ; sys_platform == "linux"', ...targets]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('No solution for Python 3.12 on linux.\nThis can not be met:\n  click>99');
    expect(run.stderr).toContain('No solution for Python 3.12 on windows.\nThis can not be met:\n  uvloop');
    expect(run.stderr).toMatch(/^repair: change click>99.* to click.* \(for Python 3\.12 on linux\)$/m);
  });

  it('give misspelt names back', async () => {
    await inDirectory({ 'r.in': 'fastpai\nclick\nuvicron>=0.1\n' }, async (cwd) => {
      const run = await pyplan(['lock', 'r.in', ...offline], { cwd });
      expect(run.code).toBe(1);
      expect(run.stderr).toContain(
        '\nrepair: change fastpai (r.in:1) to fastapi and uvicron>=0.1 (r.in:3) to uvicorn>=0.1\n',
      );
      expect(run.stderr).not.toContain('leave out');
    });
  });
});

/** Wheels of versions 1 to 60 of lib, each for the core of its number alone, and of core. */
function writeTwins(directory: string): void {
  for (let version = 1; version <= 60; version++) {
    for (const name of ['lib', 'core']) {
      const requires = name === 'lib' ? `Requires-Dist: core==${version}\n` : '';
      const metadata = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${requires}`;
      const wheel = zipSync({ [`${name}-${version}.dist-info/METADATA`]: strToU8(metadata) });
      writeFileSync(join(directory, `${name}-${version}-py3-none-any.whl`), wheel);
    }
  }
}

describe('a refusal of which a repair lies many versions back', () => {
  const twins = ['lock', 'lib==60', 'core==20', '--python', '3.12', '--platform', 'linux'];
  const fromWheels = ['--no-index', '--find-links', '.'];
  const ofCore = '\nrepair: change core==20 (argument) to core or to ==60\n';
  const ofLib = '\nrepair: change lib==60 (argument) to lib or to ==20\n';

  it('says that there may be more, which --more-repairs finds', async () => {
    await inDirectory({}, async (cwd) => {
      writeTwins(cwd);
      const few = await pyplan([...twins, ...fromWheels], { cwd });
      expect(few.code).toBe(1);
      expect(few.stderr).toContain(ofCore);
      expect(few.stderr).not.toContain(ofLib);
      expect(few.stderr).toMatch(/^hint: there may be more repairs.*: --more-repairs$/m);
      const json = errorOf(await pyplan([...twins, ...fromWheels, '--json'], { cwd }));
      expect(json['targets']).toMatchObject([{ untried: true }]);

      const more = [...twins, ...fromWheels, '--more-repairs'];
      const all = await pyplan(more, { cwd });
      expect(all.code).toBe(1);
      expect(all.stderr).toContain(ofCore);
      expect(all.stderr).toContain(ofLib);
      expect(all.stderr).not.toContain('hint: ');
      const allJson = errorOf(await pyplan([...more, '--json'], { cwd }));
      expect(allJson['targets']).toMatchObject([{ untried: false }]);
    });
  });
});

describe('a plan for several targets of which one is refused', () => {
  const plan = ['plan', 'markupsafe', '--python', '3.12,pypy3.11', '--platform', 'linux', ...snapshot];

  it('is told for the others', async () => {
    const run = await pyplan(plan);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^Python 3\.12 on linux\n\n.*\nmarkupsafe +\d/s);
    expect(run.stdout).not.toContain('pypy');
    expect(run.stderr).toContain('No solution for Python pypy3.11 on linux.');
  });

  it('has the plans of the others beside the error as JSON', async () => {
    const run = await pyplan([...plan, '--json']);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({
      error: { kind: 'no-solution', targets: [{ python: 'pypy3.11', platform: 'linux' }] },
      targets: [{ python: '3.12', platform: 'linux', packages: [{ name: 'markupsafe' }], changes: null }],
    });
  });

  it('has the same where a lock is what is planned', async () => {
    await inDirectory({}, async (cwd) => {
      await pyplan(['lock', 'click', '-o', 'pylock.toml', ...offline], { cwd });
      const run = await pyplan(
        ['plan', 'pylock.toml', '--python', '3.9,3.12', '--platform', 'linux', '--json'],
        { cwd },
      );
      expect(run.code).toBe(1);
      expect(JSON.parse(run.stdout)).toMatchObject({
        error: { kind: 'no-solution', targets: [{ python: '3.9' }] },
        targets: [{ python: '3.12', packages: [{ name: 'click' }] }],
      });
    });
  });
});
