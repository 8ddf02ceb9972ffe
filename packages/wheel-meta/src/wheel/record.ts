/** A digest as RECORD writes it: the algorithm, and URL-safe Base64 without padding. */
export interface RecordHash {
  readonly algorithm: string;
  readonly digest: string;
}

/** One line of a RECORD (Recording installed projects, "The RECORD file"). */
export interface RecordEntry {
  /** With forward slashes, relative to the directory that holds the `.dist-info`. */
  readonly path: string;
  readonly hash: RecordHash | null;
  /** In bytes; null where it is not stated. */
  readonly size: number | null;
}

/** A RECORD that can't be read. */
export class InvalidRecordError extends Error {
  override readonly name = 'InvalidRecordError';
  /** From 1. */
  readonly line: number;

  constructor(line: number, reason: string) {
    super(`RECORD, line ${line}: ${reason}`);
    this.line = line;
  }
}

/**
 * Reads a RECORD: comma-separated values with quotes where a path needs them. Empty lines are passed over.
 *
 * @throws InvalidRecordError
 */
export function parseRecord(text: string): readonly RecordEntry[] {
  const entries: RecordEntry[] = [];
  for (const { fields, line } of csvRows(text)) {
    const [path = '', hash = '', size = '', ...more] = fields;
    if (path === '' && fields.length === 1) continue;
    if (path === '') throw new InvalidRecordError(line, 'the path is empty');
    if (more.some((field) => field !== '')) {
      throw new InvalidRecordError(line, `expected path,hash,size, found ${fields.length} values`);
    }
    entries.push({ path, hash: parseHash(hash, line), size: parseSize(size, line) });
  }
  return entries;
}

function parseHash(text: string, line: number): RecordHash | null {
  if (text === '') return null;
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidRecordError(line, `"${text}" is not a hash, expected one like "sha256=…"`);
  return {
    algorithm: text.slice(0, equals).toLowerCase(),
    digest: text.slice(equals + 1).replace(/=+$/, ''),
  };
}

function parseSize(text: string, line: number): number | null {
  if (text === '') return null;
  if (!/^\d+$/.test(text)) throw new InvalidRecordError(line, `"${text}" is not a size in bytes`);
  return Number(text);
}

interface CsvRow {
  readonly fields: readonly string[];
  /** Where it begins, from 1. */
  readonly line: number;
}

/** Rows as Python's `csv` module reads them by default: `""` in quotes is one quote, line breaks too may be quoted. */
function* csvRows(text: string): Generator<CsvRow> {
  let fields: string[] = [];
  let line = 1;
  let start = 1;
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      const quoted = quotedField(text, at + 1);
      if (quoted === null) throw new InvalidRecordError(line, 'a quote is not closed');
      line += quoted.value.split('\n').length - 1;
      field = quoted.value;
      at = quoted.end;
    }
    const end = fieldEnd(text, at);
    fields.push(field + text.slice(at, end));
    at = end + 1;
    if (text[end] === ',') {
      if (at === text.length) fields.push('');
      else continue;
    }
    if (text[end] === '\r' && text[at] === '\n') at++;
    yield { fields, line: start };
    fields = [];
    line++;
    start = line;
  }
  if (fields.length > 0) yield { fields, line: start };
}

function quotedField(text: string, start: number): { readonly value: string; readonly end: number } | null {
  let value = '';
  let at = start;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return null;
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

function fieldEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === ',' || character === '\n' || character === '\r') return at;
  }
  return text.length;
}
