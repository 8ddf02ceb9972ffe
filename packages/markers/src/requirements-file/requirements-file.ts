import { type Requirement, scanRequirement } from '../requirement/requirement.ts';
import { drawCaret, expected, Fault } from '../text/syntax-error.ts';
import { decodeRequirementsFile } from './decode.ts';
import { logicalLines, type Place, type Variables } from './logical-lines.ts';
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
  readonly variables?: Variables;
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

/** What is read, and how it came to be read. */
type Reading = {
  readonly entries: RequirementsEntry[];
  readonly read: ReadRequirementsFile;
  readonly variables: Variables;
  readonly constraint: boolean;
  /** The files that are being read, outermost first. */
  readonly chain: readonly string[];
};

/** Gives the place of the character at an index of a line. */
type PlaceOf = (index: number) => RequirementsPlace;

/**
 * Reads a requirements file and those it includes by `-r` and `-c`, as pip does ("Requirements File Format").
 *
 * @throws RequirementsFileError with file, line and column, and a caret under the place
 */
export function parseRequirementsFile(
  path: string,
  readFile: ReadRequirementsFile,
  { variables = {} }: RequirementsFileOptions = {},
): RequirementsFile {
  const entries: RequirementsEntry[] = [];
  const reading: Reading = { entries, read: readFile, variables, constraint: false, chain: [path] };
  readInto(reading, path, { file: path, line: 1, column: 1 });
  return { path, entries };
}

function readInto(reading: Reading, file: string, from: RequirementsPlace): void {
  let text: string;
  try {
    text = decodeRequirementsFile(reading.read(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequirementsFileError(`Cannot read '${file}': ${reason}`, from, error);
  }
  for (const line of logicalLines(text, reading.variables)) {
    const at: PlaceOf = (index) => ({ file, ...line.placeOf(index) });
    try {
      readLine(reading, line.text, at);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw new RequirementsFileError(
        `${error.message}\n${drawCaret(line.text, error.span)}`,
        at(error.span[0]),
      );
    }
  }
}

function readLine(reading: Reading, text: string, at: PlaceOf): void {
  const { entries, constraint } = reading;
  const start = text.search(/\S/);
  const optionsAt = optionsStart(text);
  const options = scanOptions(text, optionsAt);
  if (start >= optionsAt) {
    for (const option of options) readOption(reading, option, at);
    return;
  }
  const wrong = options.find(({ name }) => !OF_REQUIREMENTS.includes(name));
  if (wrong !== undefined) {
    const reason = `--${wrong.name} cannot follow a requirement; put it on a line of its own`;
    throw new Fault(reason, wrong.at, wrong.at + 2);
  }
  const hashes = options.filter(({ name }) => name === 'hash').map(hashOf);
  const head = text.slice(0, optionsAt).trimEnd();
  const location = head.slice(start);
  entries.push({
    ...at(start),
    ...(isLocation(location)
      ? { kind: 'location', location, constraint, hashes }
      : { kind: constraint ? 'constraint' : 'requirement', requirement: scanRequirement(head), hashes }),
  });
}

/** Options that stand behind a requirement and nowhere else. */
const OF_REQUIREMENTS: readonly string[] = ['hash', 'config-settings', 'global-option'];

/** Whether the text is a path or URL rather than a name with its versions. */
function isLocation(text: string): boolean {
  if (/^(?:\.{0,2}[/\\]|[a-zA-Z]:[/\\]|[a-zA-Z][\w+.-]*:\/\/|file:|\.\.?$)/.test(text)) return true;
  return !/[@;<>=!~]/.test(text) && /[/\\]|\.(?:whl|zip|tar|tgz|tar\.(?:gz|bz2|xz))(?:\[|$)/i.test(text);
}

function hashOf({ value, valueAt }: LineOption): RequirementHash {
  const [, algorithm, digest] = /^(sha(?:256|384|512)):([^:]+)/.exec(value ?? '') ?? [];
  if (digest !== undefined) return { algorithm: algorithm as RequirementHash['algorithm'], digest };
  const forms = 'sha256:, sha384: or sha512: and the digest after --hash';
  return expected(forms, valueAt, valueAt + (value ?? '').length);
}

function readOption(reading: Reading, { name, value, ...option }: LineOption, at: PlaceOf): void {
  const { entries, constraint, chain } = reading;
  const place = at(option.at);
  if (name === 'requirement' || name === 'constraint') {
    const path = resolvePath(value ?? '', place.file);
    const inner = { ...reading, constraint: constraint || name === 'constraint', chain: [...chain, path] };
    if (chain.includes(path)) {
      throw new RequirementsFileError(`'${path}' includes itself: ${inner.chain.join(' -> ')}`, place);
    }
    readInto(inner, path, at(option.valueAt));
  } else if (name === 'editable') {
    entries.push({ ...place, kind: name, location: value ?? '', constraint });
  } else if (OF_REQUIREMENTS.includes(name)) {
    throw new Fault(`--${name} belongs behind a requirement`, option.at, option.at + 2);
  } else {
    entries.push({ ...place, kind: 'option', name: name as OptionName, value });
  }
}

/** A path in a file is relative to the file's directory; a URL to the file's URL. */
function resolvePath(path: string, from: string): string {
  if (/^(?:[a-zA-Z][\w+.-]+:\/\/|(?:[a-zA-Z]:)?[/\\])/.test(path)) return path;
  if (/^https?:\/\//.test(from)) return new URL(path, from).href;
  const [directory] = /^(?:.*[/\\])?/s.exec(from) ?? [''];
  return directory + path.replace(/^(?:\.\/)+/, '');
}

export type { OptionName, Place };
