import { firstIndex } from '../text/first-index.ts';

/** A place in a file; both count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** A line as pip sees it: continuations joined, the comment cut off, environment variables put in. */
export type LogicalLine = {
  readonly text: string;
  /** Where the character at an index of `text` stands in the file. */
  readonly placeOf: (index: number) => Place;
};

/** Values for `${NAME}`. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What Python's `str.splitlines` takes for line breaks beside `\n` and `\r\n`. */
const OTHER_BREAKS = ['\r(?!\n)', '[\v\f\x1c-\x1e\x85\u2028\u2029]'];
const LINE_START = /(?<![^\n])/g;
/** A line and those that continue it; a comment is not continued. */
const LOGICAL_LINE = /(?:(?![^\S\n]*#).*\\\r?\n)*.*/g;
/** What joins two lines; a comment may follow. */
const CONTINUATION = /(?<!\\)\\+(?:\r?\n([^\S\n]*#)?|$)/g;
const COMMENT = /(?<!\S)#.*/s;
const VARIABLE = /\$\{([A-Z0-9_]+)\}/g;

/** A text made from a part of the file, and the indices in the file that its characters come from. */
type Derived = { readonly text: string; readonly originOf: (index: number) => number };

/** The logical lines of a requirements file that hold anything. Variables not set are left as they stand. */
export function* logicalLines(text: string, variables: Variables): Generator<LogicalLine> {
  const file = text.replace(new RegExp(OTHER_BREAKS.join('|'), 'g'), '\n');
  const starts = Array.from(file.matchAll(LINE_START), ({ index }) => index);
  const placeAt = (origin: number): Place => {
    const line = firstIndex(starts, (start) => start > origin);
    return { line, column: origin - (starts[line - 1] ?? 0) + 1 };
  };
  for (const { 0: written, index } of file.matchAll(LOGICAL_LINE)) {
    const lines = { text: written, originOf: (at: number) => index + at };
    // A comment ends what was continued up to it; the space keeps it a comment.
    const joined = substitute(lines, CONTINUATION, (_, comment) => (comment ? ` ${comment}` : ''));
    const bare = { ...joined, text: joined.text.replace(COMMENT, '') };
    const line = substitute(bare, VARIABLE, (whole, name) => variables[name] || whole);
    if (line.text.trim() !== '') yield { text: line.text, placeOf: (at) => placeAt(line.originOf(at)) };
  }
}

/** The text with a value for each match of the pattern, made from the match and its group. */
function substitute(
  { text, originOf }: Derived,
  pattern: RegExp,
  replacement: (whole: string, group: string) => string,
): Derived {
  // Stretches of the new text that begin with a value, from `to` on, in whose place `whole` stood from `from` on.
  const stretches = [{ from: 0, to: 0, whole: '', value: '' }];
  let shift = 0;
  const changed = text.replace(pattern, (whole: string, group: string, from: number) => {
    const value = replacement(whole, group);
    stretches.push({ from, to: from + shift, whole, value });
    shift += value.length - whole.length;
    return value;
  });
  return {
    text: changed,
    originOf: (index) => {
      const stretch = stretches[firstIndex(stretches, ({ to }) => to > index) - 1] as (typeof stretches)[0];
      const beyond = index - stretch.to - stretch.value.length;
      return originOf(stretch.from + (beyond < 0 ? 0 : beyond + stretch.whole.length));
    },
  };
}
