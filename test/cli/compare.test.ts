import { describe, expect, it } from 'vitest';
import { exampleSnapshot, inDirectory, offline, pyplan } from './run-pyplan.ts';

const snapshot = ['--snapshot', exampleSnapshot];
const everywhere = ['--python', '3.10,3.11,3.12,3.13,3.14', '--platform', 'linux,macos,windows', ...snapshot];
const narrow = { env: { COLUMNS: '80' } };

describe('pyplan compare', () => {
  it('tells 15 targets apart in 80 columns', async () => {
    const run = await pyplan(['compare', 'examples/web-app.in', ...everywhere], narrow);
    expect(run.code).toBe(0);
    for (const line of run.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(run.stdout).toMatch(/^colorama$\n {2}-.*\n {2}0\.4\.6 +windows$\n {2}why +.*colorama/m);
  });

  it('gives the causes as data', async () => {
    const run = await pyplan([
      'compare',
      'anyio',
      '--python',
      '3.10,3.12',
      '--platform',
      'linux',
      '--json',
      ...snapshot,
    ]);
    const { packages } = JSON.parse(run.stdout);
    const found = packages.find(({ name }: { name: string }) => name === 'exceptiongroup');
    expect(found.because[0]).toMatchObject({
      kind: 'marker',
      by: { name: 'anyio' },
      package: 'exceptiongroup',
      sides: [0],
      text: expect.stringContaining('python_version < "3.11"'),
    });
  });

  it('looks for the newest Python', async () => {
    await inDirectory(
      {
        'pyproject.toml':
          '[project]\nname = "x"\nversion = "1"\nrequires-python = "<3.13"\ndependencies = ["flask"]\n',
      },
      async (cwd) => {
        const argv = ['compare', '.', '--newest-python', '--platform', 'linux,windows', ...snapshot];
        const run = await pyplan(argv, { cwd, ...narrow });
        expect(run.stdout).toContain('Python 3.12 is the newest on linux, windows\n');
        expect(run.stdout).toContain('  Python 3.13 is blocked:\n    pyproject.toml asks for Python <3.13\n');
        const { platforms } = JSON.parse((await pyplan([...argv, '--json'], { cwd })).stdout);
        expect(platforms[1]).toMatchObject({
          platform: 'windows',
          newest: { python: '3.12' },
          blocked: { python: '3.13' },
        });
      },
    );
    const named = [
      'compare',
      'flask',
      '--newest-python',
      '--python',
      '3.13,3.10',
      '--platform',
      'linux',
      ...snapshot,
    ];
    expect((await pyplan(named)).stdout).toContain('Python 3.13 is the newest on linux\n');
    const none = await pyplan([
      'compare',
      'flask',
      '--newest-python',
      '--platform',
      'wasm32-pyodide2024',
      ...snapshot,
    ]);
    expect(none.code).toBe(1);
    expect(none.stdout).toContain('No Python has a plan on wasm32-pyodide2024\n');
  });

  it('shows the targets that have a plan where others have none', async () => {
    const argv = [
      'compare',
      'markupsafe',
      'sqlalchemy',
      '--python',
      '3.10,3.12,pypy3.11',
      '--platform',
      'linux',
    ];
    const run = await pyplan([...argv, ...snapshot], narrow);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^Package +Python 3\.10 +Python 3\.12 +Python pypy3\.11$/m);
    expect(run.stdout).toMatch(/^sqlalchemy +2\.0\.55 +2\.1\.6 +refused$/m);
    expect(run.stdout).toMatch(
      /^refused: Python pypy3\.11 on linux: it can't have markupsafe \(argument\):$/m,
    );
    expect(run.stdout).toContain('(Python 3.10, 3.12 on linux)');
    for (const line of run.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(run.stderr).toContain('No solution for Python pypy3.11 on linux.');
  });

  it('gives each target its plan or its refusal as data, in the order asked for', async () => {
    const argv = [...snapshot, '--platform', 'linux', '--json'];
    const pythons = ['--python', '3.10,pypy3.11,3.12'];
    const run = await pyplan(['compare', 'markupsafe', 'sqlalchemy', ...pythons, ...argv]);
    expect(run.code).toBe(1);
    const { error, targets, packages } = JSON.parse(run.stdout);
    const alone = await pyplan(['lock', 'markupsafe', 'sqlalchemy', '--python', 'pypy3.11', ...argv]);
    expect(error).toEqual(JSON.parse(alone.stdout).error);
    expect(targets).toEqual([
      {
        ...{ python: '3.10', platform: 'linux', packages: 4, refusal: null },
        download: expect.objectContaining({ files: 4 }),
      },
      {
        ...{ python: 'pypy3.11', platform: 'linux', packages: null, download: null },
        refusal: error.targets[0],
      },
      {
        ...{ python: '3.12', platform: 'linux', packages: 3, refusal: null },
        download: expect.objectContaining({ files: 3 }),
      },
    ]);
    const found = packages.find(({ name }: { name: string }) => name === 'sqlalchemy');
    expect(found.on.map((file: { version: string } | null) => file?.version)).toEqual([
      '2.0.55',
      undefined,
      '2.1.6',
    ]);
    // The cause acts on Python 3.10, the version can't be had there.
    expect(found.because).toMatchObject([{ kind: 'requires-python', version: '2.1.6', sides: [0] }]);
  });

  it('says that every target is refused where all are', async () => {
    const run = await pyplan(['compare', 'click>99', '--python', '3.12,3.13', ...offline]);
    expect(run.code).toBe(1);
    expect(run.stdout.trim()).toMatch(
      /^refused: Python 3\.12, 3\.13 on linux: it can't have click>99 \(argument\): .*$/s,
    );
  });

  it('tells two sets of inputs apart where one has no plan for some target', async () => {
    const argv = ['markupsafe', 'click', '--against', 'markupsafe', '--python', '3.12,pypy3.11'];
    const run = await pyplan(['compare', ...argv, '--platform', 'linux', ...snapshot], narrow);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^- {2}click +8\.\d\.\d +- +you: click$/m);
    expect(run.stdout).toMatch(
      /^refused with markupsafe: Python pypy3\.11 on linux: it can't have markupsafe$/m,
    );
    const json = await pyplan(['compare', ...argv, '--platform', 'linux', ...snapshot, '--json']);
    const { error, targets, before } = JSON.parse(json.stdout);
    expect({ before, kind: error.kind }).toEqual({ before: 'markupsafe click', kind: 'no-solution' });
    expect(targets).toMatchObject([
      { python: '3.12', before: { packages: 2, refusal: null }, after: { packages: 1 } },
      {
        python: 'pypy3.11',
        before: { packages: null, refusal: error.targets[0] },
        after: { packages: null },
      },
    ]);
  });

  it('compares two times', async () => {
    const run = await pyplan(
      ['compare', 'click', 'h11', '--between', '2026-07-01,2026-11-01', ...offline],
      narrow,
    );
    expect(run.stdout).toMatch(/^ {3}Package +2026-07-01 +2026-11-01 +Why$/m);
    expect(run.stdout).toMatch(/^↑ {2}click +8\.4\.2 +8\.5\.0 +8\.5\.0: uploaded 2026-08-26$/m);
    const json = await pyplan(['compare', 'click', '--between', '2026-07-01', ...offline, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      before: '2026-07-01',
      after: 'now',
      packages: [{ name: 'click', kind: 'upgraded', because: [{ kind: 'upload-time', sides: [0] }] }],
    });
  });

  it('compares two sets of inputs', async () => {
    await inDirectory({ 'a.in': 'flask\n', 'b.in': 'flask<3\nidna\n' }, async (cwd) => {
      const run = await pyplan(['compare', 'a.in', '--against', 'b.in', ...offline], { cwd, ...narrow });
      expect(run.stdout).toMatch(/^ {3}Package +a\.in +b\.in +Why$/m);
      expect(run.stdout).toMatch(/^↓ {2}flask +3\.1\.3 +2\.\d\.\d +b\.in:1: flask<3$/m);
      expect(run.stdout).toMatch(/^\+ {2}idna +- +3\.\d+ +b\.in:2: idna$/m);
    });
  });

  it('compares two locks as diff does', async () => {
    const files = { 'old.txt': 'flask==3.0.0\nclick==8.1.0\n', 'new.txt': 'flask==3.1.3\nclick==8.1.0\n' };
    await inDirectory(files, async (cwd) => {
      const run = await pyplan(['compare', 'old.txt', 'new.txt'], { cwd });
      expect(run).toEqual(await pyplan(['diff', 'old.txt', 'new.txt'], { cwd }));
      expect(run.stdout).toContain('~ flask 3.0.0 -> 3.1.3');
    });
  });

  it.each([
    [['anyio', ...offline], 'compare needs two targets or more'],
    [
      ['anyio', '--newest-python', '--between', '2026-01-01', ...offline],
      '--newest-python and --between ask for two',
    ],
    [['anyio', '--between', '2026-11-01,2026-06-01', ...offline], '--between takes the earlier time first'],
    [['anyio', '--between', '1,2,3', ...offline], '--between takes one time, or two'],
    [
      ['anyio', '--between', '2026-01-01,2026-06-01', '--exclude-newer', '2026-06-01', ...offline],
      'both say until when',
    ],
    [['anyio', '--against', 'none.in', ...offline], 'There is no file none.in'],
  ])('refuses %j in one line', async (argv, message) => {
    const run = await pyplan(['compare', ...argv]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});
