import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/input/input-error.ts';
import type { InputFiles } from '../../src/input/input-files.ts';
import { readInstalled } from '../../src/input/locked/installed.ts';
import { expandGroup } from '../../src/input/project/dependency-groups.ts';
import { readPyproject } from '../../src/input/project/pyproject.ts';
import { readScript } from '../../src/input/project/script.ts';
import { locateString } from '../../src/input/project/toml.ts';
import { readInputs } from '../../src/input/read-inputs.ts';
import { readRequirements } from '../../src/input/requirements/requirements-file.ts';
import { classifyInput } from '../../src/input/source-kind.ts';

/** Files in memory; a path that others begin with is a directory. */
function filesOf(texts: Readonly<Record<string, string>>): InputFiles {
  return {
    kindOf: (path) => {
      if (texts[path] !== undefined) return 'file';
      return Object.keys(texts).some((name) => name.startsWith(`${path.replace(/\/$/, '')}/`))
        ? 'directory'
        : 'absent';
    },
    read: (path) => {
      const text = texts[path];
      if (text === undefined) throw new InputError(`Can't read ${path}: no such file`);
      return new TextEncoder().encode(text);
    },
    readStdin: async () => '',
    variables: { TOKEN: 'secret' },
  };
}

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const version = fc.stringMatching(/^[1-9]\d{0,2}(\.\d{1,2}){0,2}$/);

describe('classifyInput', () => {
  const files = filesOf({
    'requirements.txt': '',
    'dev.in': '',
    'lib/pyproject.toml': '',
    'lib/requirements.in': '',
    'pylock.dev.toml': '',
    'run.py': '',
    'notes.md': '',
    flask: '',
  });

  it.each([
    ['flask', { kind: 'requirement', text: 'flask' }],
    ['flask>=3', { kind: 'requirement', text: 'flask>=3' }],
    ['discord.py', { kind: 'requirement', text: 'discord.py' }],
    ['uvicorn[standard]~=0.30', { kind: 'requirement', text: 'uvicorn[standard]~=0.30' }],
    ['a; python_version < "3"', { kind: 'requirement', text: 'a; python_version < "3"' }],
    ['a @ https://example.org/a-1-py3-none-any.whl', { kind: 'requirement' }],
    ['-', { kind: 'stdin' }],
    ['requirements.txt', { kind: 'requirements-file', path: 'requirements.txt' }],
    ['dev.in', { kind: 'requirements-file', path: 'dev.in' }],
    ['pylock.dev.toml', { kind: 'pylock', path: 'pylock.dev.toml' }],
    ['run.py', { kind: 'script', path: 'run.py' }],
    ['lib/', { kind: 'pyproject', path: 'lib/pyproject.toml' }],
    ['./lib', { kind: 'pyproject', path: './lib/pyproject.toml' }],
  ])('takes %s for what it is', (argument, expected) => {
    const found =
      argument === './lib'
        ? classifyInput(argument, filesOf({ './lib/pyproject.toml': '' }))
        : classifyInput(argument, files);
    expect(found).toMatchObject(expected);
  });

  it.each(['no.txt', './no', 'no/where', './notes.md', '', 'https://example.org/a.whl'])(
    'refuses %j',
    (argument) => {
      expect(() => classifyInput(argument, files)).toThrow(InputError);
    },
  );

  it('throws nothing but an InputError', () => {
    fc.assert(
      fc.property(fc.string(), (argument) => {
        try {
          classifyInput(argument, files);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});

describe('readInstalled', () => {
  it('reads back what pip freeze and pip list print', () => {
    const entries = fc.uniqueArray(fc.record({ name, version }), { selector: (entry) => entry.name });
    fc.assert(
      fc.property(entries, (installed) => {
        const freeze = installed.map((entry) => `${entry.name}==${entry.version}\n`).join('');
        expect(readInstalled(freeze, 'freeze')).toEqual(installed);
        expect(readInstalled(JSON.stringify(installed), 'list')).toEqual(installed);
      }),
    );
  });

  it('takes what has no version of its own, and passes over options and comments', () => {
    const text = [
      '# Editable install with no version control',
      '-e git+https://example.org/x.git@abc#egg=My_Pkg',
      '--index-url https://example.org/simple',
      'Local @ file:///x/local-1.0-py3-none-any.whl',
      'six==1.16.0  # pinned',
      '',
    ];
    expect(readInstalled(text.join('\r\n'), 'freeze')).toEqual([
      { name: 'my-pkg', version: null },
      { name: 'local', version: null },
      { name: 'six', version: '1.16.0' },
    ]);
  });

  it.each(['six>=1\n', 'six==one\n', '[{"name": "six"}]', '[{', 'Package Version\n'])(
    'refuses %j',
    (text) => {
      expect(() => readInstalled(text, 'freeze')).toThrow(InputError);
    },
  );
});

describe('locateString', () => {
  it('finds a string where it is written', () => {
    const value = fc.stringMatching(/^[a-z0-9.>=<~ ;'-]{1,20}$/);
    const lines = fc.array(fc.stringMatching(/^[a-z =[\],#]{0,20}$/));
    fc.assert(
      fc.property(lines, fc.nat(10), value, (before, indent, text) => {
        const toml = `${before.map((line) => `${line}\n`).join('')}${' '.repeat(indent)}"${text}",\n`;
        expect(locateString(toml, text, 0)).toMatchObject({ line: before.length + 1, column: indent + 2 });
      }),
    );
  });
});

describe('expandGroup', () => {
  it('is the group with the included ones in their places', () => {
    const chain = fc.array(fc.array(name, { maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(chain, (levels) => {
        const groups = Object.fromEntries(
          levels.map((members, level) => [
            `G_${level}`,
            level + 1 < levels.length ? [...members, { 'include-group': `g-${level + 1}` }] : members,
          ]),
        );
        expect(expandGroup(groups, 'g.0', 'pyproject.toml').map(({ text }) => text)).toEqual(levels.flat());
      }),
    );
  });

  it('refuses two names that are one', () => {
    expect(() => expandGroup({ dev: [], Dev: [] }, 'dev', 'pyproject.toml')).toThrow('have the same name');
  });
});

describe('readPyproject and readScript', () => {
  it('give each requirement its line', async () => {
    const text =
      '[project]\nname = "x"\ndependencies = [\n  "b",\n  \'a>=1\',\n]\n[project.optional-dependencies]\nweb = ["b>2"]\n';
    const read = await readPyproject(text, 'p.toml', { extras: ['web'], allExtras: false, groups: [] });
    expect(
      read.requirements.map(({ requirement, origin }) => [requirement.text, origin.line, origin.column]),
    ).toEqual([
      ['b', 4, 4],
      ['a>=1', 5, 4],
      ['b>2', 8, 9],
    ]);
    const script = await readScript(
      '#!/usr/bin/env python\n# /// script\n# dependencies = [\n#   "a",\n# ]\n# ///\n',
      'run.py',
    );
    expect(script.requirements.map(({ origin }) => origin)).toEqual([
      { source: 'run.py', line: 4, column: 6 },
    ]);
  });

  it.each([
    ['[project]\ndependencies = "a"\n', 'project.dependencies is not a list of strings'],
    ['[project]\ndependencies = [1]\n', 'project.dependencies is not a list of strings'],
    ['[project]\nrequires-python = 3\n', 'project.requires-python is not a string'],
    ['[tool.poetry.dependencies]\nx = "1"\n', 'stand in [tool.poetry]'],
    ['[dependency-groups]\ndev = []\n', 'There is no [project] table'],
    ['[project\n', 'Not valid TOML'],
  ])('refuse %j', async (text, message) => {
    await expect(readPyproject(text, 'p.toml', { extras: [], allExtras: false, groups: [] })).rejects.toThrow(
      message,
    );
  });

  it('names the line of a second block', async () => {
    const block = '# /// script\n# dependencies = []\n# ///\n';
    await expect(readScript(`${block}\n${block}`, 'run.py')).rejects.toMatchObject({
      place: { source: 'run.py', line: 5 },
    });
  });
});

describe('readRequirements', () => {
  const read = (texts: Readonly<Record<string, string>>): ReturnType<typeof readRequirements> =>
    readRequirements('r.txt', filesOf(texts));

  it('follows -r and -c, and keeps options, hashes and places', () => {
    const hash = 'ab'.repeat(32);
    const file = read({
      'r.txt': `--index-url https://example.org/\${TOKEN}/simple\n--pre\n-r sub/more.txt\n-c c.txt\na==1 --hash=sha256:${hash.toUpperCase()}\n--prefer-binary\n`,
      'sub/more.txt': 'b\n',
      'c.txt': 'a<2\n',
    });
    expect(
      file.requirements.map(({ requirement, origin }) => [requirement.text, origin.source, origin.line]),
    ).toEqual([
      ['b', 'sub/more.txt', 1],
      ['a==1', 'r.txt', 5],
    ]);
    expect(file.constraints.map(({ requirement }) => requirement.text)).toEqual(['a<2']);
    expect(file.hashes).toEqual([{ name: 'a', allowed: new Set([`sha256:${hash}`]) }]);
    expect(file.options).toMatchObject({ indexUrl: 'https://example.org/secret/simple', prereleases: true });
    expect(file.options.ignored).toEqual(['r.txt:6:1: --prefer-binary']);
  });

  it('names a wheel by its URL', () => {
    const { requirements } = read({ 'r.txt': 'https://example.org/My_Pkg-1.0-py3-none-any.whl\n' });
    expect(requirements[0]?.requirement).toMatchObject({
      name: 'my-pkg',
      url: 'https://example.org/My_Pkg-1.0-py3-none-any.whl',
    });
  });

  it.each([
    [{ 'r.txt': '-e ./here\n' }, '-e ./here would have to be built', 1],
    [{ 'r.txt': '\n./here\n' }, './here has no name of a package before it', 2],
    [{ 'r.txt': 'a\n-r no.txt\n' }, "Can't read no.txt", 2],
    [{ 'r.txt': '-r r.txt\n' }, 'includes itself', 1],
  ])('refuses %j', (texts, message, line) => {
    try {
      read(texts);
    } catch (error) {
      expect(error).toMatchObject({
        message: expect.stringContaining(message),
        place: { source: 'r.txt', line },
      });
      return;
    }
    throw new Error('was taken');
  });
});

describe('readInputs', () => {
  it('joins all inputs in order', async () => {
    const files = filesOf({
      'a.in': 'x\n',
      'lib/pyproject.toml': '[project]\nname = "l"\nrequires-python = ">=3.9"\ndependencies = ["y"]\n',
    });
    const inputs = await readInputs({ sources: ['z', 'a.in', 'lib/'] }, files);
    expect(inputs.requirements.map(({ requirement }) => requirement.text)).toEqual(['z', 'x', 'y']);
    expect(inputs.requiresPython).toEqual({ text: '>=3.9', source: 'lib/pyproject.toml' });
  });

  it('takes a project without dependencies', async () => {
    const files = filesOf({ 'pyproject.toml': '[project]\nname = "l"\n' });
    expect((await readInputs({ sources: ['pyproject.toml'] }, files)).requirements).toEqual([]);
  });

  it('takes of a lock the parts selected, and an archive by its URL', async () => {
    const files = filesOf({
      'pylock.toml': [
        'lock-version = "1.0"\ncreated-by = "test"\nextras = ["web"]',
        '[[packages]]\nname = "a"\nversion = "1"\nsdist = { url = "https://example.org/a-1.tar.gz", hashes = { sha256 = "aa" } }',
        '[[packages]]\nname = "b"\nversion = "2"\nmarker = "\'web\' in extras"\narchive = { url = "https://example.org/b-2.tar.gz", hashes = { sha256 = "bb" } }',
      ].join('\n\n'),
    });
    const textsWith = async (extras: readonly string[]): Promise<readonly string[]> => {
      const selection = { extras, allExtras: false, groups: [] };
      const { requirements } = await readInputs({ sources: ['pylock.toml'], selection }, files);
      return requirements.map(({ requirement }) => requirement.text);
    };
    expect(await textsWith([])).toEqual(['a==1']);
    expect(await textsWith(['web'])).toEqual(['a==1', 'b @ https://example.org/b-2.tar.gz']);
    await expect(textsWith(['x'])).rejects.toThrow('The lock has no extra x');
  });

  it('refuses text that is not UTF-8', async () => {
    const files = { ...filesOf({ 'pyproject.toml': '' }), read: () => new Uint8Array([0xff, 0xfe, 0x00]) };
    await expect(readInputs({ sources: ['pyproject.toml'] }, files)).rejects.toThrow(
      'The file is not UTF-8 text',
    );
  });
});
