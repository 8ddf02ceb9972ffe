import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatPylock,
  LockFormatError,
  type Pylock,
  type PylockFile,
  type PylockPackage,
  parsePylock,
  pylockWarnings,
} from '../../src/index.ts';

const head = 'lock-version = "1.0"\ncreated-by = "me"\n';
const wheel = '{ url = "https://example.com/a-1.0-py3-none-any.whl", hashes = { sha256 = "aa" } }';

describe('parsePylock', () => {
  test('reads every key of the format', () => {
    const lock = parsePylock(`lock-version = '1.0'
environments = ["sys_platform == 'win32'", "sys_platform == 'linux'"]
requires-python = '==3.12'
extras = ['docs']
dependency-groups = ['dev']
default-groups = ['base']
created-by = 'mousebender'

[[packages]]
name = 'attrs'
version = '25.1.0'
requires-python = '>=3.8'
dependencies = [{name = 'cattrs', version = '1'}]
wheels = [
  {name = 'attrs-25.1.0-py3-none-any.whl', upload-time = 2025-01-25T11:30:10.164985+00:00, path = '../attrs-25.1.0-py3-none-any.whl', size = 63152, hashes = {sha256 = 'c75a'}},
]
[[packages.attestation-identities]]
environment = 'release-pypi'
kind = 'GitHub'
[packages.tool.mousebender]
note = 'n'

[[packages]]
name = 'numpy'
version = '2.2.3'
index = 'https://example.org/simple'
marker = "'docs' in extras"
sdist = {url = 'https://example.org/numpy-2.2.3.tar.gz', size = 1, hashes = {sha256 = 'bb', blake2b = 'cc'}}

[[packages]]
name = 'here'
directory = {path = '.', editable = true, subdirectory = 'sub'}

[[packages]]
name = 'there'
vcs = {type = 'git', url = 'https://example.org/there', requested-revision = 'main', commit-id = 'dd'}

[[packages]]
name = 'archived'
archive = {url = 'https://example.org/x.zip', size = 3, upload-time = 2025-01-25T11:30:10Z, hashes = {sha256 = 'ee'}, subdirectory = 's'}

[tool.mousebender]
command = ['.', 'lock']
`);
    expect(lock).toMatchSnapshot();
  });

  test.each([
    ['', 'pylock.toml: lock-version: missing, and required'],
    ['lock-version = "2.0"\ncreated-by = "me"\npackages = []', 'version 2.0 of the format is not supported'],
    ['lock-version = "1.0"\npackages = []', 'created-by: missing, and required'],
    [`${head}`, 'packages: missing, and required'],
    [`${head}packages = 3`, 'packages: expected a list, found the number 3'],
    [`${head}packages = ["a"]`, 'packages[0]: expected a table, found the string "a"'],
    [`${head}environments = ["os_name = 'nt'"]\npackages = []`, 'environments[0]: '],
    [`${head}requires-python = ">=x"\npackages = []`, 'requires-python: '],
    [`${head}extras = ["A_b"]\npackages = []`, 'extras[0]: the name "A_b" is not normalised: expected "a-b"'],
    [
      `${head}[[packages]]\nname = "A.b"\nwheels = [${wheel}]`,
      'packages[0] (A.b).name: the name "A.b" is not normalised',
    ],
    [
      `${head}[[packages]]\nname = "b"\nwheels = [${wheel}]`,
      'a-1.0-py3-none-any.whl is a file of a, not of b',
    ],
    [`${head}[[packages]]\nname = "a"\nversion = "2"\nwheels = [${wheel}]`, 'is not a file of version 2'],
    [`${head}[[packages]]\nname = "a"`, 'just one of vcs, directory and archive: none of them'],
    [
      `${head}[[packages]]\nname = "a"\nwheels = [${wheel}]\ndirectory = { path = "." }`,
      'beside them a vcs, directory or archive',
    ],
    [
      `${head}[[packages]]\nname = "a"\nwheels = [{ url = "https://example.com/a-1.0-py3-none-any.whl", hashes = {} }]`,
      'wheels[0].hashes: expected at least one hash',
    ],
    [
      `${head}[[packages]]\nname = "a"\nwheels = [{ name = "a-1.0-py3-none-any.whl", hashes = { sha256 = "a" } }]`,
      'wheels[0]',
    ],
    [
      `${head}[[packages]]\nname = "a"\narchive = { url = "u", upload-time = "2025", hashes = { sha256 = "a" } }`,
      'archive.upload-time: expected a date and time',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parsePylock(text)).toThrow(LockFormatError);
    expect(() => parsePylock(text)).toThrow(message);
  });

  test.each([
    ['a = { b = 1,\n c = 2 }', 'line 1', 'a line break inside an inline table is TOML 1.1'],
    ['a = { b = 1, }', 'line 1', 'a trailing comma in an inline table is TOML 1.1'],
    ['\na = "\\e"', 'line 2', 'the escape \\e is TOML 1.1'],
    ['a = "\\x41"', 'line 1', 'the escape \\x is TOML 1.1'],
    ['a = 07:32', 'line 1', 'a time without seconds is TOML 1.1'],
    ['a = 2025-01-01T07:32Z', 'line 1', 'a time without seconds is TOML 1.1'],
  ])('names what of TOML 1.1 it can not read: %j', (text, line, message) => {
    expect(() => parsePylock(text, 'my.toml')).toThrow(`my.toml: ${line}, column `);
    expect(() => parsePylock(text, 'my.toml')).toThrow(message);
  });

  test.each([
    'a = [1, 2',
    'a = ',
    'a = 1\na = 2',
    'a = "\\q"',
    '[a',
    'é = 1',
    'a = 2058-03-45',
    'a = 2058-03-22T25:46:20Z',
  ])('bad TOML is only that: %j', (text) => {
    expect(() => parsePylock(text)).toThrow('not valid TOML');
    expect(() => parsePylock(text)).not.toThrow('1.1');
  });

  test('a byte order mark does not matter', () => {
    expect(parsePylock(`\uFEFF${head}packages = []`).createdBy).toBe('me');
  });

  test('CRLF is as good as LF, after a comment too', () => {
    const text = `# made by hand\n${head}# none\npackages = []\n`.replaceAll('\n', '\r\n');
    expect(parsePylock(text).packages).toEqual([]);
  });

  test('warns of a newer minor version', () => {
    expect(pylockWarnings(parsePylock(`${head}packages = []`))).toEqual([]);
    const newer = parsePylock('lock-version = "1.1"\ncreated-by = "me"\npackages = []');
    expect(pylockWarnings(newer)).toEqual([expect.stringContaining('1.1')]);
  });
});

describe('laws of pylock.toml', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((text) => text.trim() !== '');
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
  const time = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().replace('.000Z', 'Z'));
  const hashes = fc.dictionary(
    fc.constantFrom('sha256', 'sha512', 'md5'),
    fc.stringMatching(/^[0-9a-f]{8}$/),
    { minKeys: 1 },
  );
  const place = fc.oneof(
    fc.record({
      url: word.map((text) => `https://example.com/${encodeURIComponent(text)}`),
      path: fc.constant(null),
    }),
    fc.record({ url: fc.constant(null), path: word }),
  );
  const fileOf = (filename: string): fc.Arbitrary<PylockFile> =>
    fc
      .record({ uploadTime: optional(time), place, size: optional(fc.nat()), hashes })
      .map(({ place: { url, path }, ...rest }) => ({ filename, url, path, ...rest }));
  const table = fc.dictionary(
    name,
    fc.oneof(word, fc.integer(), fc.boolean(), fc.array(word), fc.dictionary(name, word)),
  );
  const packageOf = (project: string): fc.Arbitrary<PylockPackage> => {
    const common = {
      name: fc.constant(project),
      version: fc.constant('1.5'),
      marker: optional(fc.constantFrom("os_name == 'nt'", 'python_version < "3.12"', "'x' in extras")),
      requiresPython: optional(fc.constantFrom('>=3.9', '')),
      dependencies: fc.array(fc.record({ name })),
      index: optional(fc.webUrl()),
      attestationIdentities: fc.array(
        table.map((more) => ({ kind: 'GitHub', ...more })),
        { maxLength: 2 },
      ),
      tool: optional(table.filter((value) => Object.keys(value).length > 0)),
    };
    const none = {
      vcs: fc.constant(null),
      directory: fc.constant(null),
      archive: fc.constant(null),
      sdist: fc.constant(null),
      wheels: fc.constant([]),
    };
    const subdirectory = optional(word);
    return fc.oneof(
      fc.record({
        ...common,
        ...none,
        sdist: optional(fileOf(`${project}-1.5.tar.gz`)),
        wheels: fc.tuple(fileOf(`${project}-1.5-py3-none-any.whl`)),
      }),
      fc.record({
        ...common,
        ...none,
        directory: fc.record({ path: word, editable: fc.boolean(), subdirectory }),
      }),
      fc.record({
        ...common,
        ...none,
        vcs: fc
          .record({ type: word, place, requestedRevision: optional(word), commitId: word, subdirectory })
          .map(({ place: { url, path }, ...rest }) => ({ url, path, ...rest })),
      }),
      fc.record({
        ...common,
        ...none,
        archive: fc
          .record({ place, size: optional(fc.nat()), uploadTime: optional(time), hashes, subdirectory })
          .map(({ place: { url, path }, ...rest }) => ({ url, path, ...rest })),
      }),
    );
  };
  const lock: fc.Arbitrary<Pylock> = fc.record({
    lockVersion: fc.constant('1.0'),
    environments: fc.array(fc.constantFrom("os_name == 'nt'", 'sys_platform == "linux"')),
    requiresPython: optional(fc.constant('>=3.9')),
    extras: fc.array(name),
    dependencyGroups: fc.array(word),
    defaultGroups: fc.array(word),
    createdBy: word,
    packages: fc.array(name.chain(packageOf), { maxLength: 4 }),
    tool: optional(fc.dictionary(name, table, { minKeys: 1 })),
  });

  test('parse after format is the identity, and format after that too', () => {
    fc.assert(
      fc.property(lock, (value) => {
        const text = formatPylock(value);
        const again = parsePylock(text);
        expect(plain(again)).toEqual(plain(value));
        expect(formatPylock(again)).toBe(text);
      }),
    );
  });

  test('a text cut anywhere is read or refused, and never fails in another way', () => {
    fc.assert(
      fc.property(lock, fc.nat(), (value, at) => {
        const text = formatPylock(value);
        try {
          parsePylock(text.slice(0, at % text.length));
        } catch (error) {
          expect(error).toBeInstanceOf(LockFormatError);
        }
      }),
    );
  });
});

/** Without the parser's own prototypes, and without the order of keys. */
function plain(value: Pylock): unknown {
  return JSON.parse(JSON.stringify(value));
}
