import { parseArgs } from 'node:util';
import { UsageError } from '../../input/input-error.ts';
import type { OptionSpec, Verb } from './option-spec.ts';
import { optionsOf, optionTable } from './option-table.ts';
import { nearest } from './suggest.ts';

/** Verbs that are named in the design and belong to later versions. */
export const laterVerbs: readonly string[] = ['outdated', 'audit', 'publish'];

export const verbs: readonly Verb[] = [
  'lock',
  'plan',
  'compare',
  'why',
  'tree',
  'convert',
  'diff',
  'verify',
  'snapshot',
  'info',
  'env',
  'cache',
];

/** The command line, taken apart but not yet understood. */
export type ParsedArguments =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly verb: Verb | null }
  | {
      readonly kind: 'verb';
      readonly verb: Verb;
      readonly positionals: readonly string[];
      /** Values by long name, in the order given; a flag has the value `''`. */
      readonly options: ReadonlyMap<string, readonly string[]>;
    };

/**
 * Takes a command line apart: `VERB [OPTIONS] [INPUTS]`, options anywhere after the verb.
 *
 * @throws UsageError for an unknown verb or option, a missing value, a value outside the choices.
 */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h') return { kind: 'help', verb: null };
  if (first === '--version' || first === '-V') return { kind: 'version' };
  if (first === 'help') return { kind: 'help', verb: rest[0] === undefined ? null : verbOf(rest[0]) };
  return parseVerb(verbOf(first), rest);
}

function verbOf(word: string): Verb {
  const verb = verbs.find((candidate) => candidate === word);
  if (verb !== undefined) return verb;
  if (laterVerbs.includes(word)) {
    throw new UsageError(`\`pyplan ${word}\` is not built yet`, {
      hint: `This version has: ${verbs.join(', ')}`,
    });
  }
  if (word.startsWith('-')) {
    throw new UsageError(`Expected a verb before the option ${word}`, {
      hint: `pyplan lock ${word} …, or pyplan --help`,
    });
  }
  const near = nearest(word, verbs);
  throw new UsageError(`There is no verb \`${word}\``, {
    hint: near === null ? `Expected one of: ${verbs.join(', ')}` : `Did you mean \`pyplan ${near}\`?`,
  });
}

function parseVerb(verb: Verb, argv: readonly string[]): ParsedArguments {
  const known = optionsOf(verb);
  const spellings = new Map(
    known.flatMap((spec) => spellingsOf(spec).map((spelling) => [spelling, spec] as const)),
  );
  const positionals: string[] = [];
  const options = new Map<string, string[]>();
  const { tokens } = parseArgs({
    args: [...argv],
    options: parseArgsOptions(known),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = spellings.get(token.rawName);
    if (spec === undefined) throw unknownOption(verb, token.rawName, spellings.keys());
    const value = checkedValue(spec, token.rawName, givenValue(token.value, token.inlineValue));
    if (spec.isPositional === true) positionals.push(`--${spec.name}=${value}`);
    options.set(spec.name, [...(options.get(spec.name) ?? []), value]);
  }
  if (options.has('help')) return { kind: 'help', verb };
  return { kind: 'verb', verb, positionals, options };
}

/** Null where the value was forgotten and the next option stands in its place; `--name=-x` gives one with a dash. */
function givenValue(value: string | undefined, inline: boolean | undefined): string | null {
  if (value === undefined) return null;
  const isOption = inline === false && value.length > 1 && value.startsWith('-');
  return isOption ? null : value;
}

function spellingsOf(spec: OptionSpec): string[] {
  const long = [spec.name, ...(spec.aliases ?? [])].map((name) => `--${name}`);
  return spec.short === undefined ? long : [...long, `-${spec.short}`];
}

type ParseArgsOptions = Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }>;

function parseArgsOptions(known: readonly OptionSpec[]): ParseArgsOptions {
  const result: ParseArgsOptions = {};
  for (const spec of known) {
    const type = spec.value === undefined ? 'boolean' : 'string';
    for (const name of [spec.name, ...(spec.aliases ?? [])]) result[name] = { type, multiple: true };
    if (spec.short !== undefined) result[spec.name] = { type, multiple: true, short: spec.short };
  }
  return result;
}

function checkedValue(spec: OptionSpec, rawName: string, value: string | null): string {
  if (spec.value === undefined) {
    if (value === null) return '';
    throw new UsageError(`${rawName} takes no value, but was given ${JSON.stringify(value)}`);
  }
  if (value === null || value === '') {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${spec.value}`, {
      ...(spec.choices === undefined ? {} : { hint: `One of: ${spec.choices.join(', ')}` }),
    });
  }
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    const near = nearest(value, spec.choices);
    throw new UsageError(`${rawName} takes one of ${spec.choices.join(', ')}; got ${JSON.stringify(value)}`, {
      ...(near === null ? {} : { hint: `Did you mean ${near}?` }),
    });
  }
  return value;
}

function unknownOption(verb: Verb, rawName: string, spellings: Iterable<string>): UsageError {
  const elsewhere = optionTable.filter((spec) => spellingsOf(spec).includes(rawName));
  if (elsewhere.length > 0) {
    const takers = verbs.filter((other) => optionsOf(other).some((spec) => elsewhere.includes(spec)));
    return new UsageError(`\`pyplan ${verb}\` has no option ${rawName}`, {
      hint: `${rawName} belongs to: ${takers.join(', ')}`,
    });
  }
  const near = rawName.startsWith('--')
    ? nearest(
        rawName,
        [...spellings].filter((spelling) => spelling.startsWith('--')),
      )
    : null;
  return new UsageError(`\`pyplan ${verb}\` has no option ${rawName}`, {
    hint: near === null ? `pyplan ${verb} --help lists them` : `Did you mean ${near}?`,
  });
}
