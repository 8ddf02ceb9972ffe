import { Fault } from '../text/syntax-error.ts';
import { skipSpace } from '../text/whitespace.ts';
import { scanVersion } from '../version/parse-version.ts';
import { isPrerelease, type Version } from '../version/version.ts';

/** The operators of Version specifiers, "Version specifiers". */
export type SpecifierOperator = '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>' | '===';

/** One clause such as `>=1.0` or `==2.*`. */
export type Specifier = {
  readonly operator: SpecifierOperator;
  /** The version as written, `.*` included; for `===` any text. */
  readonly versionText: string;
  /** Its parsed form, without `.*`; null for `===` alone. */
  readonly version: Version | null;
  /** Whether it ends in `.*`. */
  readonly wildcard: boolean;
  /** Operator and version as written, without space between. */
  readonly text: string;
  /** Whether the clause asks for pre-releases by naming one; null where `===` names no version. */
  readonly prereleases: boolean | null;
};

/** Length of the operator at `at`, or 0. */
export function operatorLength(text: string, at: number, end: number): number {
  const first = at < end ? text.charCodeAt(at) : 0;
  const second = at + 1 < end ? text.charCodeAt(at + 1) : 0;
  if (first < 60 || first > 62) return (first === 126 || first === 33) && second === 61 ? 2 : 0;
  if (second !== 61) return first === 61 ? 0 : 1;
  return first === 61 && at + 2 < end && text.charCodeAt(at + 2) === 61 ? 3 : 2;
}

/** The clause that `text` spells from `start` to `end` exactly. Throws a Fault where it spells none. */
export function scanSpecifier(text: string, start: number, end: number): Specifier {
  const length = operatorLength(text, start, end);
  if (length === 0) {
    throw new Fault('Expected a comparison such as >=1.0 (one of ~= == != <= >= < > ===)', start, end);
  }
  const operator = operatorAt(text, start, length);
  const from = skipSpace(text, start + length, end);
  const versionText = text.slice(from, end);
  if (operator === '===') return arbitrarySpecifier(text, from, end, versionText);

  const wildcard = end - from > 2 && text.charCodeAt(end - 1) === 42 && text.charCodeAt(end - 2) === 46;
  const version = scanVersion(text, from, wildcard ? end - 2 : end);
  if (version === null)
    throw new Fault(`Expected a version after ${operator}`, from, Math.max(end, from + 1));
  const fault = misuse(operator, version, wildcard);
  if (fault !== null) throw new Fault(fault, start, end);
  return {
    operator,
    versionText,
    version,
    wildcard,
    text: from === start + length ? text.slice(start, end) : operator + versionText,
    prereleases: operator !== '!=' && !wildcard && isPrerelease(version),
  };
}

function operatorAt(text: string, at: number, length: number): Specifier['operator'] {
  if (length === 3) return '===';
  const first = text.charCodeAt(at);
  if (length === 1) return first === 60 ? '<' : '>';
  switch (first) {
    case 33:
      return '!=';
    case 60:
      return '<=';
    case 61:
      return '==';
    case 62:
      return '>=';
    default:
      return '~=';
  }
}

function arbitrarySpecifier(text: string, from: number, end: number, versionText: string): Specifier {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 59 || code === 41 || skipSpace(text, at, at + 1) > at) {
      throw new Fault('The text after === cannot hold white space, ; or )', at, at + 1);
    }
  }
  const version = scanVersion(text, from, end);
  return {
    operator: '===',
    versionText,
    version: null,
    wildcard: false,
    text: `===${versionText}`,
    prereleases: version === null ? null : isPrerelease(version),
  };
}

function misuse(operator: SpecifierOperator, version: Version, wildcard: boolean): string | null {
  const equality = operator === '==' || operator === '!=';
  if (wildcard && !equality) return '.* can only be used with == or !=';
  if (wildcard && (version.post !== null || isPrerelease(version) || version.local !== null)) {
    return '.* can only follow a release such as 1.2';
  }
  if (version.local !== null && !equality) return 'A local version (+…) can only be used with == or !=';
  if (operator === '~=' && version.release.length < 2) return '~= needs a release of at least two numbers';
  return null;
}
