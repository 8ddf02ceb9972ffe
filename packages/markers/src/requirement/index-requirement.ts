import { parseSpecifierSet, type SpecifierSet } from '../specifier/specifier-set.ts';
import { attempt } from '../text/syntax-error.ts';
import { parseRequirement, type Requirement } from './requirement.ts';

/** What old metadata gets wrong in version clauses, in the order tried; each one's words for people. */
const REPAIRS: readonly (readonly [pattern: RegExp, replacement: string, done: string])[] = [
  [/(["'])([<>=~!][^"';]*)\1/g, '$2', 'took away quotes'],
  [/(?<=[\d*\s])["']|["'](?=[\d*])/g, '', 'took away a quote'],
  [/([\d*])\s*(?=[<>]|[=~!]=)/g, '$1,', 'put in a missing comma'],
  [/!=\s*~\s*(\d+(?:\.\d+)*)/g, '!=$1.*', 'read !=~ as !='],
  [/=>/g, '>=', 'read => as >='],
  [/=</g, '<=', 'read =< as <='],
  [/(?<=\.\d+)\*/g, '.*', 'put in a missing dot'],
  [/([~<>]=|[<>])(\s*v?\d+(?:\.\d+)*)\.\*/g, '$1$2', 'took away .*'],
  [/>=?\s*dev\b/g, '>=0.0.dev0', 'read dev as 0.0.dev0'],
  [/([<>]=?|[=~!]=)\s*(\*|(?=,|$|\)))/g, '', 'took away a bare operator'],
  [/,(\s*,)+/g, ',', 'took away an empty clause'],
  [/,\s*(?=\)|$)|(?<=\(|^)\s*,/g, '', 'took away a comma at the end'],
];

/** What `parse` makes of the text, or of the text with repairs, one after the other until it takes it. */
function parseWithRepairs<T>(
  text: string,
  parse: (text: string) => T,
): { readonly value: T; readonly repairs: readonly string[] } {
  const repairs: string[] = [];
  let repaired = text;
  let value = attempt(() => parse(text));
  for (const [pattern, replacement, done] of REPAIRS) {
    if (value !== null) break;
    const before = repaired;
    repaired = before.replace(pattern, replacement);
    if (repaired === before) continue;
    repairs.push(done);
    value = attempt(() => parse(repaired));
  }
  return { value: value ?? parse(text), repairs };
}

/** A requirement as an index serves it, with what had to be repaired in it. */
export type IndexRequirement = { readonly requirement: Requirement; readonly repairs: readonly string[] };

/**
 * The requirement that a Requires-Dist of an index means. Where it breaks PEP 508 in a way that installers
 * have always borne (`>=2.7.*`, a missing or trailing comma, stray quotes), it is repaired.
 *
 * @throws InvalidRequirementError where it is beyond repair; the error is that of the text as served
 */
export function parseIndexRequirement(text: string): IndexRequirement {
  const [head = ''] = text.split(';', 1);
  const tail = text.slice(head.length);
  const { value, repairs } = parseWithRepairs(head, (repaired) => parseRequirement(repaired + tail));
  return { requirement: value, repairs };
}

/** A specifier set as an index serves it, with what had to be repaired in it. */
export type IndexSpecifierSet = { readonly specifierSet: SpecifierSet; readonly repairs: readonly string[] };

/**
 * The set that a Requires-Python of an index means, repaired as requirements are.
 *
 * @throws InvalidSpecifierError where it is beyond repair
 */
export function parseIndexSpecifierSet(text: string): IndexSpecifierSet {
  const { value, repairs } = parseWithRepairs(text, parseSpecifierSet);
  return { specifierSet: value, repairs };
}
