import { firstIndex } from '../text/first-index.ts';

/** Where something stands: the file's path as it was reached, line and column from 1. */
export type RequirementsPlace = { readonly file: string; readonly line: number; readonly column: number };

/** A line as pip sees it: continuations joined, the comment cut off, environment variables put in. */
export type LogicalLine = {
  readonly text: string;
  /** Where the character at an index of `text` stands in the file. */
  readonly placeOf: (index: number) => RequirementsPlace;
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
export function* logicalLines(file: string, content: string, variables: Variables): Generator<LogicalLine> {
  const text = content.replace(new RegExp(OTHER_BREAKS.join('|'), 'g'), '\n');
  const starts = Array.from(text.matchAll(LINE_START), ({ index }) => index);
  for (const { 0: written, index } of text.matchAll(LOGICAL_LINE)) {
    const lines = { text: written, originOf: (at: number) => index + at };
    // A comment ends what was continued up to it; the space keeps it a comment.
    const joined = substitute(lines, CONTINUATION, (_, comment) => (comment ? ' #' : ''));
    const bare = { ...joined, text: joined.text.replace(COMMENT, '') };
    const line = substitute(bare, VARIABLE, (whole, name) => variables[name] || whole);
    const placeOf = (at: number): RequirementsPlace => {
      const origin = line.originOf(at);
      const number = firstIndex(starts, (start) => start > origin);
      return { file, line: number, column: origin - (starts[number - 1] ?? 0) + 1 };
    };
    if (line.text.trim()) yield { text: line.text, placeOf };
  }
}

/** The text with a value for each match of the pattern, made from the match and its group. */
function substitute(
  { text, originOf }: Derived,
  pattern: RegExp,
  replacement: (whole: string, group: string) => string,
): Derived {
  // Where each match began, where its value ends in the new text, and how far it moved what follows.
  const matches: { readonly from: number; readonly end: number; readonly shift: number }[] = [];
  let shift = 0;
  const changed = text.replace(pattern, (whole: string, group: string, from: number) => {
    const value = replacement(whole, group);
    const end = from + shift + value.length;
    shift += value.length - whole.length;
    matches.push({ from, end, shift });
    return value;
  });
  return {
    text: changed,
    originOf: (index) => {
      const next = firstIndex(matches, ({ end }) => end > index);
      const origin = index - (matches[next - 1]?.shift ?? 0);
      // All of a value comes from where its match began.
      return originOf(Math.min(origin, matches[next]?.from ?? origin));
    },
  };
}
