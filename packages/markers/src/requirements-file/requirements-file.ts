import { parseRequirement, type Requirement } from '../requirement/requirement.ts';
import { drawCaret, Fault, MarkersSyntaxError, type Span } from '../text/syntax-error.ts';
import { decodeRequirementsFile } from './decode.ts';
import { type LogicalLine, logicalLines, type Place } from './logical-lines.ts';
import { type LineOption, type OptionName, optionsStart, scanOptions } from './options.ts';

/** Where an entry stands: the file's path as it was reached, line and column from 1. */
export type RequirementsPlace = { readonly file: string; readonly line: number; readonly column: number };

/** `--hash=sha256:…`. */
export type RequirementHash = { readonly algorithm: 'sha256' | 'sha384' | 'sha512'; readonly digest: string };

/** What one line says. */
export type RequirementsEntry = RequirementsPlace &
  (
    | {
        readonly kind: 'requirement' | 'constraint';
        readonly requirement: Requirement;
        readonly hashes: readonly RequirementHash[];
      }
    /** A path or URL without a name before it: an archive, a directory, a repository. */
    | {
        readonly kind: 'location';
        readonly location: string;
        readonly constraint: boolean;
        readonly hashes: readonly RequirementHash[];
      }
    | { readonly kind: 'editable'; readonly location: string; readonly constraint: boolean }
    | { readonly kind: 'option'; readonly name: OptionName; readonly value: string | null }
  );

/** A requirements file and all that it includes, in the order in which pip reads them. */
export type RequirementsFile = { readonly path: string; readonly entries: readonly RequirementsEntry[] };

/** Gives the content of a file, whose path is joined from the including file's and the one written. May throw. */
export type ReadRequirementsFile = (path: string) => string | Uint8Array;

/** How a file is read. */
export type RequirementsFileOptions = {
  /** Values for `${NAME}`. Default: none. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
};

/** A requirements file cannot be read or breaks its format. */
export class RequirementsFileError extends Error {
  override readonly name = 'RequirementsFileError';
  readonly place: RequirementsPlace;

  constructor(message: string, place: RequirementsPlace, cause?: unknown) {
    super(`${place.file}:${place.line}:${place.column}: ${message}`, { cause });
    this.place = place;
  }
}

/** How the file came to be read. */
type Context = {
  readonly read: ReadRequirementsFile;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly constraint: boolean;
  /** The files that are being read, outermost first. */
  readonly chain: readonly string[];
};

/**
 * Reads a requirements file and those it includes by `-r` and `-c`, as pip does ("Requirements File Format").
 *
 * @throws RequirementsFileError with file, line and column, and a caret under the place
 */
export function parseRequirementsFile(
  path: string,
  readFile: ReadRequirementsFile,
  options: RequirementsFileOptions = {},
): RequirementsFile {
  const entries: RequirementsEntry[] = [];
  const context: Context = {
    read: readFile,
    variables: options.variables ?? {},
    constraint: false,
    chain: [path],
  };
  readInto(entries, path, context, { file: path, line: 1, column: 1 });
  return { path, entries };
}

function readInto(
  entries: RequirementsEntry[],
  path: string,
  context: Context,
  from: RequirementsPlace,
): void {
  let text: string;
  try {
    text = decodeRequirementsFile(context.read(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequirementsFileError(`Cannot read '${path}': ${reason}`, from, error);
  }
  for (const line of logicalLines(text, context.variables)) readLine(entries, path, context, line);
}

function readLine(entries: RequirementsEntry[], file: string, context: Context, line: LogicalLine): void {
  const at = (index: number): RequirementsPlace => ({ file, ...line.placeOf(index) });
  try {
    const start = line.text.search(/\S/);
    const optionsAt = optionsStart(line.text);
    const options = scanOptions(line.text, optionsAt);
    if (start < optionsAt) {
      entries.push({
        ...at(start),
        ...requirementEntry(line.text.slice(0, optionsAt), start, options, context),
      });
    } else {
      for (const option of options) readOption(entries, option, context, at);
    }
  } catch (error) {
    if (error instanceof MarkersSyntaxError) throw failure(error.reason, line, at, error.span);
    if (error instanceof Fault) throw failure(error.message, line, at, error.span);
    throw error;
  }
}

function failure(
  reason: string,
  line: LogicalLine,
  at: (index: number) => RequirementsPlace,
  span: Span,
): RequirementsFileError {
  return new RequirementsFileError(`${reason}\n${drawCaret(line.text, span)}`, at(span[0]));
}

type WithoutPlace<T> = T extends RequirementsPlace ? Omit<T, keyof RequirementsPlace> : never;

function requirementEntry(
  head: string,
  start: number,
  options: readonly LineOption[],
  { constraint }: Context,
): WithoutPlace<RequirementsEntry> {
  const hashes = options.filter(({ name }) => name === 'hash').map(hashOf);
  const wrong = options.find(
    ({ name }) => name !== 'hash' && name !== 'config-settings' && name !== 'global-option',
  );
  if (wrong !== undefined) {
    throw new Fault(
      `--${wrong.name} cannot follow a requirement; put it on a line of its own`,
      wrong.at,
      wrong.at + 2,
    );
  }
  const text = head.trimEnd();
  const location = text.slice(start);
  if (isLocation(location)) return { kind: 'location', location, constraint, hashes };
  return { kind: constraint ? 'constraint' : 'requirement', requirement: parseRequirement(text), hashes };
}

/** Whether the text is a path or URL rather than a name with its versions. */
function isLocation(text: string): boolean {
  if (
    /^(?:\.{0,2}[/\\]|[a-zA-Z]:[/\\]|[a-zA-Z][\w+.-]*:\/\/|file:)/.test(text) ||
    text === '.' ||
    text === '..'
  )
    return true;
  return (
    !/[@;<>=!~]/.test(text) &&
    (/[/\\]/.test(text) || /\.(?:whl|zip|tar|tgz|tar\.(?:gz|bz2|xz))(?:\[|$)/i.test(text))
  );
}

function hashOf({ value, valueAt }: LineOption): RequirementHash {
  const [algorithm, digest] = (value ?? '').split(':');
  const isStrong = algorithm === 'sha256' || algorithm === 'sha384' || algorithm === 'sha512';
  if (isStrong && digest !== undefined && digest !== '') return { algorithm, digest };
  throw new Fault(
    'Expected sha256:, sha384: or sha512: and the digest after --hash',
    valueAt,
    valueAt + (value ?? '').length,
  );
}

function readOption(
  entries: RequirementsEntry[],
  option: LineOption,
  context: Context,
  at: (index: number) => RequirementsPlace,
): void {
  const { name, value } = option;
  const place = at(option.at);
  switch (name) {
    case 'requirement':
    case 'constraint': {
      const path = resolvePath(value ?? '', place.file);
      if (context.chain.includes(path)) {
        throw new RequirementsFileError(
          `'${path}' includes itself: ${[...context.chain, path].join(' -> ')}`,
          place,
        );
      }
      const constraint = context.constraint || name === 'constraint';
      const inner = { ...context, constraint, chain: [...context.chain, path] };
      readInto(entries, path, inner, at(option.valueAt));
      return;
    }
    case 'editable':
      entries.push({ ...place, kind: 'editable', location: value ?? '', constraint: context.constraint });
      return;
    case 'hash':
    case 'config-settings':
    case 'global-option':
      throw new Fault(`--${name} belongs behind a requirement`, option.at, option.at + 2);
    default:
      entries.push({ ...place, kind: 'option', name, value });
  }
}

/** A path in a file is relative to the file's directory; a URL to the file's URL. */
function resolvePath(path: string, from: string): string {
  if (/^[a-zA-Z][\w+.-]+:\/\//.test(path) || /^(?:[/\\]|[a-zA-Z]:[/\\])/.test(path)) return path;
  if (/^https?:\/\//.test(from)) return new URL(path, from).href;
  const directory = from.slice(0, Math.max(from.lastIndexOf('/'), from.lastIndexOf('\\')) + 1);
  return directory + path.replace(/^(?:\.\/)+/, '');
}

export type { OptionName, Place };
