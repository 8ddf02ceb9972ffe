import type { MarkerEnvironment } from '@pyplan/markers';
import { environments } from '../../../packages/markers/test/marker-arbitraries.ts';

/** Two specifier sets and versions near them. */
export interface RangesCase {
  readonly kind: 'ranges';
  readonly a: string;
  readonly b: string;
  readonly versions: readonly string[];
}

/** Two markers. */
export interface MarkersCase {
  readonly kind: 'markers';
  readonly a: string;
  readonly b: string;
}

/** A text that may be a version, specifiers, a requirement or a marker. */
export interface TextsCase {
  readonly kind: 'texts';
  readonly text: string;
}

export type Random = (below: number) => number;

/** A seeded generator of whole numbers (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pick = <T>(random: Random, items: readonly T[]): T => items[random(items.length)] as T;
const times = (random: Random, most: number, make: () => string): readonly string[] =>
  Array.from({ length: 1 + random(most) }, make);

function release(random: Random): string {
  return times(random, 3, () => String(random(3))).join('.');
}

function publicVersion(random: Random): string {
  const pre = pick(random, ['', '', '', `a${random(2)}`, `rc${random(2)}`]);
  const post = pick(random, ['', '', '', `.post${random(2)}`]);
  const dev = pick(random, ['', '', '', `.dev${random(2)}`]);
  return `${pick(random, ['', '', '', '', '1!'])}${release(random)}${pre}${post}${dev}`;
}

function version(random: Random): string {
  return publicVersion(random) + pick(random, ['', '', '', '+a', '+1', '+a.1']);
}

function clause(random: Random): string {
  switch (random(9)) {
    case 0:
      return `==${version(random)}`;
    case 1:
      return `!=${version(random)}`;
    case 2:
      return `==${release(random)}.*`;
    case 3:
      return `!=${release(random)}.*`;
    case 4:
      return `~=${release(random)}.${random(3)}${pick(random, ['', '', 'rc1', '.post1'])}`;
    default:
      return `${pick(random, ['<', '<=', '>', '>='])}${publicVersion(random)}`;
  }
}

export function rangesCase(random: Random): RangesCase {
  const set = (): string => times(random, 3, () => clause(random)).join(',');
  return { kind: 'ranges', a: set(), b: set(), versions: Array.from({ length: 6 }, () => version(random)) };
}

const OPERATORS: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];
const MINORS: readonly string[] = ['2.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.9.1', '3'];
const FULLS: readonly string[] = [
  '3.8.0',
  '3.8.10',
  '3.9.0',
  '3.9.1',
  '3.10.4',
  '3.11.0a7',
  '3.12.1',
  '3.13.0rc2',
  '3.12.0.dev1',
];
const TEXTS: readonly (readonly [string, readonly string[]])[] = [
  ['sys_platform', ['linux', 'darwin', 'win32', 'cygwin']],
  ['os_name', ['posix', 'nt', 'java']],
  ['platform_machine', ['x86_64', 'arm64', 'aarch64']],
  ['implementation_name', ['cpython', 'pypy']],
];

function comparison(random: Random): string {
  switch (random(8)) {
    case 0:
    case 1:
      return `python_version ${pick(random, [...OPERATORS, '~='])} "${pick(
        random,
        MINORS.filter((minor) => minor !== '3'),
      )}"`;
    case 2:
      return `python_full_version ${pick(random, [...OPERATORS, '~='])} "${pick(random, FULLS)}"`;
    case 3:
      return `"${pick(random, MINORS)}" ${pick(random, OPERATORS)} python_version`;
    case 4:
      return `python_version ${pick(random, ['in', 'not in'])} "${pick(random, ['3.8 3.9', '2.7, 3.10', '3.11'])}"`;
    case 5:
      return `extra ${pick(random, ['==', '!='])} "${pick(random, ['a', 'b', 'C_d'])}"`;
    default: {
      const [variable, values] = pick(random, TEXTS);
      const value = pick(random, values);
      if (random(5) === 0)
        return `${variable} ${pick(random, ['in', 'not in'])} "${value} ${pick(random, values)}"`;
      return random(5) === 0
        ? `"${value}" ${pick(random, ['==', '!='])} ${variable}`
        : `${variable} ${pick(random, ['==', '!='])} "${value}"`;
    }
  }
}

function marker(random: Random, depth: number): string {
  if (depth === 0 || random(3) === 0) return comparison(random);
  const parts = [marker(random, depth - 1), marker(random, depth - 1)];
  const text = parts.join(` ${pick(random, ['and', 'or'])} `);
  return random(2) === 0 ? `(${text})` : text;
}

export function markersCase(random: Random): MarkersCase {
  const a = marker(random, 2);
  // Markers that have much to do with one another: else no two are ever subsets.
  const b = pick(random, [
    marker(random, 2),
    `${a} and ${comparison(random)}`,
    `(${a}) or ${comparison(random)}`,
    marker(random, 1),
  ]);
  return { kind: 'markers', a, b };
}

/** Characters and words put into texts. */
const INSERTS: readonly string[] = [
  ...' \t\n\r\v.,;:!=<>~()[]{}@#\\\'"+-_*/v0129azAZéſ\u2028\ufeff\xa0\x85\x1c😀',
  ...['dev', 'post', 'rc', 'in', 'not in', 'and', 'or', 'extra', '===', '.*', '+loc'],
];

export function textsCase(random: Random): TextsCase {
  const make = [
    () => version(random),
    () => times(random, 3, () => clause(random)).join(' , '),
    () => `Foo_b.ar[a, b-c] (${clause(random)},${clause(random)}) ; ${marker(random, 1)}`,
    () => marker(random, 2),
  ];
  let text = pick(random, make)();
  for (let count = random(3); count > 0; count--) {
    const at = random(text.length + 1);
    text =
      text.slice(0, at) +
      pick(random, ['', pick(random, INSERTS), pick(random, INSERTS)]) +
      text.slice(at + random(3));
  }
  // A half of a surrogate pair is no text that the oracle could be sent.
  return { kind: 'texts', text: text.toWellFormed() };
}

/** The environments in which each first marker is evaluated. */
export const grid: readonly MarkerEnvironment[] = environments.filter((_, index) => index % 5 === 0);
