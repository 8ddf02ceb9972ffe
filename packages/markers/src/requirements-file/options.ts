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

/** An option with its value; undefined where it takes none. `at` and `valueAt` are indices in the line. */
export type LineOption = {
  readonly name: OptionName | LineOptionName;
  readonly value: string | undefined;
  readonly at: number;
  readonly valueAt: number;
};

/** An option's long name as it is written. */
type Spelling = `--${OptionName | LineOptionName}`;

const WITH_VALUE: readonly Spelling[] = [
  '--index-url',
  '--extra-index-url',
  '--find-links',
  '--no-binary',
  '--only-binary',
  '--all-releases',
  '--only-final',
  '--trusted-host',
  '--use-feature',
  '--requirement',
  '--constraint',
  '--editable',
  '--hash',
  '--config-settings',
  '--global-option',
];

const NAMES: readonly Spelling[] = [
  ...WITH_VALUE,
  '--no-index',
  '--prefer-binary',
  '--require-hashes',
  '--no-require-hashes',
  '--pre',
];

/** Other spellings than `--` and the name. */
const ALIASES: Readonly<Record<string, Spelling>> = {
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

/** The options from `start` on. Throws a Fault. */
export function scanOptions(line: string, start: number): readonly LineOption[] {
  const options: LineOption[] = [];
  const words = splitWords(line, start).values();
  for (const { text, at } of words) {
    const end = at + text.length;
    // `--name=value` and `-nvalue`.
    const [spelling = text, attached] = text.split(/=(?<=^--[^=]*=)|(?<=^-[^-])/);
    // That it is one is asked next.
    const long = (ALIASES[spelling] ?? spelling) as Spelling;
    if (!NAMES.includes(long)) {
      expected(`an option of a requirements file (${NAMES.join(', ')}), not '${text}'`, at, end);
    }
    let value: Word | undefined;
    if (attached !== undefined) value = { text: attached, at: end - attached.length };
    if (WITH_VALUE.includes(long)) {
      value ??= words.next().value ?? expected(`a value after ${spelling}`, at, line.length);
    } else if (value) throw new Fault(`${long} takes no value`, at, end);
    options.push({
      name: long.slice(2) as LineOption['name'],
      value: value?.text,
      at,
      valueAt: value?.at ?? at,
    });
  }
  return options;
}

/** An escaped character or a quoted text; a quote alone is one that is not closed. */
const QUOTED = /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'|["']/gs;

/** Words as a POSIX shell splits them: quotes and backslashes as in Python's `shlex.split`. */
function splitWords(line: string, start: number): readonly Word[] {
  const word = new RegExp(String.raw`(?:[^\s"'\\]|${QUOTED.source})+`, 'gs');
  return Array.from(line.slice(start).matchAll(word), ({ 0: written, index }) => {
    const at = start + index;
    const text = written.replace(QUOTED, (_, char?: string, double?: string, single?: string, place = 0) => {
      const bare = char ?? single ?? double?.replace(/\\(["\\])/g, '$1');
      if (bare === undefined) expected('a closing quote', at + Number(place));
      return bare;
    });
    return { text, at };
  });
}
