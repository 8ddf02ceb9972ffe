import { firstIndex } from '../text/first-index.ts';

/** A place in a file; both count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** A line as pip sees it: continuations joined, the comment cut off, environment variables put in. */
export type LogicalLine = {
  readonly text: string;
  /** Where the character at an index of `text` stands in the file. */
  readonly placeOf: (index: number) => Place;
};

/** A stretch of a logical line; `fixed` where all of it stands for one place. */
type Piece = { readonly text: string; readonly place: Place; readonly fixed: boolean };

// What Python's str.splitlines takes for line breaks; the pair before its first half.
const LINE_BREAK = /* @__PURE__ */ new RegExp(['\r\n', '[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]'].join('|'));

/** Values for `${NAME}`. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The logical lines of a requirements file that hold anything. Variables not set are left as they stand. */
export function* logicalLines(text: string, variables: Variables): Generator<LogicalLine> {
  let pieces: Piece[] = [];
  const lines = text.split(LINE_BREAK);
  for (const [index, line] of lines.entries()) {
    const place = { line: index + 1, column: 1 };
    const isComment = /^\s*#/.test(line);
    const isContinued = line.endsWith('\\') && !isComment;
    // A comment ends what was continued up to it; the space keeps it a comment.
    if (isComment && pieces.length > 0) pieces.push({ text: ' ', place, fixed: true });
    pieces.push({ text: isContinued ? line.replace(/\\+$/, '') : line, place, fixed: false });
    if (isContinued && index < lines.length - 1) continue;
    yield* finish(pieces, variables);
    pieces = [];
  }
}

function finish(pieces: readonly Piece[], variables: Variables): readonly LogicalLine[] {
  let left = commentStart(pieces.map((piece) => piece.text).join(''));
  const kept = pieces.flatMap((piece) => {
    const text = piece.text.slice(0, left);
    left -= text.length;
    return expand({ ...piece, text }, variables);
  });
  const text = kept.map((piece) => piece.text).join('');
  return text.trim() === '' ? [] : [{ text, placeOf: places(kept) }];
}

/** Where the comment begins: a `#` at the start or after white space. */
function commentStart(text: string): number {
  const start = text.search(/(?<!\S)#/);
  return start < 0 ? text.length : start;
}

function expand({ text, place, fixed }: Piece, variables: Variables): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const add = (part: string, isFixed: boolean): void => {
    pieces.push({ text: part, place: { ...place, column: place.column + from }, fixed: isFixed });
  };
  for (const match of text.matchAll(/\$\{([A-Z0-9_]+)\}/g)) {
    const value = variables[match[1] ?? ''];
    if (!value) continue;
    add(text.slice(from, match.index), fixed);
    from = match.index;
    add(value, true);
    from += match[0].length;
  }
  add(text.slice(from), fixed);
  return pieces;
}

function places(pieces: readonly Piece[]): (index: number) => Place {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length;
  }
  return (index) => {
    const after = firstIndex(starts, (start) => start > index);
    const { text, place, fixed } = pieces[after - 1] as Piece;
    const offset = fixed ? 0 : Math.min(index - (starts[after - 1] ?? 0), text.length);
    return { line: place.line, column: place.column + offset };
  };
}
