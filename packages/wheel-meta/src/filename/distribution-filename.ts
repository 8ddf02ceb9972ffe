import { normalizeName, tryParseVersion, type Version } from '@pyplan/markers';
import { type SdistFilename, scanSdistFilename } from './sdist-filename.ts';
import { scanWheelFilename, type VersionParser, type WheelFilename } from './wheel-filename.ts';

/** A file on a project's page: a wheel, an sdist, or something to pass over. */
export type DistributionFilename =
  | WheelFilename
  | SdistFilename
  | { readonly kind: 'other'; readonly filename: string; readonly reason: string };

/** What indexes have held beside wheels and sdists, by the end of its name. */
const passedOver: readonly (readonly [suffix: string, what: string])[] = [
  ['.egg', 'an egg'],
  ['.exe', 'a Windows installer (bdist_wininst)'],
  ['.msi', 'a Windows installer (bdist_msi)'],
  ['.rpm', 'an RPM package'],
  ['.deb', 'a Debian package'],
  ['.dmg', 'a macOS disk image'],
  ['.tar.bz2', 'a source distribution in tar.bz2, which PEP 625 does not allow'],
  ['.tar.xz', 'a source distribution in tar.xz, which PEP 625 does not allow'],
  ['.tar.Z', 'a source distribution in tar.Z, which PEP 625 does not allow'],
  ['.tgz', 'a source distribution in tgz, which PEP 625 does not allow'],
  ['.tar', 'a source distribution in tar, which PEP 625 does not allow'],
];

/** Binary archives that setuptools' `bdist_dumb` made, whose names otherwise read as an sdist's. */
const dumbBinary = /[.-](?:linux-[\w.]+|win32|win-amd64|macosx-\d+\.\d+-\w+|cygwin-[\w.-]+)$/;

/**
 * Reads the name of a file on a project's page. Never throws.
 *
 * The project tells where the name of an sdist ends: `foo-1.0-1.tar.gz` is 1.0.post1 of `foo`. A file
 * of another project is `other`, as is what only old tools could use; `reason` says which.
 *
 * @param parseVersion one that remembers its answers saves work on a long page.
 */
export function tryParseDistributionFilename(
  filename: string,
  projectName: string,
  parseVersion: VersionParser = tryParseVersion,
): DistributionFilename {
  return readFilename(filename, normalizeName(projectName), parseVersion);
}

/**
 * A reader of the file names of one project's page, as `tryParseDistributionFilename` reads them, that
 * parses each version once however many files it has.
 */
export function distributionFilenameReader(projectName: string): (filename: string) => DistributionFilename {
  const project = normalizeName(projectName);
  const versions = new Map<string, Version | null>();
  const parseVersion: VersionParser = (text) => {
    let version = versions.get(text);
    if (version === undefined) {
      version = tryParseVersion(text);
      versions.set(text, version);
    }
    return version;
  };
  return (filename) => readFilename(filename, project, parseVersion);
}

function readFilename(filename: string, project: string, parseVersion: VersionParser): DistributionFilename {
  if (filename.endsWith('.whl')) {
    const wheel = scanWheelFilename(filename, project, parseVersion);
    if (typeof wheel === 'string') return other(filename, `not a wheel's file name: ${wheel}`);
    if (wheel.name !== project) return other(filename, `a wheel of another project, "${wheel.name}"`);
    return wheel;
  }
  const old = passedOver.find(([suffix]) => filename.endsWith(suffix));
  if (old !== undefined) return other(filename, old[1]);
  const sdist = scanSdistFilename(filename, project, parseVersion);
  if (typeof sdist !== 'string') return sdist;
  const stem = filename.replace(/\.(?:tar\.gz|zip)$/, '');
  if (dumbBinary.test(stem.slice(-100))) return other(filename, 'a binary archive (bdist_dumb)');
  return other(filename, `not a distribution: ${sdist}`);
}

function other(filename: string, reason: string): DistributionFilename {
  return { kind: 'other', filename, reason };
}
