import { Fault } from '../text/syntax-error.ts';

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

const WITH_VALUE: Readonly<Record<string, OptionName | LineOptionName>> = {
  '-i': 'index-url',
  '--index-url': 'index-url',
  '--pypi-url': 'index-url',
  '--extra-index-url': 'extra-index-url',
  '-f': 'find-links',
  '--find-links': 'find-links',
  '--no-binary': 'no-binary',
  '--only-binary': 'only-binary',
  '--all-releases': 'all-releases',
  '--only-final': 'only-final',
  '--trusted-host': 'trusted-host',
  '--use-feature': 'use-feature',
  '-r': 'requirement',
  '--requirement': 'requirement',
  '-c': 'constraint',
  '--constraint': 'constraint',
  '-e': 'editable',
  '--editable': 'editable',
  '--hash': 'hash',
  '-C': 'config-settings',
  '--config-setting': 'config-settings',
  '--config-settings': 'config-settings',
  '--global-option': 'global-option',
};

const WITHOUT_VALUE: Readonly<Record<string, OptionName>> = {
  '--no-index': 'no-index',
  '--prefer-binary': 'prefer-binary',
  '--require-hashes': 'require-hashes',
  '--no-require-hashes': 'no-require-hashes',
  '--pre': 'pre',
};

type Token = { readonly text: string; readonly at: number };

/** Where options begin: at the first word that starts with a dash. */
export function optionsStart(line: string): number {
  const match = /(?:^|\s)-/.exec(line);
  return match === null ? line.length : match.index + match[0].length - 1;
}

/** The options from `start` on. Throws a Fault. */
export function scanOptions(line: string, start: number): readonly LineOption[] {
  const options: LineOption[] = [];
  const tokens = words(line, start);
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) break;
    const [spelling, attached] = splitOption(token.text);
    const plain = WITHOUT_VALUE[spelling];
    if (plain !== undefined && attached === null) {
      options.push({ name: plain, value: null, at: token.at, valueAt: token.at });
      continue;
    }
    const name = WITH_VALUE[spelling];
    if (name === undefined) throw unknownOption(token, plain);
    const next =
      attached === null
        ? tokens[++index]
        : { text: attached, at: token.at + token.text.length - attached.length };
    if (next === undefined) throw new Fault(`Expected a value after ${spelling}`, token.at, line.length);
    options.push({ name, value: next.text, at: token.at, valueAt: next.at });
  }
  return options;
}

function unknownOption(token: Token, plain: OptionName | undefined): Fault {
  const end = token.at + token.text.length;
  if (plain !== undefined) return new Fault(`--${plain} takes no value`, token.at, end);
  if (!token.text.startsWith('-')) return new Fault(`Expected an option, not '${token.text}'`, token.at, end);
  const known = [...Object.keys(WITH_VALUE), ...Object.keys(WITHOUT_VALUE)].filter((name) =>
    name.startsWith('--'),
  );
  return new Fault(
    `'${token.text}' is no option of a requirements file; known are ${known.join(', ')}`,
    token.at,
    end,
  );
}

/** `--name=value` and `-nvalue` as name and value. */
function splitOption(text: string): readonly [string, string | null] {
  if (text.startsWith('--')) {
    const equals = text.indexOf('=');
    return equals < 0 ? [text, null] : [text.slice(0, equals), text.slice(equals + 1)];
  }
  return text.length > 2 && text.startsWith('-') ? [text.slice(0, 2), text.slice(2)] : [text, null];
}

/** Words as a POSIX shell splits them: quotes and backslashes as in Python's `shlex.split`. */
function words(line: string, start: number): readonly Token[] {
  const tokens: Token[] = [];
  let at = start;
  while (at < line.length) {
    if (/\s/.test(line.charAt(at))) {
      at++;
      continue;
    }
    const begin = at;
    let text = '';
    for (; at < line.length && !/\s/.test(line.charAt(at)); at++) {
      const char = line.charAt(at);
      if (char === '"' || char === "'") {
        const close = closingQuote(line, at, char);
        const body = line.slice(at + 1, close);
        text += char === '"' ? body.replace(/\\(["\\])/g, '$1') : body;
        at = close;
      } else if (char === '\\' && at + 1 < line.length) {
        text += line.charAt(++at);
      } else text += char;
    }
    tokens.push({ text, at: begin });
  }
  return tokens;
}

function closingQuote(line: string, open: number, quote: string): number {
  for (let at = open + 1; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === quote) return at;
    if (char === '\\' && quote === '"') at++;
  }
  throw new Fault('The quoted text is not closed', open, open + 1);
}
