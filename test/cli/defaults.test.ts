import { describe, expect, it } from 'vitest';
import { exampleSnapshot, inDirectory, pyplan } from './run-pyplan.ts';

const project = (requires: string): string =>
  `[project]\nname = "app"\nversion = "1"\nrequires-python = "${requires}"\ndependencies = ["click"]\n`;

async function targetOf(
  files: Readonly<Record<string, string>>,
  ...argv: string[]
): Promise<{ python: string; stderr: string }> {
  return inDirectory(files, async (cwd) => {
    const run = await pyplan(['lock', ...argv, '--snapshot', exampleSnapshot, '--json'], { cwd });
    expect(run.code, run.stderr).toBe(0);
    return { python: JSON.parse(run.stdout).targets[0].python, stderr: run.stderr };
  });
}

describe('the Python that is assumed', () => {
  it.each([
    ['the newest released', {}, ['click'], '3.14', 'the newest released'],
    [
      'of .python-version',
      { '.python-version': '# ours\n3.12.4\n' },
      ['click'],
      '3.12.4',
      'from .python-version',
    ],
    [
      'of .python-version in the words of uv',
      { '.python-version': 'cpython-3.13\n' },
      ['click'],
      '3.13',
      'from .python-version',
    ],
    [
      'the lowest of requires-python',
      { 'pyproject.toml': project('>=3.11') },
      ['.'],
      '3.11',
      'requires-python >=3.11',
    ],
    [
      'a patch release of requires-python',
      { 'pyproject.toml': project('>=3.12.2') },
      ['.'],
      '3.12.2',
      'requires-python >=3.12.2',
    ],
    [
      'of .python-version before requires-python',
      { '.python-version': '3.13', 'pyproject.toml': project('>=3.11') },
      ['pyproject.toml'],
      '3.13',
      'from .python-version',
    ],
    [
      'of a script',
      {
        'run.py': '# /// script\n# requires-python = ">=3.12"\n# dependencies = ["click"]\n# ///\nprint(1)\n',
      },
      ['run.py'],
      '3.12',
      'requires-python >=3.12',
    ],
  ] as const)('is %s', async (_, files, argv, python, reason) => {
    const run = await targetOf(files, ...argv);
    expect(run.python).toBe(python);
    expect(run.stderr).toContain(`Assumed Python ${python}, `);
    expect(run.stderr).toContain(reason);
    expect(run.stderr).toContain("this machine's");
  });

  it('is none where one is named', async () => {
    const run = await targetOf(
      { '.python-version': '3.13' },
      'click',
      '--python',
      '3.12',
      '--platform',
      'linux',
    );
    expect(run.python).toBe('3.12');
    expect(run.stderr).not.toContain('Assumed');
  });

  it('is told to contradict requires-python', async () => {
    const run = await targetOf(
      { 'pyproject.toml': project('>=3.13') },
      '.',
      '--python',
      '3.12',
      '--platform',
      'linux',
    );
    expect(run.stderr).toContain('warning: pyproject.toml asks for Python >=3.13, which 3.12 is not');
  });
});

describe('inputs', () => {
  const packagesOf = async (
    files: Readonly<Record<string, string>>,
    argv: readonly string[],
    stdin = '',
  ): Promise<readonly string[]> =>
    inDirectory(files, async (cwd) => {
      const target = ['--python', '3.12', '--platform', 'linux', '--snapshot', exampleSnapshot, '--json'];
      const run = await pyplan(['lock', ...argv, ...target], { cwd, stdin });
      expect(run.code, run.stderr).toBe(0);
      return JSON.parse(run.stdout).targets[0].packages.map((entry: { name: string }) => entry.name);
    });

  const pyproject = `[project]
name = "My.App"
version = "1"
dependencies = ["click"]
[project.optional-dependencies]
web = ["itsdangerous"]
all = ["my_app[web]", "blinker"]
[dependency-groups]
Test = ["iniconfig", {include-group = "lint"}]
lint = ["pluggy"]
`;

  it('of a pyproject.toml with extras and groups', async () => {
    const files = { 'pyproject.toml': pyproject };
    expect(await packagesOf(files, ['.'])).toEqual(['click']);
    expect(await packagesOf(files, ['.', '--extra', 'web'])).toEqual(['click', 'itsdangerous']);
    expect(await packagesOf(files, ['.', '--extra', 'ALL'])).toEqual(['blinker', 'click', 'itsdangerous']);
    expect(await packagesOf(files, ['.', '--all-extras'])).toEqual(['blinker', 'click', 'itsdangerous']);
    expect(await packagesOf(files, ['.', '--group', 'test'])).toEqual(['click', 'iniconfig', 'pluggy']);
  });

  it('of standard input, as requirements or as a script', async () => {
    expect(await packagesOf({}, ['-'], 'click\n# no\npluggy\n')).toEqual(['click', 'pluggy']);
    expect(await packagesOf({}, ['-'], '# /// script\n# dependencies = ["click"]\n# ///\n')).toEqual([
      'click',
    ]);
  });

  it('of several kinds together, -r among them', async () => {
    const files = { 'a.in': 'click\n', 'pyproject.toml': pyproject };
    expect(await packagesOf(files, ['pluggy', 'pyproject.toml', '-r', 'a.in'])).toEqual(['click', 'pluggy']);
  });

  it('of a directory', async () => {
    expect(await packagesOf({ 'requirements.txt': 'click\n', 'requirements.in': 'pluggy\n' }, ['.'])).toEqual(
      ['pluggy'],
    );
  });

  it('limited by constraints, which ask for nothing', async () => {
    const files = { 'c.txt': 'click<8.5\npluggy\n' };
    expect(await packagesOf(files, ['click', '-c', 'c.txt'])).toEqual(['click']);
    const run = await inDirectory(files, (cwd) =>
      pyplan(
        [
          'lock',
          'click',
          '-c',
          'c.txt',
          '--python',
          '3.12',
          '--platform',
          'linux',
          '--snapshot',
          exampleSnapshot,
          '--json',
        ],
        { cwd },
      ),
    );
    expect(JSON.parse(run.stdout).targets[0].packages[0]).toMatchObject({ name: 'click', version: '8.4.2' });
  });

  it('overridden', async () => {
    const files = { 'o.txt': 'click==8.2.1\n' };
    const run = await inDirectory(files, (cwd) =>
      pyplan(
        [
          'lock',
          'click>=8.5',
          '--override',
          'o.txt',
          '--python',
          '3.12',
          '--platform',
          'linux',
          '--snapshot',
          exampleSnapshot,
          '--json',
        ],
        { cwd },
      ),
    );
    expect(JSON.parse(run.stdout).targets[0].packages[0]).toMatchObject({ name: 'click', version: '8.2.1' });
  });
});
