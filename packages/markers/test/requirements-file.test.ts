import { describe, expect, test } from 'vitest';
import { parseRequirementsFile, type RequirementsEntry, RequirementsFileError } from '../src/index.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function read(files: Files, variables: Readonly<Record<string, string>> = {}): readonly RequirementsEntry[] {
  const readFile = (path: string): string | Uint8Array => {
    const content = files[path];
    if (content === undefined) throw new Error('no such file');
    return content;
  };
  return parseRequirementsFile('requirements.txt', readFile, { variables }).entries;
}

/** An entry in a few words. */
function brief(entry: RequirementsEntry): string {
  const place = `${entry.file}:${entry.line}:${entry.column}`;
  switch (entry.kind) {
    case 'requirement':
    case 'constraint':
      return `${place} ${entry.kind} ${entry.requirement.text.trim()}${entry.hashes.map((hash) => ` ${hash.algorithm}=${hash.digest}`).join('')}`;
    case 'location':
    case 'editable':
      return `${place} ${entry.kind}${entry.constraint ? ' constraint' : ''} ${entry.location}`;
    case 'option':
      return `${place} ${entry.name} ${entry.value}`;
  }
}

const one = (text: string, variables?: Readonly<Record<string, string>>): readonly string[] =>
  read({ 'requirements.txt': text }, variables).map(brief);

describe('lines', () => {
  test.each<[string, readonly string[]]>([
    [
      'flask\n\n# no\n  requests >= 2 # yes\n',
      ['requirements.txt:1:1 requirement flask', 'requirements.txt:4:3 requirement requests >= 2'],
    ],
    ['a>=1,\\\n<2 ; \\\n  os_name == "nt"', ['requirements.txt:1:1 requirement a>=1,<2 ;   os_name == "nt"']],
    ['a \\\n# comment\nb', ['requirements.txt:1:1 requirement a', 'requirements.txt:3:1 requirement b']],

    [
      'a==1 --hash=sha256:aa \\\n  --hash sha512:bb',
      ['requirements.txt:1:1 requirement a==1 sha256=aa sha512=bb'],
    ],
    [
      'a ; os_name == "nt" --hash=sha256:aa',
      ['requirements.txt:1:1 requirement a ; os_name == "nt" sha256=aa'],
    ],
    [
      '-i https://example.org/simple --no-index',
      ['requirements.txt:1:1 index-url https://example.org/simple', 'requirements.txt:1:31 no-index null'],
    ],
    [
      "--find-links 'my wheels' --pre",
      ['requirements.txt:1:1 find-links my wheels', 'requirements.txt:1:26 pre null'],
    ],
    [
      '--no-binary=:all:\r\n--only-binary a,b\r-fdir',
      [
        'requirements.txt:1:1 no-binary :all:',
        'requirements.txt:2:1 only-binary a,b',
        'requirements.txt:3:1 find-links dir',
      ],
    ],
    [
      '-e .[dev]\n-e git+https://example.org/x#egg=x',
      [
        'requirements.txt:1:1 editable .[dev]',
        'requirements.txt:2:1 editable git+https://example.org/x#egg=x',
      ],
    ],
    [
      './dir\n../a-1.0.whl\nhttps://example.org/a.tar.gz\na-1.0-py3-none-any.whl\n.',
      [
        'requirements.txt:1:1 location ./dir',
        'requirements.txt:2:1 location ../a-1.0.whl',
        'requirements.txt:3:1 location https://example.org/a.tar.gz',
        'requirements.txt:4:1 location a-1.0-py3-none-any.whl',
        'requirements.txt:5:1 location .',
      ],
    ],
    [
      'a @ https://example.org/a.whl ; os_name == "nt"',
      ['requirements.txt:1:1 requirement a @ https://example.org/a.whl ; os_name == "nt"'],
    ],
    ['a\\', ['requirements.txt:1:1 requirement a']],
  ])('%j', (text, entries) => {
    expect(one(text)).toEqual(entries);
  });

  test('environment variables are put in where they are set', () => {
    const open = '$' + '{';
    expect(one(`--index-url https://${open}USER_1}:${open}TOKEN}@example.org/`, { USER_1: 'me' })).toEqual([
      `requirements.txt:1:1 index-url https://me:${open}TOKEN}@example.org/`,
    ]);
  });
});

describe('files', () => {
  test('-r and -c are followed from the directory of the file, in place', () => {
    const entries = read({
      'requirements.txt': 'a\n-r sub/more.txt\n-c limits.txt\nd',
      'sub/more.txt': 'b\n-r ./deep.txt',
      'sub/deep.txt': 'c',
      'limits.txt': 'c<2\n-r sub/deep.txt\n-e x',
    });
    expect(entries.map(brief)).toEqual([
      'requirements.txt:1:1 requirement a',
      'sub/more.txt:1:1 requirement b',
      'sub/deep.txt:1:1 requirement c',
      'limits.txt:1:1 constraint c<2',
      'sub/deep.txt:1:1 constraint c',
      'limits.txt:3:1 editable constraint x',
      'requirements.txt:4:1 requirement d',
    ]);
  });

  test('a file that includes itself, and a missing one, name the line that asks for it', () => {
    expect(() => read({ 'requirements.txt': '\n-r a.txt', 'a.txt': '-r requirements.txt' })).toThrow(
      "a.txt:1:1: 'requirements.txt' includes itself: requirements.txt -> a.txt -> requirements.txt",
    );
    expect(() => read({ 'requirements.txt': 'a\n-r gone.txt' })).toThrow(
      "requirements.txt:2:4: Cannot read 'gone.txt': no such file",
    );
  });

  test.each<[string, Uint8Array]>([
    ['UTF-8 with a mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)],
    ['UTF-16 little endian', Uint8Array.of(0xff, 0xfe, 0x61, 0)],
    ['UTF-16 big endian', Uint8Array.of(0xfe, 0xff, 0, 0x61)],
    ['UTF-32 little endian', Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0)],
    ['UTF-32 big endian', Uint8Array.of(0, 0, 0xfe, 0xff, 0, 0, 0, 0x61)],
    ['a declared encoding', new TextEncoder().encode('# -*- coding: latin-1 -*-\na')],
  ])('%s', (_, bytes) => {
    expect(
      read({ 'requirements.txt': bytes }).map((entry) => brief(entry).split(' ').slice(1).join(' ')),
    ).toEqual(['requirement a']);
  });

  test('a declared encoding decides what the bytes mean', () => {
    const bytes = Uint8Array.of(...new TextEncoder().encode('# coding: latin-1\n-f '), 0xe9);
    expect(read({ 'requirements.txt': bytes })[0]).toMatchObject({ name: 'find-links', value: 'é' });
    const message = /cannot be decoded as utf-8; save it as UTF-8/;
    expect(() => read({ 'requirements.txt': bytes.subarray(18) })).toThrow(message);
    expect(() => read({ 'requirements.txt': new TextEncoder().encode('# coding: klingon\n') })).toThrow(
      /cannot be decoded as klingon; save it as UTF-8/,
    );
  });
});

describe('errors', () => {
  test.each<[string, string]>([
    ['a\n  b>=x', 'requirements.txt:2:6: Expected a version after >=\n      b>=x\n         ^'],
    [
      'a >= 1 \\\n  b',
      "requirements.txt:2:3: Expected ',' and a version specifier, ';' with a marker, or the end\n    a >= 1   b\n             ^",
    ],
    ['--hash=sha256:aa', '--hash belongs behind a requirement'],
    ['a --hash=md5:aa', 'requirements.txt:1:10: Expected sha256:…, sha384:… or sha512:…'],
    ['a --pre', '--pre belongs on a line of its own'],
    ['--frobnicate', 'Expected an option of a requirements file (--index-url, --extra-index-url, '],
    ['-r', 'Expected a value after -r'],
    ['--pre=1', '--pre takes no value'],
    ['--no-index a', "--no-require-hashes, --pre), not 'a'"],
    ["-f 'a", 'Expected a closing quote'],
  ])('%j', (text, message) => {
    expect(() => one(text)).toThrow(RequirementsFileError);
    expect(() => one(text)).toThrow(message);
  });
});
