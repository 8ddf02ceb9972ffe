import { normalizeName, tryParseVersion, type Version } from '@pyplan/markers';

/** The build tag of a wheel: nothing, or its leading number and what follows it. */
export type BuildTag = readonly [] | readonly [number, string];

/** What a wheel's file name says (Binary distribution format, "File name convention"; PEP 427). */
export interface WheelFilename {
  readonly kind: 'wheel';
  /** As given. */
  readonly filename: string;
  /** The project's name, normalised. */
  readonly name: string;
  readonly version: Version;
  readonly build: BuildTag;
  /** The compressed tag set in lower case, as `py2.py3-none-any`; `wheelTags` expands it. */
  readonly tag: string;
}

/** A file name that is not a wheel's. */
export class InvalidWheelFilenameError extends Error {
  override readonly name = 'InvalidWheelFilenameError';
  readonly filename: string;

  constructor(filename: string, reason: string) {
    super(`"${filename}" is not the file name of a wheel: ${reason}`);
    this.filename = filename;
  }
}

/** How a version's text becomes a version: `tryParseVersion`, or one that remembers its answers. */
export type VersionParser = (text: string) => Version | null;

/** More single tags than any wheel has; beyond it `wheelTags` refuses. */
const maxTags = 10_000;

const noBuild: BuildTag = [];

/**
 * Reads a wheel's file name, `{name}-{version}[-{build}]-{python}-{abi}-{platform}.whl`.
 *
 * Accepts exactly what `packaging.utils.parse_wheel_filename` accepts.
 *
 * @throws InvalidWheelFilenameError
 */
export function parseWheelFilename(filename: string, parseVersion?: VersionParser): WheelFilename {
  const answer = scanWheelFilename(filename, null, parseVersion ?? tryParseVersion);
  if (typeof answer === 'string') throw new InvalidWheelFilenameError(filename, answer);
  return answer;
}

/**
 * The wheel, or the reason why the name is not one's.
 *
 * @param project normalised, where it is known: a name that spells it is not normalised again.
 */
export function scanWheelFilename(
  filename: string,
  project: string | null,
  parseVersion: VersionParser,
): WheelFilename | string {
  if (!filename.endsWith('.whl')) return 'it does not end in .whl';
  const end = filename.length - 4;
  const first = filename.indexOf('-');
  const second = filename.indexOf('-', first + 1);
  const third = filename.indexOf('-', second + 1);
  const fourth = filename.indexOf('-', third + 1);
  const fifth = fourth === -1 ? -1 : filename.indexOf('-', fourth + 1);
  const hasBuild = fifth !== -1;
  // A search from the beginning again means that there was no further dash.
  if (
    first === -1 ||
    second <= first ||
    third <= second ||
    fourth <= third ||
    filename.includes('-', (hasBuild ? fifth : fourth) + 1)
  ) {
    return `expected name-version[-build]-python-abi-platform, found ${filename.split('-').length} parts`;
  }
  const name = spells(filename, first, project) ? project : nameOf(filename.slice(0, first));
  if (name === null) return `"${filename.slice(0, first)}" is not an escaped project name`;
  const versionText = filename.slice(first + 1, second);
  const version = parseVersion(versionText);
  if (version === null) return `"${versionText}" is not a version`;
  let build = noBuild;
  if (hasBuild) {
    const text = filename.slice(second + 1, third);
    const match = /^(\d+)([^\n]*)/.exec(text);
    if (match === null) return `the build tag "${text}" does not begin with a digit`;
    build = [Number(match[1]), match[2] ?? ''];
  }
  const tag = filename.slice((hasBuild ? third : second) + 1, end).toLowerCase();
  const flaw = flawOfTag(tag);
  if (flaw !== null) return flaw;
  return { kind: 'wheel', filename, name, version, build, tag };
}

/** Whether the beginning of a file name, up to `end`, is an escaped spelling of the project's name. */
function spells(filename: string, end: number, project: string | null): project is string {
  if (project === null) return false;
  let at = 0;
  let previous = 0;
  for (let index = 0; index < end; index++) {
    const code = filename.charCodeAt(index);
    const separates = code === 95 || code === 46;
    if (separates && (previous === 95 || previous === 46)) {
      // Two underscores are no escape of anything; other runs are one separator.
      if (code === 95 && previous === 95) return false;
    } else {
      const lower = code >= 65 && code <= 90 ? code + 32 : code;
      if (project.charCodeAt(at++) !== (separates ? 45 : lower)) return false;
    }
    previous = code;
  }
  return at === project.length && end > 0;
}

/** The normalised name, or null where the text is no escaped name. */
function nameOf(written: string): string | null {
  const isEscaped = /^[\w.]+$/.test(written) || /^[\p{L}\p{N}_.]+$/u.test(written);
  return isEscaped && !written.includes('__') ? normalizeName(written) : null;
}

/** Whether the tag is a compressed tag set of ASCII, as all but very strange ones are. */
function isPlainTag(tag: string): boolean {
  let part = 0;
  let length = 0;
  for (let at = 0; at < tag.length; at++) {
    const code = tag.charCodeAt(at);
    if (code === 45 || code === 46) {
      if (length === 0) return false;
      if (code === 45) part++;
      length = 0;
      continue;
    }
    const isDigit = code >= 48 && code <= 57;
    if (!isDigit && !(code >= 97 && code <= 122) && code !== 95) return false;
    if (isDigit && part === 0 && length === 0) return false;
    length++;
  }
  return part === 2 && length > 0;
}

/** Why `tag` is no compressed tag set; null where it is one. Each part is not empty, an interpreter is an identifier. */
function flawOfTag(tag: string): string | null {
  if (isPlainTag(tag)) return null;
  const [interpreters = '', ...rest] = tag.split('-');
  for (const parts of [interpreters, ...rest]) {
    if (parts.split('.').includes('')) return `a part of the tag "${tag}" is empty`;
  }
  for (const interpreter of interpreters.split('.')) {
    if (!/^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(interpreter)) {
      return `the interpreter "${interpreter}" is not an identifier`;
    }
  }
  return null;
}

/**
 * The single tags of a wheel, sorted: each interpreter with each ABI and each platform (PEP 425,
 * "Compressed Tag Sets").
 *
 * @throws RangeError where they would be more than 10,000.
 */
export function wheelTags(wheel: Pick<WheelFilename, 'tag'>): readonly string[] {
  const [interpreters = [], abis = [], platforms = []] = wheel.tag.split('-').map((part) => part.split('.'));
  const count = interpreters.length * abis.length * platforms.length;
  if (count > maxTags) throw new RangeError(`the tag set "${wheel.tag}" stands for ${count} tags`);
  const tags = new Set<string>();
  for (const interpreter of interpreters) {
    for (const abi of abis) {
      for (const platform of platforms) tags.add(`${interpreter}-${abi}-${platform}`);
    }
  }
  return [...tags].sort();
}
