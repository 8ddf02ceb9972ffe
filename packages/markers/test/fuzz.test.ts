import { describe, expect, test } from 'vitest';
import {
  evaluateMarker,
  type MarkerEnvironment,
  MarkersSyntaxError,
  parseIndexRequirement,
  parseIndexSpecifierSet,
  parseInlineScriptMetadata,
  parseMarker,
  parseRequirement,
  parseRequirementsFile,
  parseSpecifierSet,
  parseVersion,
  RequirementsFileError,
  ScriptMetadataError,
  UndefinedComparisonError,
  UndefinedEnvironmentNameError,
} from '../src/index.ts';
import { environments } from './marker-arbitraries.ts';

/** Begins an environment variable. */
const OPEN = '$' + '{';

/** Real inputs to mutate. */
const SEEDS: readonly string[] = [
  '1.0',
  'v2024.10.1rc2.post3.dev4+ubuntu.1-x_y',
  '1!99999999999999999999.0-1',
  '>=1.0,<2,!=1.5.*,~=1.4.2,===foo',
  '== 1.0.* , >= 3.6 ,',
  'requests[security,socks] (>=2.8.1,==2.8.*) ; python_version < "2.7"',
  'pip @ https://example.org/pip-1.3.1.zip#sha1=da9234ee ; os_name == "nt"',
  "name; 'linux' in sys_platform and (python_version >= '3.8' or extra == \"x\") and os.name not in 'nt posix'",
  'a; platform_release ~= "5.1" or python_full_version === "3.8.0+" and "\\x41\\u00e9" == platform_machine',
  '-r other.txt --hash=sha256:abc -e .[x] --index-url "https://example.org/" # comment',
  `flask==3.0 \\\n  --hash=sha256:aa \\\n  --hash sha256:bb\n${OPEN}HOME}/x.whl`,
  '# /// script\n# dependencies = []\n# ///\n',
];
const ALPHABET = [...' \t\n\r.,;:!=<>~()[]{}@#\\\'"+-_*/v0129azAZé\u0130ſ\u2028\ufeff\ud800😀'];

/** A small seeded generator (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function mutate(next: () => number): string {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  let text = pick(SEEDS);
  for (let count = Math.floor(next() * 4); count >= 0; count--) {
    const at = Math.floor(next() * (text.length + 1));
    const length = Math.floor(next() * 4);
    const other = pick(SEEDS);
    const from = Math.floor(next() * other.length);
    const insert = next() < 0.5 ? pick(ALPHABET) : other.slice(from, from + Math.floor(next() * 12));
    text = text.slice(0, at) + (next() < 0.7 ? insert : '') + text.slice(at + length);
  }
  return text;
}

const PARSERS: readonly ((text: string) => unknown)[] = [
  parseVersion,
  parseSpecifierSet,
  parseRequirement,
  parseIndexRequirement,
  parseIndexSpecifierSet,
  parseInlineScriptMetadata,
  (text) => evaluateMarker(parseMarker(text), environments[0] as MarkerEnvironment, ['x']),
  (text) => parseRequirementsFile('r.txt', (path) => (path === 'r.txt' ? text : '')),
];

function isTyped(error: unknown): boolean {
  return (
    error instanceof MarkersSyntaxError ||
    error instanceof RequirementsFileError ||
    error instanceof ScriptMetadataError ||
    error instanceof UndefinedComparisonError ||
    error instanceof UndefinedEnvironmentNameError
  );
}

test('200,000 mutations of real inputs give a value or a typed error', () => {
  const { FUZZ_SEED } = process.env;
  const seed = Number(FUZZ_SEED ?? 20_260_101);
  const next = random(seed);
  let values = 0;
  for (let count = 0; count < 200_000; count++) {
    const text = mutate(next);
    const parse = PARSERS[count % PARSERS.length] as (typeof PARSERS)[0];
    try {
      parse(text);
      values++;
    } catch (error) {
      if (!isTyped(error))
        throw new Error(`seed ${seed}: ${JSON.stringify(text)} threw ${error}`, { cause: error });
    }
  }
  // Mutations that stay near the grammar: a good part of them parses.
  expect(values).toBeGreaterThan(20_000);
});

describe('no more than linear time', () => {
  // By a square law these would take minutes, far beyond the time that a test has.
  const LONG = 400_000;
  const MANY = 100_000;

  const long: readonly (readonly [string, string])[] = [
    ['10 kB of (', '('.repeat(10_000)],
    ['5,000 nested parentheses', `${'('.repeat(5000)}os_name == "a"${')'.repeat(5000)}`],
    [
      'a requirement with 5,000 nested parentheses',
      `a; ${'('.repeat(5000)}os_name == "a"${')'.repeat(5000)}`,
    ],
    ['very many digits', '1'.repeat(LONG)],
    ['very many digits after an operator', `>=${'9'.repeat(LONG)}`],
    ['very many numbers', '1.'.repeat(LONG)],
    ['very many local segments', `1+${'a.'.repeat(LONG)}a`],
    ['very many spaces', `a${' '.repeat(LONG)}b`],
    ['very many commas', `a>=1${','.repeat(LONG)}`],
    ['very many clauses', `a${'>=1,'.repeat(MANY)}`],
    ['very many clauses without commas', `a${'>=1'.repeat(MANY)}`],
    ['very many quotes', `a; os_name == ${'"'.repeat(LONG)}`],
    ['very many backslashes', `a; os_name == "${'\\'.repeat(LONG)}"`],
    ['very many dashes', `a${'-'.repeat(LONG)}`],
    ['very many extras', `a[${'b,'.repeat(MANY)}b]`],
    ['very many comparisons', `os_name == "a"${' or os_name == "a"'.repeat(MANY)}`],
    ['very many continuations', 'a\\\n'.repeat(MANY)],
    ['very many comments', ' #'.repeat(LONG)],
    ['very many variables', `${OPEN}A}`.repeat(LONG)],
    ['very many options on continued lines', '--pre \\\n'.repeat(MANY)],
    ['very many lines of a script block', `# /// script\n${'# a\n'.repeat(MANY)}`],
    ['very many openings of a script block', '# /// script\n'.repeat(MANY)],
  ];

  test.each(long)('%s', (_, text) => {
    let ended = 0;
    for (const parse of PARSERS) {
      try {
        parse(text);
      } catch (error) {
        if (!isTyped(error)) throw error;
      }
      ended++;
    }
    expect(ended).toBe(PARSERS.length);
  });
});
