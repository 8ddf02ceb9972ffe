import { normalizeName, tryParseVersion, type Version } from '@pyplan/markers';
import type { VersionParser } from './wheel-filename.ts';

export type SdistFormat = 'tar.gz' | 'zip';

/** What a source distribution's file name says (Source distribution format; PEP 625). */
export interface SdistFilename {
  readonly kind: 'sdist';
  /** As given. */
  readonly filename: string;
  /** The project's name, normalised. */
  readonly name: string;
  readonly version: Version;
  readonly format: SdistFormat;
}

/** A file name that is not a source distribution's. */
export class InvalidSdistFilenameError extends Error {
  override readonly name = 'InvalidSdistFilenameError';
  readonly filename: string;

  constructor(filename: string, reason: string) {
    super(`"${filename}" is not the file name of a source distribution: ${reason}`);
    this.filename = filename;
  }
}

/**
 * Reads a source distribution's file name, `{name}-{version}.tar.gz` or `.zip`.
 *
 * The version is what follows the last dash, as in `packaging.utils.parse_sdist_filename`; where the
 * project is known, `tryParseDistributionFilename` reads `foo-1.0-1.tar.gz` right.
 *
 * @throws InvalidSdistFilenameError
 */
export function parseSdistFilename(filename: string, parseVersion?: VersionParser): SdistFilename {
  const answer = scanSdistFilename(filename, null, parseVersion ?? tryParseVersion);
  if (typeof answer === 'string') throw new InvalidSdistFilenameError(filename, answer);
  return answer;
}

/**
 * The sdist, or the reason why the name is not one's. With a project (normalised), the name is what
 * normalises to it, and the rest the version.
 */
export function scanSdistFilename(
  filename: string,
  project: string | null,
  parseVersion: VersionParser,
): SdistFilename | string {
  const format = filename.endsWith('.tar.gz') ? 'tar.gz' : filename.endsWith('.zip') ? 'zip' : null;
  if (format === null) return 'it does not end in .tar.gz or .zip';
  const stem = filename.slice(0, -format.length - 1);
  const dash = project === null ? stem.lastIndexOf('-') : dashAfter(stem, project);
  if (dash === -1) {
    return project === null ? 'there is no dash before a version' : `it does not begin with "${project}-"`;
  }
  if (dash === 0) return 'the project name is empty';
  const versionText = stem.slice(dash + 1);
  const version = parseVersion(versionText);
  if (version === null) return `"${versionText}" is not a version`;
  return { kind: 'sdist', filename, name: project ?? normalizeName(stem.slice(0, dash)), version, format };
}

/** The first dash that has a spelling of `project` before it; -1 where there is none. */
function dashAfter(stem: string, project: string): number {
  for (let at = stem.indexOf('-'); at !== -1; at = stem.indexOf('-', at + 1)) {
    if (normalizeName(stem.slice(0, at)) === project) return at;
  }
  return -1;
}
