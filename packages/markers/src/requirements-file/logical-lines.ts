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
const LINE_BREAK = new RegExp(
  ['\r\n', '\n', '\r', '\v', '\f', '\x1c', '\x1d', '\x1e', '\x85', '\u2028', '\u2029'].join('|'),
);

/** The logical lines of a requirements file that hold anything. Variables not set are left as they stand. */
export function* logicalLines(
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
): Generator<LogicalLine> {
  let pieces: Piece[] = [];
  const lines = text.split(LINE_BREAK);
  if (lines.at(-1) === '') lines.pop();
  for (const [index, line] of lines.entries()) {
    const place = { line: index + 1, column: 1 };
    const isComment = /^\s*#/.test(line);
    if (line.endsWith('\\') && !isComment) {
      pieces.push({ text: line.replace(/\\+$/, ''), place, fixed: false });
      continue;
    }
    // A comment ends what was continued up to it; the space keeps it a comment.
    if (isComment && pieces.length > 0) pieces.push({ text: ' ', place, fixed: true });
    pieces.push({ text: line, place, fixed: false });
    yield* finish(pieces, variables);
    pieces = [];
  }
  if (pieces.length > 0) yield* finish(pieces, variables);
}

function* finish(
  pieces: readonly Piece[],
  variables: Readonly<Record<string, string | undefined>>,
): Generator<LogicalLine> {
  const joined = pieces.map((piece) => piece.text).join('');
  const end = commentStart(joined);
  const kept: Piece[] = [];
  let from = 0;
  for (const piece of pieces) {
    const text = piece.text.slice(0, Math.max(0, end - from));
    from += piece.text.length;
    kept.push(...expand({ ...piece, text }, variables));
  }
  const text = kept.map((piece) => piece.text).join('');
  if (text.trim() !== '') yield { text, placeOf: places(kept) };
}

/** Where the comment begins: a `#` at the start or after white space. */
function commentStart(text: string): number {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    if (at === 0 || /\s/.test(text.charAt(at - 1))) return at;
  }
  return text.length;
}

function expand(piece: Piece, variables: Readonly<Record<string, string | undefined>>): readonly Piece[] {
  const { text, place } = piece;
  const pieces: Piece[] = [];
  let from = 0;
  const at = (index: number): Place => ({ line: place.line, column: place.column + index });
  for (const match of text.matchAll(/\$\{([A-Z0-9_]+)\}/g)) {
    const value = variables[match[1] ?? ''];
    if (!value) continue;
    pieces.push({ text: text.slice(from, match.index), place: at(from), fixed: piece.fixed });
    pieces.push({ text: value, place: at(match.index), fixed: true });
    from = match.index + match[0].length;
  }
  return [...pieces, { text: text.slice(from), place: at(from), fixed: piece.fixed }];
}

function places(pieces: readonly Piece[]): (index: number) => Place {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length;
  }
  return (index) => {
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const piece = pieces[low];
    if (piece === undefined) return { line: 1, column: 1 };
    const offset = piece.fixed ? 0 : Math.min(index - (starts[low] ?? 0), piece.text.length);
    return { line: piece.place.line, column: piece.place.column + offset };
  };
}
