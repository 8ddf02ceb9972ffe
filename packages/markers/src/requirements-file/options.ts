import { expected, Fault } from '../text/syntax-error.ts';

/** The options that a requirements file may hold, by their long names without the dashes. */
export type OptionName =
  | 'index-url'
  | 'extra-index-url'
  | 'no-index'
  | 'find-links'
  | 'no-binary'
  | 'only-binary'
  | 'prefer-binary'
  | 'require-hashes'
  | 'no-require-hashes'
  | 'pre'
  | 'all-releases'
  | 'only-final'
  | 'trusted-host'
  | 'use-feature';

/** Options that read other files, name an editable project, or belong to the requirement on their line. */
export type LineOptionName =
  | 'requirement'
  | 'constraint'
  | 'editable'
  | 'hash'
  | 'config-settings'
  | 'global-option';

/** An option with its value; null where it takes none. `at` and `valueAt` are indices in the line. */
export type LineOption = {
  readonly name: OptionName | LineOptionName;
  readonly value: string | null;
  readonly at: number;
  readonly valueAt: number;
};

const WITH_VALUE: readonly (OptionName | LineOptionName)[] = [
  'index-url',
  'extra-index-url',
  'find-links',
  'no-binary',
  'only-binary',
  'all-releases',
  'only-final',
  'trusted-host',
  'use-feature',
  'requirement',
  'constraint',
  'editable',
  'hash',
  'config-settings',
  'global-option',
];

const WITHOUT_VALUE: readonly (OptionName | LineOptionName)[] = [
  'no-index',
  'prefer-binary',
  'require-hashes',
  'no-require-hashes',
  'pre',
];

/** Other spellings than `--` and the name. */
const ALIASES: Readonly<Record<string, string>> = {
  '-i': '--index-url',
  '--pypi-url': '--index-url',
  '-f': '--find-links',
  '-r': '--requirement',
  '-c': '--constraint',
  '-e': '--editable',
  '-C': '--config-settings',
  '--config-setting': '--config-settings',
};

/** A word of a line as a shell gives it, and its place. */
type Word = { readonly text: string; readonly at: number };

/** Where options begin: at the first word that starts with a dash. */
export function optionsStart(line: string): number {
  const match = /(?:^|\s)-/.exec(line);
  return match === null ? line.length : match.index + match[0].length - 1;
}

/** The options from `start` on. Throws a Fault. */
export function scanOptions(line: string, start: number): readonly LineOption[] {
  const options: LineOption[] = [];
  const words = splitWords(line, start)[Symbol.iterator]();
  for (const { text, at } of words) {
    // `--name=value` and `-nvalue`.
    const form = text.startsWith('--') ? /^([^=]*)(?:=(.*))?$/s : /^(-.)(.+)?$/s;
    const [, spelling = text, attached] = form.exec(text) ?? [];
    const long = ALIASES[spelling] ?? spelling;
    const isName = (name: string): boolean => long === `--${name}`;
    const plain = WITHOUT_VALUE.find(isName);
    if (plain !== undefined) {
      if (attached !== undefined) throw new Fault(`--${plain} takes no value`, at, at + text.length);
      options.push({ name: plain, value: null, at, valueAt: at });
      continue;
    }
    const name = WITH_VALUE.find(isName);
    if (name === undefined) throw unknownOption(text, at);
    const value =
      attached === undefined
        ? words.next().value
        : { text: attached, at: at + text.length - attached.length };
    if (value === undefined) expected(`a value after ${spelling}`, at, line.length);
    options.push({ name, value: value.text, at, valueAt: value.at });
  }
  return options;
}

function unknownOption(text: string, at: number): Fault {
  const known = [...WITH_VALUE, ...WITHOUT_VALUE].map((name) => `--${name}`).join(', ');
  const reason = text.startsWith('-')
    ? `'${text}' is no option of a requirements file; known are ${known}`
    : `Expected an option, not '${text}'`;
  return new Fault(reason, at, at + text.length);
}

/** An escaped character or a quoted text; a quote alone is one that is not closed. */
const QUOTED = String.raw`\\([\s\S])|"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|["']`;

/** Words as a POSIX shell splits them: quotes and backslashes as in Python's `shlex.split`. */
function splitWords(line: string, start: number): readonly Word[] {
  const word = new RegExp(String.raw`(?:[^\s"'\\]|${QUOTED})+`, 'g');
  return Array.from(line.slice(start).matchAll(word), ({ 0: written, index }) => {
    const at = start + index;
    const text = written.replace(
      new RegExp(QUOTED, 'g'),
      (_, char?: string, double?: string, single?: string, place = 0) => {
        const bare = char ?? single ?? double?.replace(/\\(["\\])/g, '$1');
        if (bare === undefined) throw new Fault('The quoted text is not closed', at + Number(place));
        return bare;
      },
    );
    return { text, at };
  });
}
