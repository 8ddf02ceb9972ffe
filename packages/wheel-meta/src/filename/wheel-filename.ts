import { normalizeName, tryParseVersion, type Version } from '@pyplan/markers';

/** The build tag of a wheel: nothing, or its leading number and what follows it. */
export type BuildTag = readonly [] | readonly [number, string];

/** What a wheel's file name says (Binary distribution format, "File name convention"; PEP 427). */
export interface WheelFilename {
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

/**
 * Reads a wheel's file name, `{name}-{version}[-{build}]-{python}-{abi}-{platform}.whl`.
 *
 * Accepts exactly what `packaging.utils.parse_wheel_filename` accepts.
 *
 * @throws InvalidWheelFilenameError
 */
export function parseWheelFilename(filename: string, parseVersion?: VersionParser): WheelFilename {
  const answer = scanWheelFilename(filename, parseVersion ?? tryParseVersion);
  if (typeof answer === 'string') throw new InvalidWheelFilenameError(filename, answer);
  return answer;
}

/** The wheel, or the reason why the name is not one's. */
export function scanWheelFilename(filename: string, parseVersion: VersionParser): WheelFilename | string {
  if (!filename.endsWith('.whl')) return 'it does not end in .whl';
  const end = filename.length - 4;
  const dashes = dashesOf(filename, end);
  const [first, second, third] = dashes;
  if (dashes.length < 4 || dashes.length > 5 || first === undefined || second === undefined) {
    return `expected name-version[-build]-python-abi-platform, found ${dashes.length + 1} parts`;
  }
  const written = filename.slice(0, first);
  if (!isEscapedName(written)) return `"${written}" is not an escaped project name`;
  const versionText = filename.slice(first + 1, second);
  const version = parseVersion(versionText);
  if (version === null) return `"${versionText}" is not a version`;
  let build: BuildTag = [];
  let tagStart = second + 1;
  if (dashes.length === 5 && third !== undefined) {
    const text = filename.slice(tagStart, third);
    const match = /^(\d+)([^\n]*)/.exec(text);
    if (match === null) return `the build tag "${text}" does not begin with a digit`;
    build = [Number(match[1]), match[2] ?? ''];
    tagStart = third + 1;
  }
  const tag = filename.slice(tagStart, end).toLowerCase();
  const flaw = flawOfTag(tag);
  if (flaw !== null) return flaw;
  return { filename, name: normalizeName(written), version, build, tag };
}

function dashesOf(filename: string, end: number): readonly number[] {
  const dashes: number[] = [];
  for (let at = filename.indexOf('-'); at !== -1 && at < end; at = filename.indexOf('-', at + 1)) {
    if (dashes.push(at) > 5) break;
  }
  return dashes;
}

function isEscapedName(name: string): boolean {
  return /^[\w.]+$/.test(name) ? !name.includes('__') : isUnicodeEscapedName(name);
}

function isUnicodeEscapedName(name: string): boolean {
  return /^[\p{L}\p{N}_.]+$/u.test(name) && !name.includes('__');
}

/** Why `tag` is no compressed tag set; null where it is one. Each part is not empty, an interpreter is an identifier. */
function flawOfTag(tag: string): string | null {
  if (/^[a-z_]\w*(?:\.[a-z_]\w*)*-[^-.]+(?:\.[^-.]+)*-[^-.]+(?:\.[^-.]+)*$/.test(tag)) return null;
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
