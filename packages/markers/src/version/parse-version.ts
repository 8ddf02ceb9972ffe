import { InvalidVersionError } from '../text/syntax-error.ts';
import { skipSpace, trimEnd } from '../text/whitespace.ts';
import {
  makeVersion,
  type PreRelease,
  type UsualSuffix,
  usualVersion,
  type Version,
  type VersionNumber,
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
  throw new InvalidVersionError('Not a version such as 1.2.3, 2.0rc1 or 1.0.post2+local', text, [
    0,
    text.length,
  ]);
}

/** The version that `text` spells, or null where it spells none. */
export function tryParseVersion(text: string): Version | null {
  const usual = scanUsual(text, 0, text.length);
  if (usual !== null) return usual;
  const start = skipSpace(text, 0, text.length);
  return scanAny(text, start, trimEnd(text, start, text.length));
}

const DOT = 46;
const DASH = 45;

/** The version that `text` spells from `start` to `end` exactly, or null. One scan, no look-back. */
export function scanVersion(text: string, start: number, end: number): Version | null {
  return scanUsual(text, start, end) ?? scanAny(text, start, end);
}

/**
 * The usual case: up to four numbers of usual size and at most one of aN, bN, rcN, .postN and .devN, in
 * normal form. Null for any other text.
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
  const suffix = digit === AT_END ? NO_SUFFIX : usualSuffix(text, at - 1, end);
  if (suffix === null) return null;
  const whole = end - start === text.length ? text : text.slice(start, end);
  return usualVersion(whole, count, first, second, third, fourth, suffix);
}

/** What stands for a digit at the end of the text. */
const AT_END = -100;
/** No number above it is usual: the keys' limits are lower. */
const MOST_USUAL = 1e8;
const NO_SUFFIX: UsualSuffix = { letter: null, number: 0 };

/** The suffix from `at` to `end`, or null where it is none of the usual ones in normal form. */
function usualSuffix(text: string, at: number, end: number): UsualSuffix | null {
  let letter: UsualSuffix['letter'];
  let digits = at + 1;
  const code = text.charCodeAt(at);
  if (code === 97) letter = 'a';
  else if (code === 98) letter = 'b';
  else if (code === 114 && text.charCodeAt(at + 1) === 99) {
    letter = 'rc';
    digits++;
  } else if (text.startsWith('.post', at)) {
    letter = 'post';
    digits += 4;
  } else if (text.startsWith('.dev', at)) {
    letter = 'dev';
    digits += 3;
  } else return null;
  if (end - digits > 8 || !isNormal(text, digits, end) || skipDigits(text, digits, end) !== end) return null;
  return { letter, number: numberAt(text, digits, end) as number };
}

function scanAny(text: string, start: number, end: number): Version | null {
  let at = start;
  let epoch: VersionNumber = 0;
  let normal = true;
  if (at < end && (text.charCodeAt(at) | 32) === 118 /* v */) {
    at++;
    normal = false;
  }
  const release: VersionNumber[] = [];
  for (;;) {
    const from = at;
    let number = 0;
    for (; at < end; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
    }
    if (at === from) return null;
    if (at - from > 1 && text.charCodeAt(from) === 48) normal = false;
    const value = at - from > 15 ? longNumber(text, from, at) : number;
    const next = at < end ? text.charCodeAt(at) : 0;
    if (next === 33 /* ! */ && release.length === 0 && epoch === 0 && text.charCodeAt(from - 1) !== 33) {
      epoch = value;
      if (value === 0) normal = false;
      at++;
      continue;
    }
    release.push(value);
    if (next !== DOT || at + 1 >= end || !isDigit(text.charCodeAt(at + 1))) break;
    at++;
  }
  if (at === end)
    return makeVersion(epoch, release, null, null, null, null, normal ? text.slice(start, end) : null);
  return scanSuffix(text, start, at, end, epoch, release, normal);
}

function scanSuffix(
  text: string,
  start: number,
  from: number,
  end: number,
  epoch: VersionNumber,
  release: readonly VersionNumber[],
  releaseIsNormal: boolean,
): Version | null {
  let at = from;
  let normal = releaseIsNormal;
  let pre: PreRelease | null = null;
  let post: VersionNumber | null = null;
  let dev: VersionNumber | null = null;

  let word = skipSeparator(text, at, end);
  const letters = preLength(text, word, end);
  if (letters > 0) {
    const letter = PRE_LETTER[text.charCodeAt(word) | 32] ?? 'rc';
    const digits = skipSeparator(text, word + letters, end);
    const stop = skipDigits(text, digits, end);
    pre = [letter, numberAt(text, digits, stop)];
    normal &&=
      word === at &&
      digits === word + letter.length &&
      text.startsWith(letter, at) &&
      isNormal(text, digits, stop);
    at = stop;
  }

  if (at + 1 < end && text.charCodeAt(at) === DASH && isDigit(text.charCodeAt(at + 1))) {
    const stop = skipDigits(text, at + 1, end);
    post = numberAt(text, at + 1, stop);
    normal = false;
    at = stop;
  } else {
    word = skipSeparator(text, at, end);
    const length =
      wordAt(text, word, end, 'post') || wordAt(text, word, end, 'rev') || wordAt(text, word, end, 'r');
    if (length > 0) {
      const digits = skipSeparator(text, word + length, end);
      const stop = skipDigits(text, digits, end);
      post = numberAt(text, digits, stop);
      normal &&= text.startsWith('.post', at) && digits === at + 5 && isNormal(text, digits, stop);
      at = stop;
    }
  }

  word = skipSeparator(text, at, end);
  if (wordAt(text, word, end, 'dev') > 0) {
    const digits = skipSeparator(text, word + 3, end);
    const stop = skipDigits(text, digits, end);
    dev = numberAt(text, digits, stop);
    normal &&= text.startsWith('.dev', at) && digits === at + 4 && isNormal(text, digits, stop);
    at = stop;
  }

  if (at === end)
    return makeVersion(epoch, release, pre, post, dev, null, normal ? text.slice(start, end) : null);
  if (text.charCodeAt(at) !== 43 /* + */) return null;
  const local = scanLocal(text, at + 1, end);
  return local && makeVersion(epoch, release, pre, post, dev, local, null);
}

function scanLocal(text: string, from: number, end: number): readonly (string | VersionNumber)[] | null {
  const segments: (string | VersionNumber)[] = [];
  let at = from;
  for (;;) {
    const start = at;
    let digits = true;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (isDigit(code)) continue;
      const letter = code | 32;
      if (letter < 97 || letter > 122) break;
      digits = false;
    }
    if (at === start) return null;
    segments.push(digits ? numberAt(text, start, at) : text.slice(start, at).toLowerCase());
    if (at === end) return segments;
    if (!isSeparator(text.charCodeAt(at))) return null;
    at++;
  }
}

const PRE_LETTER: Readonly<Record<number, 'a' | 'b'>> = { 97: 'a', 98: 'b' };

/** Length of the word for a pre-release at `at`, or 0. */
function preLength(text: string, at: number, end: number): number {
  if (at >= end) return 0;
  switch (text.charCodeAt(at) | 32) {
    case 97:
      return wordAt(text, at, end, 'alpha') || 1;
    case 98:
      return wordAt(text, at, end, 'beta') || 1;
    case 99:
      return 1;
    case 112:
      return wordAt(text, at, end, 'preview') || wordAt(text, at, end, 'pre');
    case 114:
      return wordAt(text, at, end, 'rc');
    default:
      return 0;
  }
}

/** The length of `word` if it stands at `at` in any case, else 0. */
function wordAt(text: string, at: number, end: number, word: string): number {
  if (at + word.length > end) return 0;
  for (let index = 0; index < word.length; index++) {
    if ((text.charCodeAt(at + index) | 32) !== word.charCodeAt(index)) return 0;
  }
  return word.length;
}

function isSeparator(code: number): boolean {
  return code === DOT || code === DASH || code === 95;
}

function skipSeparator(text: string, at: number, end: number): number {
  return at < end && isSeparator(text.charCodeAt(at)) ? at + 1 : at;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function skipDigits(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** The number spelt from `start` to `end`; none spelt is 0. */
function numberAt(text: string, start: number, end: number): VersionNumber {
  if (end - start > 15) return longNumber(text, start, end);
  let number = 0;
  for (let at = start; at < end; at++) number = number * 10 + text.charCodeAt(at) - 48;
  return number;
}

/** Numbers that may exceed 2^53: a bigint only if they do, so that equal numbers are identical. */
function longNumber(text: string, start: number, end: number): VersionNumber {
  const number = BigInt(text.slice(start, end));
  return number <= Number.MAX_SAFE_INTEGER ? Number(number) : number;
}

/** Digits, at least one, without a leading zero. */
function isNormal(text: string, start: number, end: number): boolean {
  return end - start === 1 || (end > start && text.charCodeAt(start) !== 48);
}
