import { describe, expect, it } from 'vitest';
import { errorOf, inDirectory, offline, pyplan } from './run-pyplan.ts';

interface Case {
  readonly files?: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly error: string;
  readonly hint?: string;
}

const cases: Readonly<Record<string, Case>> = {
  'an empty requirements file': {
    files: { 'requirements.txt': '' },
    argv: ['requirements.txt'],
    error: 'requirements.txt: There are no requirements in it',
    hint: 'flask>=3',
  },
  'a requirements file of comments': {
    files: { 'requirements.in': '# none yet\n\n' },
    argv: ['requirements.in'],
    error: 'requirements.in: There are no requirements in it',
  },
  'empty standard input': { argv: ['-'], error: 'standard input: There are no requirements in it' },
  'a directory without inputs': {
    argv: ['./'],
    error: 'The directory ./ holds no inputs',
    hint: 'pyproject.toml, requirements.in, requirements.txt, pylock.toml',
  },
  'a directory as a constraints file': {
    argv: ['flask', '-c', '.'],
    error: "Can't read .: it is a directory",
  },
  'a file that is not there': {
    argv: ['requirements-dev.txt'],
    error: 'There is no file requirements-dev.txt',
    hint: 'requirements*.txt',
  },
  'a constraints file that is not there': { argv: ['flask', '-c', 'no.txt'], error: 'no.txt' },
  'a requirement that breaks off': {
    files: { 'requirements.txt': 'click\nflask>=\n' },
    argv: ['requirements.txt'],
    error: 'requirements.txt:2',
  },
  'an argument that breaks off': { argv: ['flask>='], error: 'Expected a version after >=' },
  'a bare URL': {
    argv: ['https://example.org/flask-3.0-py3-none-any.whl'],
    error: 'A URL needs the name of its package',
    hint: 'name @ https://example.org/flask-3.0-py3-none-any.whl',
  },
  'no inputs': { argv: [], error: 'no inputs are given' },
  'a Python that there is none of': { argv: ['flask', '--python', '4.5'], error: '4.5' },
  'a platform that there is none of': {
    argv: ['flask', '--platform', 'beos'],
    error: 'beos',
    hint: 'linux, macos, windows',
  },
  'a snapshot that is none': {
    argv: ['flask', '--snapshot', '.'],
    error: '--snapshot . is no snapshot of an index',
    hint: 'simple/NAME/index.json',
  },
  'a snapshot and an index': {
    argv: ['flask', '--index-url', 'http://127.0.0.1/simple'],
    error: '--snapshot and --index-url name two sources',
  },
  'a time that is none': {
    argv: ['flask', '--exclude-newer', 'yesterday'],
    error: '--exclude-newer can\'t read "yesterday"',
  },
  'broken TOML': {
    files: { 'pyproject.toml': '[project]\nname = "x"\ndependencies = [\n  "flask"\n' },
    argv: ['pyproject.toml'],
    error: 'pyproject.toml:',
    hint: '',
  },
  'a pyproject.toml without a project': {
    files: { 'pyproject.toml': '[tool.x]\n' },
    argv: ['pyproject.toml'],
    error: 'pyproject.toml: There is neither a [project] table nor [dependency-groups]',
  },
  'an extra that the project has not': {
    files: { 'pyproject.toml': '[project]\nname = "x"\n[project.optional-dependencies]\ndev = ["flask"]\n' },
    argv: ['.', '--extra', 'prod'],
    error: 'The project has no extra prod',
    hint: 'It has: dev',
  },
  'a group that includes itself': {
    files: {
      'pyproject.toml': '[dependency-groups]\na = [{include-group = "b"}]\nb = [{include-group = "a"}]\n',
    },
    argv: ['.', '--group', 'a'],
    error: 'The dependency group a includes itself: a > b > a',
  },
  'dependencies that only a build would tell': {
    files: { 'pyproject.toml': '[project]\nname = "x"\ndynamic = ["dependencies"]\n' },
    argv: ['.'],
    error: 'project.dependencies is dynamic',
    hint: 'runs no package code',
  },
  'a requirement of a pyproject.toml': {
    files: { 'pyproject.toml': '[project]\nname = "x"\ndependencies = [\n  "click",\n  "flask=>3",\n]\n' },
    argv: ['pyproject.toml'],
    error: 'pyproject.toml:5',
  },
  'a script without metadata': {
    files: { 'run.py': 'print(1)\n' },
    argv: ['run.py'],
    error: 'run.py: There is no inline metadata in this script',
    hint: '# /// script',
  },
  'a group without a project': {
    argv: ['flask', '--group', 'x'],
    error: '--group needs a pyproject.toml or a pylock.toml among the inputs',
  },
  'an unknown option': {
    argv: ['flask', '--pyhton', '3.12'],
    error: 'has no option --pyhton',
    hint: 'Did you mean --python?',
  },
};

describe('input that can not be used', () => {
  it.each(Object.entries(cases))(
    'gives one error and exit code 2: %s',
    async (_, { files = {}, argv, stdin, error, hint }) => {
      await inDirectory(files, async (cwd) => {
        const given = argv.includes('--snapshot') ? offline.slice(2) : offline;
        const own = given.filter((_, index) => !argv.includes(given[index - (index % 2)] ?? ''));
        const options = { cwd, ...(stdin === undefined ? {} : { stdin }) };
        const run = await pyplan(['lock', ...argv, ...own], options);
        expect(run.stderr).toContain(error);
        expect(run.stderr).toMatch(/^error: /);
        if (hint !== undefined) expect(run.stderr).toContain(hint);
        expect(run.stderr.match(/^error: /gm)).toHaveLength(1);
        expect(run).toMatchObject({ code: 2, stdout: '' });
        const asData = await pyplan(['lock', ...argv, ...own, '--json'], options);
        expect(asData).toMatchObject({ code: 2, stderr: '' });
        expect(errorOf(asData)).toMatchObject({
          kind: expect.stringMatching(/^(input|usage)$/),
          repairs: [],
        });
      });
    },
  );

  it('names file, line and column as data', async () => {
    await inDirectory({ 'requirements.txt': 'click\nflask>=\n' }, async (cwd) => {
      const run = await pyplan(['lock', 'requirements.txt', ...offline, '--json'], { cwd });
      expect(errorOf(run)).toMatchObject({ file: 'requirements.txt', line: 2 });
    });
  });
});

describe('requirements that can not be met', () => {
  it('explains, guesses what a wrong name was meant to be, and exits with 1', async () => {
    const run = await pyplan(['lock', 'falsk>=3', ...offline]);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(/^error: No solution for Python 3\.12 on linux\.\n/);
    expect(run.stderr).toContain('falsk>=3');
    expect(run.stderr).toContain('repair: change falsk>=3 (argument) to flask>=3\n');
  });

  it('gives the explanation as data', async () => {
    await inDirectory({ 'a.in': 'flask\n\nclick<8\n' }, async (cwd) => {
      const run = await pyplan(['lock', 'a.in', ...offline, '--json'], { cwd });
      expect(run.code).toBe(1);
      expect(errorOf(run)).toMatchObject({
        kind: 'no-solution',
        explanation: expect.stringContaining('a.in:3'),
        repairs: [
          {
            kind: 'loosen',
            text: 'change click<8 (a.in:3) to click or to ==8.5.0',
            lines: [{ requirement: 'click<8', source: 'a.in', line: 3, becomes: 'click' }],
          },
        ],
        targets: [
          {
            python: '3.12',
            platform: 'linux',
            explanation: expect.any(String),
            conflicting: [{ requirement: 'click<8', source: 'a.in', line: 3 }],
            reasons: [{ kind: 'absent', project: 'click' }],
            derivation: expect.arrayContaining([
              { kind: 'line', text: expect.stringContaining('no click<8'), because: [] },
            ]),
          },
        ],
      });
    });
  });

  it('writes no file', async () => {
    await inDirectory({ 'pylock.toml': 'kept' }, async (cwd) => {
      const run = await pyplan(['lock', 'flask', 'click<8', ...offline, '-o', 'pylock.toml'], { cwd });
      expect(run.code).toBe(1);
      const { readFileSync, readdirSync } = await import('node:fs');
      expect(readdirSync(cwd)).toEqual(['pylock.toml']);
      expect(readFileSync(`${cwd}/pylock.toml`, 'utf8')).toBe('kept');
    });
  });
});
