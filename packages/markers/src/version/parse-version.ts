import { InvalidVersionError } from '../text/syntax-error.ts';
import { skipSpace, trimEnd } from '../text/whitespace.ts';
import { MOST_USUAL } from './key.ts';
import { makeVersion, type PreRelease, type Version, type VersionNumber } from './version.ts';

/**
 * The version that `text` spells, white space around it aside.
 * Every spelling of Version specifiers, "Normalization" is taken.
 *
 * @throws InvalidVersionError
 */
export function parseVersion(text: string): Version {
  const version = tryParseVersion(text);
  if (version) return version;
  const reason = 'Expected a version such as 1.2.3 or 2.0rc1';
  throw new InvalidVersionError(reason, text, [0, text.length]);
}

/** The version that `text` spells, or null where it spells none. */
export function tryParseVersion(text: string): Version | null {
  const usual = scanUsual(text, 0, text.length);
  if (usual) return usual;
  const start = skipSpace(text, 0, text.length);
  return scanAny(text.slice(start, trimEnd(text, start, text.length)));
}

/** The version that `text` spells from `start` to `end` exactly, or null. One scan, no look-back. */
export function scanVersion(text: string, start: number, end: number): Version | null {
  return scanUsual(text, start, end) ?? scanAny(text.slice(start, end));
}

/**
 * The usual case: up to four numbers and at most one of aN, bN, rcN, .postN and .devN, in normal form.
 * Null for any other text.
 */
function scanUsual(text: string, start: number, end: number): Version | null {
  // What stands for a digit at the end of the text.
  const AT_END = -100;
  const DOT = 46 - 48;
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
    if (digit !== DOT) break;
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
  if (code === 46) word = text.charCodeAt(at + 1) === 100 ? '.dev' : '.post';
  const digits = at + word.length;
  const isNormal = text.charCodeAt(digits) !== 48 || end - digits === 1;
  if (!isNormal || end === digits || !text.startsWith(word, at)) return null;
  let number = 0;
  for (let place = digits; place < end; place++) {
    const digit = text.charCodeAt(place) - 48;
    if (digit < 0 || digit > 9 || number > MOST_USUAL) return null;
    number = number * 10 + digit;
  }
  if (word === '.post') return makeVersion(0, release, null, number, null, null, whole);
  if (word === '.dev') return makeVersion(0, release, null, null, number, null, whole);
  return makeVersion(0, release, [word as PreRelease[0], number], null, null, null, whole);
}

/** Version specifiers, "Appendix: Parsing version strings with regular expressions". It fails in linear time. */
const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:(?:-(?=\d)|[-_.]?(?:post|rev|r)[-_.]?)(\d*))?(?:[-_.]?dev[-_.]?(\d*))?(?:\+([a-z\d]+(?:[-_.][a-z\d]+)*))?$/i;

function scanAny(text: string): Version | null {
  const match = VERSION.exec(text);
  if (!match) return null;
  const [, epoch = '0', release = '', letter, pre = '', post, dev, local] = match;
  const segments = local?.toLowerCase().split(/[-_.]/);
  return makeVersion(
    numberOf(epoch),
    release.split('.').map(numberOf),
    letter ? [letterOf(letter), numberOf(pre)] : null,
    post === undefined ? null : numberOf(post),
    dev === undefined ? null : numberOf(dev),
    segments?.map((segment) => (/\D/.test(segment) ? segment : numberOf(segment))) ?? null,
  );
}

function letterOf(word: string): PreRelease[0] {
  return /^a/i.test(word) ? 'a' : /^b/i.test(word) ? 'b' : 'rc';
}

/** The number of the digits, 0 of none: a bigint only beyond 2^53, so that equal numbers are identical. */
function numberOf(digits: string): VersionNumber {
  const number = Number(digits);
  return number <= Number.MAX_SAFE_INTEGER ? number : BigInt(digits);
}
