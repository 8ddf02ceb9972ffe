import { codeAt, isAlphanumeric, isDigit, type Scanner } from '../text/scanner.ts';
import { InvalidVersionError } from '../text/syntax-error.ts';
import { skipSpace, trimEnd } from '../text/whitespace.ts';
import {
  makeVersion,
  type PreRelease,
  type Version,
  type VersionNumber,
  type VersionParts,
} from './version.ts';

/**
 * The version that `text` spells, white space around it aside.
 * Every spelling of Version specifiers, "Normalization" is taken.
 *
 * @throws InvalidVersionError
 */
export function parseVersion(text: string): Version {
  const version = tryParseVersion(text);
  if (version !== null) return version;
  const reason = 'Not a version such as 1.2.3, 2.0rc1 or 1.0.post2+local';
  throw new InvalidVersionError(reason, text, [0, text.length]);
}

/** The version that `text` spells, or null where it spells none. */
export function tryParseVersion(text: string): Version | null {
  const usual = scanUsual(text, 0, text.length);
  if (usual !== null) return usual;
  const start = skipSpace(text, 0, text.length);
  return scanAny(text, start, trimEnd(text, start, text.length));
}

/** The version that `text` spells from `start` to `end` exactly, or null. One scan, no look-back. */
export function scanVersion(text: string, start: number, end: number): Version | null {
  return scanUsual(text, start, end) ?? scanAny(text, start, end);
}

const DASH = 45;
const DOT = 46;
/** What stands for a digit at the end of the text. */
const AT_END = -100;
/** No number of this many digits or fewer is beyond 2^53. */
const EXACT_DIGITS = 15;
/** No number above it is usual: the limits of keys are lower. */
const MOST_USUAL = 1e8;

/**
 * The usual case: up to four numbers and at most one of aN, bN, rcN, .postN and .devN, in normal form.
 * Null for any other text.
 */
function scanUsual(text: string, start: number, end: number): Version | null {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let count = 0;
  let at = start;
  // The digit last read, or what ended a number: a character, less the code of '0'.
  let digit = AT_END;
  while (at < end) {
    digit = text.charCodeAt(at++) - 48;
    if (digit < 0 || digit > 9) {
      at--;
      break;
    }
    let number = digit;
    digit = at < end ? text.charCodeAt(at++) - 48 : AT_END;
    if (digit >= 0 && digit <= 9) {
      if (number === 0) return null;
      do {
        number = number * 10 + digit;
        digit = at < end ? text.charCodeAt(at++) - 48 : AT_END;
      } while (digit >= 0 && digit <= 9);
      if (number > MOST_USUAL) return null;
    }
    if (count === 0) first = number;
    else if (count === 1) second = number;
    else if (count === 2) third = number;
    else if (count === 3) fourth = number;
    else return null;
    count++;
    if (digit !== DOT - 48) break;
  }
  if (count === 0) return null;
  const release =
    count === 3
      ? [first, second, third]
      : count === 2
        ? [first, second]
        : count === 1
          ? [first]
          : [first, second, third, fourth];
  const whole = end - start === text.length ? text : text.slice(start, end);
  if (digit === AT_END) return makeVersion(0, release, null, null, null, null, whole);
  return scanUsualSuffix(text, at - 1, end, release, whole);
}

/** Adds the suffix from `at` to `end`; null where it is none of the usual ones in normal form. */
function scanUsualSuffix(
  text: string,
  at: number,
  end: number,
  release: readonly number[],
  whole: string,
): Version | null {
  const code = text.charCodeAt(at);
  let word = code === 97 ? 'a' : code === 98 ? 'b' : 'rc';
  if (code === DOT) word = text.charCodeAt(at + 1) === 100 ? '.dev' : '.post';
  const digits = at + word.length;
  const isNormal = text.charCodeAt(digits) !== 48 || end - digits === 1;
  if (!isNormal || end === digits || end - digits > EXACT_DIGITS || !text.startsWith(word, at)) return null;
  if (skipDigits(text, digits, end) < end) return null;
  const number = numberAt(text, digits, end);
  if (word === '.post') return makeVersion(0, release, null, number, null, null, whole);
  if (word === '.dev') return makeVersion(0, release, null, null, number, null, whole);
  return makeVersion(0, release, [word as PreRelease[0], number], null, null, null, whole);
}

function scanAny(text: string, start: number, end: number): Version | null {
  const rest: Scanner = { text, at: start, end };
  takeWord(rest, ['v']);
  let epoch: VersionNumber = 0;
  let number = takeNumber(rest);
  if (codeAt(rest) === 33 /* ! */ && number !== null) {
    epoch = number;
    rest.at++;
    number = takeNumber(rest);
  }
  const release: VersionNumber[] = [];
  for (; number !== null; number = takeNumber(rest)) {
    release.push(number);
    if (codeAt(rest) !== DOT || !isDigit(codeAt(rest, 1))) break;
    rest.at++;
  }
  if (release.length === 0) return null;

  const pre = takeSuffix(rest, ['alpha', 'a', 'beta', 'b', 'preview', 'pre', 'c', 'rc']);
  let post: VersionNumber | null = null;
  if (codeAt(rest) === DASH && isDigit(codeAt(rest, 1))) {
    rest.at++;
    post = takeNumber(rest);
  } else {
    post = takeSuffix(rest, ['post', 'rev', 'r'])?.number ?? null;
  }
  const dev = takeSuffix(rest, ['dev'])?.number ?? null;
  const local = codeAt(rest) === 43 /* + */ ? takeLocal(rest) : null;
  if (rest.at < end) return null;
  const letter = pre?.word.startsWith('a') ? 'a' : pre?.word.startsWith('b') ? 'b' : 'rc';
  return makeVersion(epoch, release, pre && [letter, pre.number], post, dev, local);
}

/** A word and its number, 0 where none is spelt, with separators before either. Null where no word is there. */
function takeSuffix(
  rest: Scanner,
  words: readonly string[],
): { readonly word: string; readonly number: VersionNumber } | null {
  const before = rest.at;
  takeSeparator(rest);
  const word = takeWord(rest, words);
  if (word === undefined) {
    rest.at = before;
    return null;
  }
  takeSeparator(rest);
  return { word, number: takeNumber(rest) ?? 0 };
}

/** The first of the words that stands next, in any case. */
function takeWord(rest: Scanner, words: readonly string[]): string | undefined {
  const { text, at, end } = rest;
  const found = words.find(
    (word) => at + word.length <= end && text.slice(at, at + word.length).toLowerCase() === word,
  );
  rest.at += found?.length ?? 0;
  return found;
}

/** The segments after `+`; leaves what is none. */
function takeLocal(rest: Scanner): VersionParts['local'] {
  const { text, end } = rest;
  const segments: (string | VersionNumber)[] = [];
  do {
    const from = rest.at + 1;
    let to = from;
    while (to < end && isAlphanumeric(text.charCodeAt(to))) to++;
    if (to === from) break;
    const isNumber = skipDigits(text, from, to) === to;
    segments.push(isNumber ? numberAt(text, from, to) : text.slice(from, to).toLowerCase());
    rest.at = to;
  } while (isSeparator(codeAt(rest)));
  return segments;
}

function takeSeparator(rest: Scanner): void {
  if (isSeparator(codeAt(rest))) rest.at++;
}

/** The number that stands next; null where there is none. */
function takeNumber(rest: Scanner): VersionNumber | null {
  const from = rest.at;
  rest.at = skipDigits(rest.text, from, rest.end);
  return rest.at === from ? null : numberAt(rest.text, from, rest.at);
}

function isSeparator(code: number): boolean {
  return code === DOT || code === DASH || code === 95 /* _ */;
}

function skipDigits(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** The number spelt from `start` to `end`: a bigint only beyond 2^53, so that equal numbers are identical. */
function numberAt(text: string, start: number, end: number): VersionNumber {
  const digits = text.slice(start, end);
  const number = Number(digits);
  return number <= Number.MAX_SAFE_INTEGER ? number : BigInt(digits);
}
