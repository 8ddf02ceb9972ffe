import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { errorOf, exampleSnapshot, inDirectory, offline, pyplan, type Run } from './run-pyplan.ts';

const withSettings = { UV_NO_CONFIG: '' };

/** Versions by name of the first target that a run with `--format json` gives. */
function pins(run: Run): Readonly<Record<string, string>> {
  expect(run.code, run.stderr).toBe(0);
  const [first] = JSON.parse(run.stdout).targets;
  return Object.fromEntries(
    first.packages.map(({ name, version }: { name: string; version: string }) => [name, version]),
  );
}

function lock(
  cwd: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  return pyplan(['lock', ...argv, ...offline, '--format', 'json'], { cwd, env });
}

describe('options by package', () => {
  it('limit or lift upload times', async () => {
    await inDirectory({}, async (cwd) => {
      const early = ['--exclude-newer', '2026-07-01'];
      expect(pins(await lock(cwd, ['click', ...early]))).toEqual({ click: '8.4.2' });
      const lifted = await lock(cwd, ['click', ...early, '--exclude-newer-package', 'Click=false']);
      expect(pins(lifted)).toEqual({ click: '8.5.0' });
      const own = await lock(cwd, ['click', '--exclude-newer-package', 'click=2026-07-01']);
      expect(pins(own)).toEqual({ click: '8.4.2' });
    });
  });

  it.each([
    [['--exclude-newer-package', 'click'], '--exclude-newer-package takes NAME=TIME; got "click"'],
    [['--exclude-newer-package', 'click=soon'], `--exclude-newer-package can't read "soon"`],
    [['--exclude-newer', 'soon'], `--exclude-newer can't read "soon"`],
    [['--prerelease-package', 'click=perhaps'], '--prerelease-package takes one of disallow, allow'],
    [['--prerelease-package', '=allow'], '--prerelease-package takes NAME=MODE; got "=allow"'],
    [['--upgrade-group', 'dev'], '--upgrade-group needs a pyproject.toml among the inputs'],
  ])('refuse %j', async (argv, message) => {
    await inDirectory({}, async (cwd) => {
      const run = await lock(cwd, ['click', ...argv]);
      expect(run.code).toBe(2);
      expect(run.stderr).toContain(message);
    });
  });
});

describe('a requirements file', () => {
  it.each([
    [
      '--all-releases h11,Click\n',
      { prerelease: 'if-necessary-or-explicit', own: { h11: 'allow', click: 'allow' } },
    ],
    ['--only-final :all:\n--all-releases click\n', { prerelease: 'disallow', own: { click: 'allow' } }],
    ['--pre\n--only-final click\n', { prerelease: 'allow', own: { click: 'disallow' } }],
  ])('says of which packages pre-releases count: %j', async (text, expected) => {
    await inDirectory({ 'r.txt': `${text}click\n` }, async (cwd) => {
      const evidence = ['--evidence', 'evidence.json', '-o', 'out.txt'];
      const run = await pyplan(['lock', 'r.txt', ...offline, ...evidence], { cwd });
      expect(run.code, run.stderr).toBe(0);
      const { inputs } = JSON.parse(readFileSync(`${cwd}/evidence.json`, 'utf8'));
      expect({ prerelease: inputs.prerelease, own: inputs.prereleasePackages }).toEqual(expected);
    });
  });
});

describe('a cool-down', () => {
  it('is written into the lock as the moment that it came to', async () => {
    await inDirectory({}, async (cwd) => {
      const before = Date.now();
      const run = await pyplan(['lock', 'click', ...offline, '--exclude-newer', 'P1D', '-o', 'pylock.toml'], {
        cwd,
      });
      expect(run.code, run.stderr).toBe(0);
      const said = /files uploaded before (\S+), 1 day ago/;
      const [, moment = ''] = said.exec(readFileSync(`${cwd}/pylock.toml`, 'utf8')) ?? [];
      expect(Date.parse(moment)).toBeGreaterThanOrEqual(before - 86_400_000);
      expect(Date.parse(moment)).toBeLessThanOrEqual(Date.now() - 86_400_000);
      expect(said.exec(run.stderr)?.[1]).toBe(moment);
      const again = await pyplan(
        ['lock', 'click', ...offline, '--exclude-newer', 'P1D', '-o', 'pylock.toml'],
        { cwd },
      );
      expect(again.stderr).toContain('pylock.toml is up to date');
    });
  });
});

describe('--exclude', () => {
  it('leaves packages out, whoever asks for them', async () => {
    await inDirectory({ 'out.txt': 'jinja2==99\nWerkzeug ; python_version < "3"\n' }, async (cwd) => {
      const left = pins(await lock(cwd, ['flask', 'jinja2', '--exclude', 'out.txt']));
      expect(Object.keys(left)).toEqual(['blinker', 'click', 'flask', 'itsdangerous', 'markupsafe']);
    });
  });
});

describe('--upgrade-group and --prefer', () => {
  const project = [
    '[project]',
    'name = "app"',
    'version = "1"',
    'dependencies = ["flask"]',
    '[dependency-groups]',
    'dev = ["click", { include-group = "more" }]',
    'more = ["jinja2"]',
  ].join('\n');

  it('let just what the group asks for move', async () => {
    await inDirectory({ 'pyproject.toml': project }, async (cwd) => {
      writeFileSync(`${cwd}/out.txt`, 'click==8.4.2\nflask==2.2.5\n');
      const kept = await pyplan(['lock', '.', ...offline, '-o', 'out.txt', '--no-hashes'], { cwd });
      expect(kept.code, kept.stderr).toBe(0);
      expect(readFileSync(`${cwd}/out.txt`, 'utf8')).toMatch(/^click==8\.4\.2$[\s\S]*^flask==2\.2\.5$/m);
      await pyplan(['lock', '.', ...offline, '-o', 'out.txt', '--no-hashes', '--upgrade-group', 'dev'], {
        cwd,
      });
      expect(readFileSync(`${cwd}/out.txt`, 'utf8')).toMatch(/^click==8\.5\.0$[\s\S]*^flask==2\.2\.5$/m);
    });
  });

  it('of several locks the first has its way, and -P lets several packages move', async () => {
    await inDirectory({}, async (cwd) => {
      writeFileSync(`${cwd}/a.txt`, 'click==8.4.2\n');
      writeFileSync(`${cwd}/b.txt`, 'click==8.2.1\nflask==2.2.5\n');
      const prefer = ['--prefer', 'a.txt', '--prefer', 'b.txt'];
      expect(pins(await lock(cwd, ['flask', ...prefer]))).toMatchObject({ click: '8.4.2', flask: '2.2.5' });
      const moved = await lock(cwd, ['flask', ...prefer, '-P', 'click', '-P', 'flask']);
      expect(pins(moved)).toMatchObject({ click: '8.5.0', flask: '3.1.3' });
    });
  });
});

describe("uv's settings", () => {
  const project = (uv: string): string =>
    `[project]\nname = "app"\nversion = "1"\ndependencies = ["flask"]\n[tool.uv]\n${uv}\n`;

  it.each([
    ['constraint-dependencies = ["click<8.5"]', { click: '8.4.2', flask: '3.1.3' }],
    ['override-dependencies = ["click==8.2.1"]', { click: '8.2.1', flask: '3.1.3' }],
    [
      'exclude-newer = "2026-07-01"\nexclude-newer-package = { markupsafe = false }',
      { click: '8.4.2', markupsafe: '3.0.4' },
    ],
    ['exclude-newer-package = { click = "2026-07-01T00:00:00Z" }', { click: '8.4.2' }],
    ['resolution = "lowest-direct"', { flask: '2.2.5' }],
    ['resolution = "highest"\n[tool.uv.pip]\nresolution = "lowest-direct"', { flask: '2.2.5' }],
  ])('count: %s', async (uv, expected) => {
    await inDirectory({ 'pyproject.toml': project(uv) }, async (cwd) => {
      expect(pins(await lock(cwd, ['.'], withSettings))).toMatchObject(expected);
    });
  });

  it('are heeded by verify as they were by lock', async () => {
    const uv = 'override-dependencies = ["click==8.2.1"]\nexclude-dependencies = ["jinja2", "itsdangerous"]';
    const text = project(uv).replace('["flask"]', '["flask", "click>=8.4", "jinja2"]');
    await inDirectory({ 'pyproject.toml': text, 'in.txt': 'flask\nclick>=8.4\n' }, async (cwd) => {
      const locked = await pyplan(['lock', '.', ...offline, '-o', 'pylock.toml'], { cwd });
      expect(locked.code, locked.stderr).toBe(0);
      const verify = ['verify', 'pylock.toml', '--snapshot', exampleSnapshot];
      expect((await pyplan([...verify, '.'], { cwd })).stdout).toBe('pylock.toml is right\n');
      const without = await pyplan([...verify, 'in.txt'], { cwd: cwd });
      expect(without.stdout).toBe('pylock.toml is right\n');
      writeFileSync(`${cwd}/pyproject.toml`, project(''));
      const now = await pyplan([...verify, 'in.txt'], { cwd });
      expect(now.stdout).toContain('in.txt:2 asks for click>=8.4, and click 8.2.1 is locked');
    });
  });

  it('leave out what exclude-dependencies names', async () => {
    await inDirectory({ 'pyproject.toml': project('exclude-dependencies = ["Jinja2"]') }, async (cwd) => {
      expect(pins(await lock(cwd, ['.']))).not.toHaveProperty('jinja2');
    });
  });

  it('give way to the command line', async () => {
    await inDirectory({ 'pyproject.toml': project('exclude-newer = "2026-07-01"') }, async (cwd) => {
      const run = await lock(cwd, ['.', '--exclude-newer', 'false'], withSettings);
      expect(pins(run)).toMatchObject({ click: '8.5.0' });
    });
  });

  it('of the project around a requirements file, too', async () => {
    const uv = project('constraint-dependencies = ["click<8.5"]');
    await inDirectory({ 'pyproject.toml': uv, 'r.in': 'flask\n' }, async (cwd) => {
      expect(pins(await lock(cwd, ['r.in'], withSettings))).toMatchObject({ click: '8.4.2' });
    });
  });

  it.each([
    ['exclude-newer = 5', 'exclude-newer is 5'],
    ['exclude-newer = "soon"', `exclude-newer can't read "soon"`],
    ['resolution = "newest"', 'resolution is "newest"'],
    ['prerelease-package = { click = "maybe" }', 'prerelease-package.click is "maybe"'],
    ['constraint-dependencies = "click<8.5"', 'tool.uv.constraint-dependencies is not a list'],
    ['environments = ["sys_platform"]', `tool.uv.environments can't be read`],
    ['conflicts = [[{ extra = "a" }]]', 'tool.uv.conflicts has a set of fewer than two members'],
    ['conflicts = [[{ extra = "a" }, { extras = "b" }]]', 'tool.uv.conflicts holds {"extras":"b"}'],
  ])('that can not be read are refused: %s', async (uv, message) => {
    await inDirectory({ 'pyproject.toml': project(uv) }, async (cwd) => {
      const run = await pyplan(['lock', '.', ...offline, '--json'], { cwd, env: withSettings });
      expect(run.code).toBe(2);
      expect(errorOf(run)).toMatchObject({
        explanation: expect.stringContaining(message),
        file: 'pyproject.toml',
      });
    });
  });
});

describe('--environment and --required-environment', () => {
  const universal = ['--universal', '--python', '3.12', '--snapshot', exampleSnapshot];
  const limit = ["sys_platform == 'linux'", "sys_platform == 'win32' and python_version >= '3.13'"];

  function environments(run: Run): readonly string[] {
    expect(run.code, run.stderr).toBe(0);
    return JSON.parse(run.stdout).universe.environments;
  }

  it('limit a universe, given or said by the project', async () => {
    const project = (uv: string): string =>
      `[project]\nname = "app"\nversion = "1"\ndependencies = ["click"]\n[tool.uv]\n${uv}\n`;
    const ofProject = project(`environments = ${JSON.stringify(limit)}\n`);
    await inDirectory({ 'pyproject.toml': ofProject }, async (cwd) => {
      const argv = ['lock', ...universal, '--format', 'json'];
      const given = limit.flatMap((marker) => ['--environment', marker]);
      const said = environments(await pyplan([...argv, '.'], { cwd }));
      expect(said).toEqual(environments(await pyplan([...argv, 'click', ...given], { cwd: tmpdir() })));
      expect(said).toHaveLength(4);
      expect(said.join()).not.toContain('darwin');
      const macos = await pyplan([...argv, '.', '--environment', "sys_platform == 'darwin'"], { cwd });
      expect(environments(macos).join()).not.toContain('linux');
    });
  });

  it('refuse a lock that lacks what is required', async () => {
    const argv = ['lock', 'markupsafe', ...universal, '--only-binary', ':all:', '--format', 'json'];
    const ppc = ['--required-environment', "platform_machine == 'ppc64le'"];
    const run = await pyplan([...argv, ...ppc]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('ppc64le');
  });

  it.each([
    [['--environment', "sys_platform == 'linux'"], '--environment is of --universal, which is not given'],
    [['--required-environment', "os_name == 'nt'"], '--required-environment is of --universal'],
    [['--universal', '--environment', 'linux'], "--environment can't be read"],
    [['--universal', '--environment', "implementation_name == 'pypy'"], 'no platform has the supported'],
    [
      ['--universal', '--platform', 'windows', '--environment', "sys_platform == 'linux'"],
      'none of the platforms',
    ],
  ])('refuse %j', async (argv, message) => {
    const run = await pyplan(['lock', 'click', '--snapshot', exampleSnapshot, '--python', '3.12', ...argv]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
  });
});
