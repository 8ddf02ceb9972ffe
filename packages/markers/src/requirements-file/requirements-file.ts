import { type Requirement, scanRequirement } from '../requirement/requirement.ts';
import { drawCaret, expected, Fault } from '../text/syntax-error.ts';
import { decodeRequirementsFile } from './decode.ts';
import { type LogicalLine, logicalLines, type RequirementsPlace, type Variables } from './logical-lines.ts';
import { type LineOption, type OptionName, scanOptions } from './options.ts';

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
  declare readonly place: RequirementsPlace;

  constructor(message: string, place: RequirementsPlace, cause?: unknown) {
    super(`${place.file}:${place.line}:${place.column}: ${message}`, { cause });
    this.place = place;
  }
}

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

  /** `chain`: the files that are being read, outermost first; `from` asks for the last of them. */
  function readInto(chain: readonly string[], constraint: boolean, from: RequirementsPlace): void {
    const file = chain.at(-1) ?? '';
    let text: string;
    try {
      text = decodeRequirementsFile(readFile(file));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new RequirementsFileError(`Cannot read '${file}': ${reason}`, from, error);
    }
    for (const line of logicalLines(file, text, variables)) {
      try {
        readLine(line, chain, constraint);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        const message = `${error.message}\n${drawCaret(line.text, error.span)}`;
        throw new RequirementsFileError(message, line.placeOf(error.span[0]));
      }
    }
  }

  function readLine({ text, placeOf }: LogicalLine, chain: readonly string[], constraint: boolean): void {
    const start = text.search(/\S/);
    const optionsAt = text.search(/(?<!\S)-|$/);
    const isRequirement = start < optionsAt;
    const hashes: RequirementHash[] = [];
    for (const option of scanOptions(text, optionsAt)) {
      const { name, value = '', at } = option;
      const place = placeOf(at);
      if (BEHIND_REQUIREMENTS.includes(name) !== isRequirement) {
        const where = isRequirement ? 'on a line of its own' : 'behind a requirement';
        throw new Fault(`--${name} belongs ${where}`, at, at + 2);
      }
      if (name === 'hash') hashes.push(hashOf(option));
      else if (name === 'editable') entries.push({ ...place, kind: name, location: value, constraint });
      else if (name === 'requirement' || name === 'constraint') {
        const included = resolvePath(value, place.file);
        const inner = [...chain, included];
        if (chain.includes(included)) {
          throw new RequirementsFileError(`'${included}' includes itself: ${inner.join(' -> ')}`, place);
        }
        readInto(inner, constraint || name === 'constraint', placeOf(option.valueAt));
      } else if (!isRequirement)
        entries.push({ ...place, kind: 'option', name: name as OptionName, value: option.value ?? null });
    }
    if (!isRequirement) return;
    const head = text.slice(0, optionsAt).trimEnd();
    const location = head.slice(start);
    entries.push({
      ...placeOf(start),
      ...(isLocation(location)
        ? { kind: 'location', location, constraint, hashes }
        : { kind: constraint ? 'constraint' : 'requirement', requirement: scanRequirement(head), hashes }),
    });
  }

  readInto([path], false, { file: path, line: 1, column: 1 });
  return { path, entries };
}

/** Options that stand behind a requirement and nowhere else. */
const BEHIND_REQUIREMENTS: readonly string[] = ['hash', 'config-settings', 'global-option'];

/** Whether the text is a path or URL rather than a name with its versions. */
function isLocation(text: string): boolean {
  const isPath = /^(\.{0,2}([/\\]|$)|[a-z][\w+.-]*:[/\\]|file:)/i.test(text);
  const isArchive = /[/\\]|\.(whl|zip|t([bglx]z|ar(\.\w+)?))(\[|$)/i.test(text);
  return isPath || (isArchive && !/[@;<>=!~]/.test(text));
}

function hashOf({ value = '', valueAt }: LineOption): RequirementHash {
  const [, algorithm, digest] = /^(sha(?:256|384|512)):([^:]+)/.exec(value) ?? [];
  if (digest) return { algorithm: algorithm as RequirementHash['algorithm'], digest };
  return expected('sha256:…, sha384:… or sha512:…', valueAt);
}

/** A path in a file is relative to the file's directory; a URL to the file's URL. */
function resolvePath(path: string, from: string): string {
  if (/^([a-z][\w+.-]*:)?[/\\]/i.test(path)) return path;
  if (/^https?:/.test(from)) return new URL(path, from).href;
  return from.replace(/[^/\\]*$/, '') + path.replace(/^(\.\/)+/, '');
}

export type { OptionName, RequirementsPlace };
