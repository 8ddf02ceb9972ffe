import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inDirectory, offline, pyplan } from './run-pyplan.ts';

const flaskNeeds = ['blinker', 'click', 'flask', 'itsdangerous', 'jinja2', 'markupsafe', 'werkzeug'];

describe('pyplan lock', () => {
  it('prints the JSON of the contract, names normalised and packages sorted', async () => {
    const run = await pyplan(['lock', 'Flask>=3', ...offline, '--format', 'json']);
    expect(run.code).toBe(0);
    const { targets } = JSON.parse(run.stdout);
    expect(targets).toHaveLength(1);
    expect(targets[0]).toMatchObject({ python: '3.12', platform: 'linux' });
    expect(targets[0].packages.map((entry: { name: string }) => entry.name)).toEqual(flaskNeeds);
    expect(targets[0].packages[2]).toMatchObject({
      name: 'flask',
      version: '3.1.3',
      file: {
        filename: 'flask-3.1.3-py3-none-any.whl',
        url: expect.stringMatching(/flask-3\.1\.3-py3-none-any\.whl$/),
        size: 103424,
        hashes: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
      requires: expect.arrayContaining([expect.stringContaining('click')]),
    });
  });

  it('has a target for each Python with each platform', async () => {
    const argv = [
      'lock',
      'flask',
      '--snapshot',
      offline[1] ?? '',
      '--python',
      '3.12,3.13',
      '--platform',
      'linux,macos',
    ];
    const run = await pyplan([...argv, '--json']);
    const targets = JSON.parse(run.stdout).targets.map((each: { python: string; platform: string }) => [
      each.python,
      each.platform,
    ]);
    expect(targets).toEqual([
      ['3.12', 'linux'],
      ['3.12', 'macos'],
      ['3.13', 'linux'],
      ['3.13', 'macos'],
    ]);
  });

  it('gives results on standard output and all else on standard error', async () => {
    const run = await pyplan(['lock', 'flask', ...offline]);
    expect(run.stdout).toMatch(/^lock-version = "1\.0"$/m);
    expect(run.stdout).not.toContain('Locked');
    expect(run.stderr).toMatch(/^Locked 7 packages for Python 3\.12 on linux in .*\n$/);
    expect(run.stdout + run.stderr).not.toContain('\u001b');
  });

  it('says nothing else with -q', async () => {
    const run = await pyplan(['lock', 'flask', ...offline, '-q', '--format', 'requirements']);
    expect(run.stderr).toBe('');
    expect(run.stdout).toMatch(/^flask==3\.1\.3 \\$/m);
  });

  it.each([
    ['pylock.toml', /^lock-version = "1\.0"$/m],
    ['requirements.txt', /^flask==3\.1\.3 \\$/m],
    ['lock.json', /"targets"/],
    ['bom.json', /"bomFormat": "CycloneDX"/],
  ])('writes %s in the format of its name', async (name, content) => {
    await inDirectory({}, async (cwd) => {
      const run = await pyplan(['lock', 'flask', ...offline, '-o', name], { cwd });
      expect(run).toMatchObject({ code: 0, stdout: '' });
      expect(run.stderr).toContain(`Wrote ${name}`);
      expect(readFileSync(`${cwd}/${name}`, 'utf8')).toMatch(content);
      const again = await pyplan(['lock', 'flask', ...offline, '-o', name], { cwd });
      expect(again.stderr).toContain(`${name} is up to date`);
    });
  });

  it('colours with --color always alone', async () => {
    const run = await pyplan(['plan', 'flask', ...offline, '--color', 'always']);
    expect(run.stdout).toContain('\u001b[');
    const bare = await pyplan(['plan', 'flask', ...offline], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(bare.stdout).not.toContain('\u001b');
  });

  it("gives pip's report of one target", async () => {
    const run = await pyplan(['lock', 'click', ...offline, '--format', 'report']);
    expect(JSON.parse(run.stdout)).toMatchObject({
      version: '1',
      install: [{ requested: true, metadata: { name: 'click' } }],
    });
    const two = await pyplan(['lock', 'click', ...offline, '--python', '3.13', '--format', 'report']);
    expect(two).toMatchObject({ code: 2, stdout: '' });
    expect(two.stderr).toContain('--format report is of one target');
  });

  it('reads a pylock.toml as pins', async () => {
    await inDirectory({}, async (cwd) => {
      await pyplan(['lock', 'flask', ...offline, '-o', 'pylock.toml'], { cwd });
      const first = await pyplan(['lock', 'flask', ...offline, '--json'], { cwd });
      const again = await pyplan(['lock', 'pylock.toml', ...offline, '--json'], { cwd });
      const versions = (text: string): unknown =>
        JSON.parse(text).targets[0].packages.map((entry: { name: string; version: string }) => [
          entry.name,
          entry.version,
        ]);
      expect(versions(again.stdout)).toEqual(versions(first.stdout));
    });
  });
});

describe('pyplan lock --universal', () => {
  const snapshot = ['--snapshot', offline[1] ?? ''];

  it('prints the JSON of the contract, a package once for each version', async () => {
    const run = await pyplan([
      'lock',
      'sqlalchemy',
      'anyio',
      '--universal',
      '--python',
      '3.10',
      ...snapshot,
      '--json',
    ]);
    expect(run.code, run.stderr).toBe(0);
    const { universe, uncovered, packages } = JSON.parse(run.stdout);
    expect(universe.requires_python).toBe('>=3.10');
    expect(universe.environments.length).toBeGreaterThan(0);
    expect(Array.isArray(uncovered)).toBe(true);
    const versions = packages.filter((each: { name: string }) => each.name === 'sqlalchemy');
    expect(versions.map((each: { version: string }) => each.version)).toEqual(['2.0.55', '2.1.6']);
    expect(versions[0].marker).toContain('python');
    expect(packages.find((each: { name: string }) => each.name === 'exceptiongroup').marker).toContain(
      '3.11',
    );
  });

  it.each([
    ['of the project', ['.'], '>=3.12'],
    ['of bounds', ['.', '--python', '>=3.12,<3.14'], '>=3.12,<3.14'],
    ['from a Python on', ['.', '--python', '3.13'], '>=3.13'],
  ])('covers the Pythons %s', async (_, argv, requires) => {
    const files = {
      'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.12"\ndependencies = ["click"]\n',
    };
    await inDirectory(files, async (cwd) => {
      const run = await pyplan(
        ['lock', ...argv, '--universal', ...snapshot, '--platform', 'linux', '--json'],
        { cwd },
      );
      expect(run.code, run.stderr).toBe(0);
      expect(JSON.parse(run.stdout).universe.requires_python).toBe(requires);
      const written = await pyplan(
        ['lock', ...argv, '--universal', ...snapshot, '--platform', 'linux', '-o', 'pylock.toml'],
        { cwd },
      );
      expect(written.code, written.stderr).toBe(0);
      expect(readFileSync(`${cwd}/pylock.toml`, 'utf8')).toContain(`requires-python = "${requires}"`);
    });
  });

  it('takes one Python and refuses what no combination solves', async () => {
    const two = await pyplan(['lock', 'click', '--universal', '--python', '3.12,3.13', ...snapshot]);
    expect(two).toMatchObject({ code: 2, stdout: '' });
    for (const python of ['>=3.99', '3.10rc', 'pypy3.11', '3.13t']) {
      const run = await pyplan(['lock', 'click', '--universal', '--python', python, ...snapshot]);
      expect(run, python).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toContain(python);
    }
    const none = await pyplan([
      'lock',
      'click<8',
      '--universal',
      '--python',
      '3.12',
      '--platform',
      'linux',
      ...snapshot,
      '--json',
    ]);
    expect(none.code).toBe(1);
    const loosened = { kind: 'loosen', lines: [{ requirement: 'click<8', becomes: 'click' }] };
    expect(JSON.parse(none.stdout).error).toMatchObject({ kind: 'no-solution', repairs: [loosened] });
  });
});

describe('pyplan plan', () => {
  it('shows packages, versions, files, sizes, who asks, and the total', async () => {
    const run = await pyplan(['plan', 'flask', ...offline], { env: { COLUMNS: '100' } });
    expect(run.stdout).toMatch(/^Python 3\.12 on linux$/m);
    expect(run.stdout).toMatch(/^flask +3\.1\.3 +py3-none-any +103\.4 kB +you$/m);
    expect(run.stdout).toMatch(
      /^markupsafe +3\.0\.4 +cp312-cp312-manylinux.* +23\.0 kB +flask, jinja2, werkzeug$/m,
    );
    expect(run.stdout).toMatch(/^7 packages, to download: 7 files, \d+\.\d kB$/m);
  });

  it('fits the columns it is given', async () => {
    const run = await pyplan(['plan', 'fastapi', 'uvicorn[standard]', ...offline], {
      env: { COLUMNS: '80' },
    });
    expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  const freeze =
    'Flask==2.2.5\nclick==8.5.0\nunused==1.0\npip==25.0\n-e git+https://example.org/x.git#egg=jinja2\n';

  it('tells what changes against `pip freeze` on standard input', async () => {
    const run = await pyplan(['plan', 'flask', ...offline, '--installed', '-'], { stdin: freeze });
    expect(run.stdout).toMatch(/^~ +flask +2\.2\.5 → 3\.1\.3 /m);
    expect(run.stdout).toMatch(/^~ +jinja2 +unknown version → 3\.1\.6 /m);
    expect(run.stdout).toMatch(/^- +unused +1\.0$/m);
    expect(run.stdout).toContain('4 to add, 2 to change, 1 to remove, 1 unchanged');
    expect(run.stdout).not.toMatch(/pip/);
  });

  it('tells it as data, of `pip list --format json` as well', async () => {
    const list = JSON.stringify([
      { name: 'Flask', version: '3.1.3' },
      { name: 'click', version: '9.0' },
    ]);
    await inDirectory({ 'list.json': list }, async (cwd) => {
      const run = await pyplan(['plan', 'flask', ...offline, '--installed', 'list.json', '--json'], { cwd });
      const [target] = JSON.parse(run.stdout).targets;
      expect(target.download).toEqual({ files: 7, bytes: expect.any(Number), unknownSizes: 0 });
      expect(target.changes.unchanged).toEqual([{ name: 'flask', version: '3.1.3' }]);
      expect(target.changes.change).toEqual([
        { name: 'click', from: '9.0', to: '8.5.0', direction: 'downgrade' },
      ]);
      expect(target.changes.remove).toEqual([]);
    });
  });
});

describe('pyplan compare', () => {
  const targets = ['--snapshot', offline[1] ?? '', '--python', '3.10,3.12', '--platform', 'linux'];

  it('shows what differs, and why', async () => {
    const run = await pyplan(['compare', 'anyio', 'sqlalchemy', 'markupsafe', ...targets], {
      env: { COLUMNS: '120' },
    });
    expect(run.stdout).toMatch(/^Package +Python 3\.10 +Python 3\.12/m);
    expect(run.stdout).toMatch(/^exceptiongroup +1\.3\.1 +-$/m);
    expect(run.stdout).toMatch(/^exceptiongroup +anyio: exceptiongroup/m);
    expect(run.stdout).toMatch(/^sqlalchemy +2\.1\.6: Python >=3\.11$/m);
    expect(run.stdout).toMatch(/^sqlalchemy +2\.0\.55 +2\.1\.6/m);
    expect(run.stdout).toMatch(/^markupsafe +3\.0\.4 +20\.7 kB cp310 +23\.0 kB cp312$/m);
    expect(run.stdout).not.toMatch(/^idna/m);
  });

  it('shows what is the same with --all', async () => {
    const run = await pyplan(['compare', 'anyio', ...targets, '--all']);
    expect(run.stdout).toMatch(/^idna +(\S+) +\1/m);
  });

  it('gives it as data', async () => {
    const run = await pyplan(['compare', 'anyio', ...targets, '--json']);
    const { targets: compared, packages } = JSON.parse(run.stdout);
    expect(compared.map((each: { python: string }) => each.python)).toEqual(['3.10', '3.12']);
    expect(packages.find((each: { name: string }) => each.name === 'exceptiongroup')).toMatchObject({
      difference: 'presence',
      on: [{ version: '1.3.1' }, null],
    });
  });

  it('needs two targets', async () => {
    const run = await pyplan(['compare', 'anyio', ...offline]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('compare needs two targets or more');
  });
});

describe('pyplan why and tree', () => {
  it('shows the way from a package to the line that asks for it', async () => {
    await inDirectory({ 'app.in': '# web\nflask\n' }, async (cwd) => {
      const run = await pyplan(['why', 'MarkupSafe', 'app.in', ...offline], { cwd });
      expect(run.code).toBe(0);
      expect(run.stdout).toMatch(/^markupsafe 3\.0\.4 on Python 3\.12 on linux$/m);
      expect(run.stdout).toContain('you ask for flask (app.in:2)');
    });
  });

  it('guesses at a wrong name, with exit code 1', async () => {
    const run = await pyplan(['why', 'makrupsafe', 'flask', ...offline]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('makrupsafe is not installed; did you mean markupsafe?');
  });

  it('shows a tree, each package in full once', async () => {
    const run = await pyplan(['tree', 'flask', ...offline]);
    expect(run.stdout).toMatch(/^flask 3\.1\.3 {2}flask$/m);
    expect(run.stdout).toMatch(/^[├└]── jinja2 3\.1\.6 {2}jinja2>=3\.1\.2$/m);
    const data = JSON.parse((await pyplan(['tree', 'flask', ...offline, '--json'])).stdout);
    expect(data.targets[0].tree[0]).toMatchObject({ name: 'flask', requirement: 'flask', repeated: false });
  });
});

describe('pyplan info, cache, --help, --version', () => {
  it('shows what the index has of a project', async () => {
    const run = await pyplan(['info', 'Click', '--snapshot', offline[1] ?? '']);
    expect(run.stdout).toMatch(/^click 8\.5\.0$/m);
    expect(run.stdout).toMatch(/^8\.2\.1 +\d{4}-\d\d-\d\d /m);
    const missing = await pyplan(['info', 'falsk', '--snapshot', offline[1] ?? '', '--json']);
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.stdout).error).toMatchObject({ kind: 'not-found' });
  });

  it('empties a cache and keeps what is not its own', async () => {
    await inDirectory({}, async (cwd) => {
      const { mkdirSync, readdirSync, writeFileSync } = await import('node:fs');
      mkdirSync(`${cwd}/projects-1`);
      writeFileSync(`${cwd}/projects-1/x`, '');
      writeFileSync(`${cwd}/other`, '');
      expect((await pyplan(['cache', 'dir', '--cache-dir', cwd])).stdout).toBe(`${cwd}\n`);
      writeFileSync(`${cwd}/projects-1/.1.x.tmp`, 'left behind');
      const info = await pyplan(['cache', 'info', '--cache-dir', cwd, '--json']);
      expect(JSON.parse(info.stdout)).toMatchObject({ directory: cwd, documents: 0 });
      expect((await pyplan(['cache', 'info', '--cache-dir', cwd])).stdout).toContain(`${cwd}: `);
      expect((await pyplan(['cache', 'prune', '--cache-dir', cwd])).code).toBe(0);
      expect((await pyplan(['cache', 'info', 'flask', '--cache-dir', cwd])).code).toBe(2);
      expect((await pyplan(['cache', 'clean', '--cache-dir', cwd])).code).toBe(0);
      expect(readdirSync(cwd)).toEqual(['other']);
      expect((await pyplan(['cache', 'wash'])).code).toBe(2);
    });
  });

  it('shows help within 80 columns and the version', async () => {
    for (const verb of [
      'lock',
      'plan',
      'compare',
      'why',
      'tree',
      'diff',
      'verify',
      'snapshot',
      'info',
      'cache',
    ]) {
      const run = await pyplan([verb, '--help'], { env: { COLUMNS: '80' } });
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.stdout).toContain(`Usage: pyplan ${verb}`);
      expect(run.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }
    expect((await pyplan(['--version'])).stdout).toMatch(/^pyplan \d+\.\d+\.\d+\n$/);
    expect((await pyplan([])).stdout).toContain('Usage: pyplan VERB');
  });
});
