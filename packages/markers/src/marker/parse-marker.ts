import { normalizeName } from '../requirement/name.ts';
import { operatorAt, type Specifier, scanSpecifier } from '../specifier/specifier.ts';
import { MAX_DEPTH } from '../text/limits.ts';
import { accept, close, passTo, type Scanner } from '../text/scanner.ts';
import { attempt, expected, InvalidMarkerError, reading } from '../text/syntax-error.ts';
import { trimEnd } from '../text/whitespace.ts';
import {
  isNameSet,
  isVersionVariable,
  MARKER_VARIABLES,
  type Marker,
  type MarkerComparison,
  type MarkerOperand,
  type MarkerOperator,
  type MarkerVariable,
} from './marker.ts';
import { readPythonString } from './python-string.ts';

/** The names that were written with a dot: not `platform_release` and `platform_system`. */
const DOTTED = /^(os|sys|platform)_(?![rs])/;

/** The spellings of each variable; dotted ones and `python_implementation` come from old metadata. */
const VARIABLES: ReadonlyMap<string, MarkerVariable> = /* @__PURE__ */ new Map([
  ...MARKER_VARIABLES.map((name) => [name, name] as const),
  ...MARKER_VARIABLES.map((name) => [name.replace(DOTTED, '$1.'), name] as const),
  ['python_implementation', 'platform_python_implementation'],
]);

/**
 * The marker that `text` spells (Dependency specifiers, "Environment Markers"). Names of extras and
 * groups are put in normal form, old spellings of variables in the current one.
 *
 * @throws InvalidMarkerError
 */
export function parseMarker(text: string): Marker {
  return reading(text, scanMarker, InvalidMarkerError);
}

/** The marker that `text` spells from `start` to its end. Throws a Fault. */
export function scanMarker(text: string, start = 0): Marker {
  const scanner: Scanner = { text, at: start };
  const marker = takeJunctions(scanner, 0);
  if (scanner.at < text.length) expected("'and', 'or' or the end", scanner.at);
  return marker;
}

function takeJunctions(scanner: Scanner, depth: number): Marker {
  const alternatives: Marker[] = [];
  let parts: Marker[] = [];
  for (;;) {
    parts.push(takeAtom(scanner, depth));
    if (acceptWord(scanner, 'and')) continue;
    alternatives.push(join('and', parts));
    if (!acceptWord(scanner, 'or')) return join('or', alternatives);
    parts = [];
  }
}

export function join(kind: 'and' | 'or', markers: readonly Marker[]): Marker {
  const [first] = markers;
  return first && markers.length === 1 ? first : { kind, markers, grouped: false };
}

function takeAtom(scanner: Scanner, depth: number): Marker {
  passTo(scanner, scanner.at);
  const open = scanner.at;
  if (!accept(scanner, '(')) {
    return comparisonOf(takeOperand(scanner), takeOperator(scanner), takeOperand(scanner));
  }
  if (depth >= MAX_DEPTH) expected(`at most ${MAX_DEPTH} nested parentheses`, open);
  const marker = takeJunctions(scanner, depth + 1);
  close(scanner, open);
  return marker.kind === 'comparison' ? marker : { ...marker, grouped: true };
}

/** A comparison, its extra or group name in normal form and its version clause prepared. */
export function comparisonOf(
  left: MarkerOperand,
  operator: MarkerOperator,
  right: MarkerOperand,
): MarkerComparison {
  const isName =
    left.kind === 'variable' ? left.name === 'extra' : right.kind === 'variable' && isNameSet(right.name);
  const isVersion = left.kind === 'variable' && isVersionVariable(left.name);
  const normal = (operand: MarkerOperand): MarkerOperand =>
    isName && operand.kind === 'value' ? { kind: 'value', value: normalizeName(operand.value) } : operand;
  return {
    kind: 'comparison',
    left: normal(left),
    operator,
    right: normal(right),
    specifier: isVersion && right.kind === 'value' ? trySpecifier(operator, right.value) : null,
  };
}

/** `operator` and `value` as a version clause, or null where they spell none. */
export function trySpecifier(operator: MarkerOperator, value: string): Specifier | null {
  if (operator.endsWith('in')) return null;
  const text = operator + value;
  return attempt(() => scanSpecifier(text, 0, trimEnd(text, 0, text.length)));
}

function takeOperand(scanner: Scanner): MarkerOperand {
  const { text, at } = scanner;
  const quote = text.charAt(at);
  if (quote === '"' || quote === "'") {
    const end = text.indexOf(quote, at + 1) + 1;
    if (end === 0) expected('a closing quote', at);
    passTo(scanner, end);
    return { kind: 'value', value: readPythonString(text, at, end) };
  }
  const end = wordEnd(scanner);
  const name = VARIABLES.get(text.slice(at, end)) ?? expected('a marker variable or a quoted text', at, end);
  passTo(scanner, end);
  return { kind: 'variable', name };
}

function takeOperator(scanner: Scanner): MarkerOperator {
  const { text, at } = scanner;
  if (acceptWord(scanner, 'in')) return 'in';
  if (acceptWord(scanner, 'not')) {
    return acceptWord(scanner, 'in') ? 'not in' : expected("'in' after 'not'", at, at + 3);
  }
  const operator = operatorAt(text, at) ?? expected('an operator such as >= or in', at);
  passTo(scanner, at + operator.length);
  return operator;
}

/** Passes over the word and blanks after it, if it stands next. */
function acceptWord(scanner: Scanner, word: string): boolean {
  const { text, at } = scanner;
  const end = at + word.length;
  if (!text.startsWith(word, at) || isWord(text, end)) return false;
  passTo(scanner, end);
  return true;
}

function wordEnd({ text, at: start }: Scanner): number {
  let at = start;
  while (isWord(text, at)) at++;
  return at;
}

/** Whether a character of a word stands at `at`: a letter, a digit, `.` or `_`. */
function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const letter = code | 32;
  return (code >= 48 && code <= 57) || (letter >= 97 && letter <= 122) || code === 46 || code === 95;
}
