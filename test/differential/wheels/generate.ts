import type { Random } from '../../../packages/wheel-meta/test/fuzz/mutate.ts';

type NonEmpty<Value> = readonly [Value, ...Value[]];

function pick<Value>(random: Random, values: NonEmpty<Value>): Value {
  return values[random(values.length)] ?? values[0];
}

function several(random: Random, most: number, make: () => string, separator = ''): string {
  return Array.from({ length: random(most + 1) }, make).join(separator);
}

const names: NonEmpty<string> = [
  'Metadata-Version',
  ...['Name', 'Version', 'Summary', 'Description', 'Description-Content-Type', 'Keywords'],
  ...['Home-page', 'Download-URL', 'Author', 'Author-email', 'Maintainer', 'License', 'License-Expression'],
  ...['License-File', 'Classifier', 'Requires-Dist', 'Requires-Python', 'Requires-External', 'Project-URL'],
  ...[
    'Provides-Extra',
    'Provides-Dist',
    'Obsoletes-Dist',
    'Dynamic',
    'Platform',
    'Supported-Platform',
    'Import-Name',
  ],
  ...[
    'Import-Namespace',
    'Requires',
    'Provides',
    'Obsoletes',
    'X-Other',
    'requires-dist',
    'NAME',
    'Name ',
    'From',
    '',
  ],
];

const values: NonEmpty<string> = [
  '2.1',
  ...['2.4', '2.5', '1.0', '2.0', '9', 'foo', '1.0', '1.0.post1', 'one', '', ' ', 'a, b,,c', 'MIT', 'mit or'],
  ...[
    'text/markdown',
    'text/plain; charset=UTF-8',
    'UNKNOWN',
    'a>=1; extra == "x"',
    'a (>1',
    '>=3.8',
    '>=3,<',
    'x',
  ],
  ...[
    '-x',
    'A_b',
    'Requires-Dist',
    'Name',
    'license',
    'Home, https://example.com',
    'Home, https://example.org',
    'Home',
  ],
  ...[
    'LICENSE',
    '../x',
    'a\\b',
    '/a',
    'C:\\x',
    'C:x',
    './x',
    'a//b',
    'dir/',
    '*.txt',
    'a.b',
    'a.class',
    'a; private',
  ],
  ...[
    'a ;private ',
    'a;public',
    '1a',
    'é',
    '\u2028',
    'a\u0085b',
    'tab\there',
    '日本',
    'a\u000bb',
    'name: x',
    'a',
  ],
];

const endings = ['\n', '\n', '\n', '\n', '\r\n', '\r', '\n  ', '\n\t', '\n\n'] as const;

/** A METADATA file that is often a little wrong. */
export function metadataOf(random: Random): string {
  const start = random(4) === 0 ? '' : 'Metadata-Version: 2.5\nName: foo\nVersion: 1.0\n';
  const header = (): string =>
    `${pick(random, names)}:${pick(random, [' ', ' ', '', '  ', '\t'])}${pick(random, values)}${pick(random, endings)}`;
  const odd = (): string => pick(random, [...stray]);
  const body = random(3) === 0 ? `\n${several(random, 3, () => `${pick(random, values)}\n`)}` : '';
  return start + several(random, 8, () => (random(12) === 0 ? odd() : header())) + body;
}

const stray: readonly [string, ...string[]] = [
  'stray\n',
  ' stray\n',
  'From me\n',
  ': x\n',
  'Name : x\n',
  '\n',
  '\r',
  '\ufeff',
];

/** The same in bytes, of which some are not UTF-8. */
export function metadataBytesOf(random: Random): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(metadataOf(random)));
  for (let changes = random(4); changes > 0 && bytes.length > 0; changes--)
    bytes[random(bytes.length)] = 128 + random(128);
  return bytes;
}

const contentParts: readonly [string, ...string[]] = [
  ...([
    'text/markdown',
    'text/plain',
    'text/x-rst',
    'TEXT/Markdown',
    'text',
    '/',
    'text/html',
    ' ',
    ';',
    '; ',
    '=',
  ] as const),
  ...[
    'charset',
    'UTF-8',
    'utf-8',
    'variant',
    'GFM',
    'CommonMark',
    '"UTF-8"',
    '"a\\"b"',
    '"open',
    '(c)',
    '(open',
    ',',
  ],
];

/** A content type, or something like one. */
export function contentTypeOf(random: Random): string {
  if (random(2) === 0) return several(random, 7, () => pick(random, contentParts)) || 'x';
  const parameter = (): string =>
    `${pick(random, ['; ', ';', ' ; '])}${pick(random, ['charset', 'variant', 'Charset', 'x'])}${pick(random, ['=', '= ', ''])}` +
    pick(random, ['UTF-8', 'utf-8', 'GFM', 'CommonMark', '"UTF-8"', 'latin-1', '', '"GFM" (c)']);
  return (
    pick(random, ['text/markdown', 'text/x-rst', 'text/plain', 'Text/Plain']) + several(random, 3, parameter)
  );
}

const licenseParts: readonly [string, ...string[]] = [
  ...([
    'MIT',
    'apache-2.0',
    'GPL-2.0+',
    'bsd-3-clause',
    'and',
    'OR',
    'with',
    '(',
    ')',
    'Classpath-exception-2.0',
  ] as const),
  ...['LicenseRef-My.Own', 'licenseref-a+', 'LicenseRef-', 'Unknown', 'llvm-exception', 'not'],
];

/** A licence expression, or something like one. */
export function licenseOf(random: Random): string {
  if (random(2) === 0)
    return several(random, 8, () => pick(random, licenseParts), pick(random, [' ', '  ', '\t']));
  const operand = (depth: number): string => {
    if (depth > 0 && random(3) === 0) return `(${expression(depth - 1)})`;
    return pick(random, [
      'mit',
      'Apache-2.0',
      'gpl-2.0-only WITH classpath-exception-2.0',
      'LicenseRef-X',
      'isc+',
    ]);
  };
  const expression = (depth: number): string =>
    Array.from({ length: 1 + random(3) }, () => operand(depth)).join(pick(random, [' and ', ' OR ']));
  return expression(3);
}

const wheelParts: readonly [string, ...string[]] = [
  ...([
    'foo',
    'Foo_Bar',
    'foo.bar',
    'f__o',
    'ñ',
    '1.0',
    '1.0+local',
    '1!2',
    'v1',
    '1.0_1',
    'x',
    '1',
    '2abc',
    'b3',
  ] as const),
  ...[
    'py3',
    'py2.py3',
    'cp312',
    'none',
    'abi3',
    'any',
    'win_amd64',
    'manylinux1_x86_64.linux_x86_64',
    '',
    '.',
    '3py',
    'PY3',
  ],
];

/** A wheel's file name, or something like one. */
export function wheelFilenameOf(random: Random): string {
  if (random(2) === 0) return `${several(random, 7, () => pick(random, wheelParts), '-')}.whl`;
  const name = pick(random, ['foo', 'Foo_Bar', 'a.b', 'a__b', 'é']);
  const build = pick(random, ['', '', '-1', '-2b', '-x', '-']);
  const tag = `${pick(random, ['py3', 'py2.py3', 'cp312', 'é', '3'])}-${pick(random, ['none', 'cp312', 'ABI3', 'a..b'])}`;
  return `${name}-${pick(random, ['1.0', '1.0rc1', '1!0', 'one', ' 1.0'])}${build}-${tag}-${pick(random, ['any', 'win32', 'a.b', ''])}.whl`;
}
