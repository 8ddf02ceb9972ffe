import { normalizeName } from '../requirement/name.ts';
import { operatorLength, type Specifier, scanSpecifier } from '../specifier/specifier.ts';
import { Fault, InvalidMarkerError } from '../text/syntax-error.ts';
import { skipSpace, trimEnd } from '../text/whitespace.ts';
import {
  isVersionVariable,
  type Marker,
  type MarkerComparison,
  type MarkerOperand,
  type MarkerOperator,
  type MarkerVariable,
} from './marker.ts';
import { readPythonString } from './python-string.ts';

/** How deep parentheses may nest. */
const MAX_DEPTH = 1000;

/** The spellings of each variable; dotted ones and `python_implementation` come from old metadata. */
const VARIABLES: ReadonlyMap<string, MarkerVariable> = new Map<string, MarkerVariable>([
  ['python_version', 'python_version'],
  ['python_full_version', 'python_full_version'],
  ['os_name', 'os_name'],
  ['os.name', 'os_name'],
  ['sys_platform', 'sys_platform'],
  ['sys.platform', 'sys_platform'],
  ['platform_release', 'platform_release'],
  ['platform_system', 'platform_system'],
  ['platform_version', 'platform_version'],
  ['platform.version', 'platform_version'],
  ['platform_machine', 'platform_machine'],
  ['platform.machine', 'platform_machine'],
  ['platform_python_implementation', 'platform_python_implementation'],
  ['platform.python_implementation', 'platform_python_implementation'],
  ['python_implementation', 'platform_python_implementation'],
  ['implementation_name', 'implementation_name'],
  ['implementation_version', 'implementation_version'],
  ['extra', 'extra'],
  ['extras', 'extras'],
  ['dependency_groups', 'dependency_groups'],
]);

/**
 * The marker that `text` spells (Dependency specifiers, "Environment Markers"). Names of extras and
 * groups are put in normal form, old spellings of variables in the current one.
 *
 * @throws InvalidMarkerError
 */
export function parseMarker(text: string): Marker {
  try {
    return scanMarker(text, 0);
  } catch (error) {
    if (error instanceof Fault) throw new InvalidMarkerError(error.message, text, [error.start, error.end]);
    throw error;
  }
}

/** The marker that `text` spells from `start` to its end. Throws a Fault. */
export function scanMarker(text: string, start: number): Marker {
  const scanner: Scanner = { text, at: start };
  const marker = scanJunctions(scanner, 0);
  if (scanner.at < text.length) {
    throw new Fault("Expected 'and', 'or' or the end of the marker", scanner.at, scanner.at + 1);
  }
  return marker;
}

type Scanner = { readonly text: string; at: number };

function scanJunctions(scanner: Scanner, depth: number): Marker {
  const alternatives: Marker[] = [];
  let parts: Marker[] = [scanAtom(scanner, depth)];
  for (;;) {
    const word = wordAt(scanner);
    if (word === 'and') {
      scanner.at += 3;
    } else if (word === 'or') {
      scanner.at += 2;
      alternatives.push(join('and', parts));
      parts = [];
    } else {
      alternatives.push(join('and', parts));
      return join('or', alternatives);
    }
    parts.push(scanAtom(scanner, depth));
  }
}

function join(kind: 'and' | 'or', markers: readonly Marker[]): Marker {
  const [first] = markers;
  return first !== undefined && markers.length === 1 ? first : { kind, markers, grouped: false };
}

function scanAtom(scanner: Scanner, depth: number): Marker {
  skipBlanks(scanner);
  const open = scanner.at;
  if (scanner.text.charCodeAt(open) !== 40) {
    const comparison = scanComparison(scanner);
    skipBlanks(scanner);
    return comparison;
  }
  if (depth >= MAX_DEPTH) throw new Fault(`Parentheses nest deeper than ${MAX_DEPTH}`, open, open + 1);
  scanner.at++;
  const marker = scanJunctions(scanner, depth + 1);
  if (scanner.text.charCodeAt(scanner.at) !== 41) {
    throw new Fault("Expected ')' to match this '('", open, open + 1);
  }
  scanner.at++;
  skipBlanks(scanner);
  return marker.kind === 'comparison' || marker.grouped ? marker : { ...marker, grouped: true };
}

function scanComparison(scanner: Scanner): MarkerComparison {
  const left = scanOperand(scanner);
  skipBlanks(scanner);
  const operator = scanOperator(scanner);
  skipBlanks(scanner);
  const right = scanOperand(scanner);
  return comparisonOf(left, operator, right);
}

/** A comparison, its extra or group name in normal form and its version clause prepared. */
export function comparisonOf(
  left: MarkerOperand,
  operator: MarkerOperator,
  right: MarkerOperand,
): MarkerComparison {
  if (left.kind === 'variable' && right.kind === 'value') {
    if (left.name === 'extra')
      return { kind: 'comparison', left, operator, right: normalValue(right.value), specifier: null };
    const specifier = isVersionVariable(left.name) ? trySpecifier(operator, right.value) : null;
    return { kind: 'comparison', left, operator, right, specifier };
  }
  if (left.kind === 'value' && right.kind === 'variable') {
    const { name } = right;
    const isName = name === 'extra' || name === 'extras' || name === 'dependency_groups';
    return {
      kind: 'comparison',
      left: isName ? normalValue(left.value) : left,
      operator,
      right,
      specifier: null,
    };
  }
  return { kind: 'comparison', left, operator, right, specifier: null };
}

function normalValue(value: string): MarkerOperand {
  return { kind: 'value', value: normalizeName(value) };
}

/** `operator` and `value` as a version clause, or null where they spell none. */
export function trySpecifier(operator: MarkerOperator, value: string): Specifier | null {
  if (operator === 'in' || operator === 'not in') return null;
  const text = operator + value;
  try {
    return scanSpecifier(text, skipSpace(text, 0, text.length), trimEnd(text, 0, text.length));
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

function scanOperand(scanner: Scanner): MarkerOperand {
  const { text, at } = scanner;
  const quote = text.charCodeAt(at);
  if (quote === 34 || quote === 39) {
    const close = text.indexOf(quote === 34 ? '"' : "'", at + 1);
    if (close < 0) throw new Fault('The quoted text is not closed', at, at + 1);
    scanner.at = close + 1;
    return { kind: 'value', value: readPythonString(text, at, close + 1) };
  }
  const end = wordEnd(text, at);
  const name = VARIABLES.get(text.slice(at, end));
  if (name === undefined)
    throw new Fault('Expected a marker variable or a quoted text', at, Math.max(at + 1, end));
  scanner.at = end;
  return { kind: 'variable', name };
}

function scanOperator(scanner: Scanner): MarkerOperator {
  const { text, at } = scanner;
  const word = wordAt(scanner);
  if (word === 'in') {
    scanner.at += 2;
    return 'in';
  }
  if (word === 'not') {
    scanner.at += 3;
    skipBlanks(scanner);
    if (scanner.at === at + 3 || wordAt(scanner) !== 'in')
      throw new Fault("Expected 'in' after 'not'", at, at + 3);
    scanner.at += 2;
    return 'not in';
  }
  const length = operatorLength(text, at, text.length);
  if (length === 0) {
    throw new Fault('Expected one of <= < != == >= > ~= === in, not in', at, at + 1);
  }
  scanner.at += length;
  return text.slice(at, at + length) as MarkerOperator;
}

/** The word at the scanner's place, or an empty text. */
function wordAt({ text, at }: Scanner): string {
  return text.slice(at, wordEnd(text, at));
}

/** Longest word worth reading: no keyword or variable is longer. */
const LONGEST_WORD = 40;

function wordEnd(text: string, from: number): number {
  let at = from;
  const limit = Math.min(text.length, from + LONGEST_WORD);
  for (; at < limit; at++) {
    const code = text.charCodeAt(at);
    const letter = code | 32;
    if (!((letter >= 97 && letter <= 122) || (code >= 48 && code <= 57) || code === 46 || code === 95)) break;
  }
  return at;
}

function skipBlanks(scanner: Scanner): void {
  const { text } = scanner;
  let { at } = scanner;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  scanner.at = at;
}
