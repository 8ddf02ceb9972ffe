import type { Cuts } from '../range/cut.ts';
import { expected, Fault } from '../text/syntax-error.ts';
import { isPythonSpace, skipSpace } from '../text/whitespace.ts';
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
  /** What `specifierCuts` found; null until it is first asked. */
  cuts: Cuts | null;
};

/** Each before those that it begins with, the most used first. */
const OPERATORS: readonly SpecifierOperator[] = ['>=', '<=', '===', '==', '!=', '~=', '<', '>'];

/** The operator that stands at `at`, or undefined. */
export function operatorAt(text: string, at: number): SpecifierOperator | undefined {
  for (const operator of OPERATORS) if (text.startsWith(operator, at)) return operator;
  return undefined;
}

/** The clause that `text` spells from `start` to `end` exactly. Throws a Fault where it spells none. */
export function scanSpecifier(text: string, start: number, end: number): Specifier {
  const operator = operatorAt(text, start) ?? expected('a comparison such as >=1.0', start, end);
  const from = skipSpace(text, start + operator.length, end);
  const isArbitrary = operator === '===';
  const wildcard = !isArbitrary && text.startsWith('.*', end - 2);
  const version = scanVersion(text, from, wildcard ? end - 2 : end);
  if (isArbitrary) checkArbitrary(text, from, end);
  const fault =
    !isArbitrary && misuse(operator, version ?? expected(`a version after ${operator}`, from, end), wildcard);
  if (fault) throw new Fault(fault, start, end);
  const versionText = text.slice(from, end);
  const namesPrerelease = version && operator !== '!=' && !wildcard && isPrerelease(version);
  return {
    operator,
    versionText,
    version: isArbitrary ? null : version,
    wildcard,
    text: operator + versionText,
    prereleases: namesPrerelease,
    cuts: null,
  };
}

function checkArbitrary(text: string, from: number, end: number): void {
  for (let at = from; at < end; at++) {
    if (endsClause(text.charCodeAt(at), '===')) {
      throw new Fault('=== takes no white space, ; or )', at);
    }
  }
}

/** Whether the character ends a clause. The text after `===` holds commas; what follows one is a clause. */
export function endsClause(code: number, operator: SpecifierOperator): boolean {
  return code === 59 || code === 41 || (code === 44 && operator !== '===') || isPythonSpace(code);
}

function misuse(operator: SpecifierOperator, version: Version, wildcard: boolean): string | null {
  const { release, post, local } = version;
  if (wildcard && (post !== null || isPrerelease(version) || local)) {
    return '.* needs a release such as 1.2';
  }
  if ((wildcard || local) && operator !== '==' && operator !== '!=') {
    return `${wildcard ? '.*' : 'A local version'} needs == or !=`;
  }
  return operator === '~=' && release.length < 2 ? '~= needs a release such as 1.2' : null;
}
