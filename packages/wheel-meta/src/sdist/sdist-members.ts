import { compareVersions, normalizeName, tryParseVersion } from '@pyplan/markers';
import { tryParseDistributionFilename } from '../filename/distribution-filename.ts';
import type { ResolutionMetadata } from '../metadata/resolution-metadata.ts';
import { readResolutionMetadata } from '../metadata/resolution-metadata.ts';
import { isStaticSdist } from '../metadata/static-sdist.ts';
import { checkedMetadata, type Identity } from '../wheel/dist-info.ts';
import type { StreamWish } from '../zip/archive-stream.ts';
import { BadArchiveError } from '../zip/bad-archive-error.ts';

/** The two files of an sdist that can tell what it depends on. */
export interface SdistMetadata {
  /** Null where the sdist has none, as very old ones. */
  readonly pkgInfo: { readonly bytes: Uint8Array; readonly metadata: ResolutionMetadata } | null;
  /** Null where there is none, and where PKG-INFO is static, so that it was not looked for. */
  readonly pyproject: Uint8Array | null;
}

/** Whether `name` is this file at the root of the sdist, `{name}-{version}/{file}`. */
function isAtRoot(name: string, file: string, identity: Identity | null): boolean {
  const [root = '', member, ...deeper] = name.split('/');
  if (member !== file || deeper.length > 0) return false;
  return identity === null || normalizeName(root).startsWith(identity.name);
}

/** What to look for in an sdist: PKG-INFO and, unless that is static, `pyproject.toml`. */
export function sdistWish(identity: Identity | null): StreamWish {
  const isPkgInfo = (name: string): boolean => isAtRoot(name, 'PKG-INFO', identity);
  const isPyproject = (name: string): boolean => isAtRoot(name, 'pyproject.toml', identity);
  return {
    wanted: (name) => isPkgInfo(name) || isPyproject(name),
    enough: (found) => {
      const names = [...found.keys()];
      const pkgInfo = names.find(isPkgInfo);
      const bytes = pkgInfo === undefined ? undefined : found.get(pkgInfo);
      if (bytes === undefined) return false;
      return isStaticSdist(readResolutionMetadata(bytes)).static || names.some(isPyproject);
    },
  };
}

/**
 * The files out of what was found, checked against the sdist's name.
 *
 * @throws BadArchiveError `metadata-mismatch`, or `duplicate-member` where there are two roots.
 */
export function sdistMetadata(
  found: ReadonlyMap<string, Uint8Array>,
  identity: Identity | null,
): SdistMetadata {
  const pkgInfo = theOne(found, 'PKG-INFO', identity);
  const pyproject = theOne(found, 'pyproject.toml', identity);
  return {
    pkgInfo:
      pkgInfo === null
        ? null
        : { bytes: pkgInfo.bytes, metadata: checkedPkgInfo(pkgInfo.bytes, pkgInfo.name, identity) },
    pyproject: pyproject?.bytes ?? null,
  };
}

/**
 * Reads PKG-INFO, and checks that it is of the sdist. Where the name ends in the file's name may only be
 * told with PKG-INFO's own: `foo-1.0-1.tar.gz` is 1.0.post1 of `foo`, or 1 of `foo-1.0`.
 */
function checkedPkgInfo(bytes: Uint8Array, member: string, identity: Identity | null): ResolutionMetadata {
  const metadata = readResolutionMetadata(bytes);
  const version = metadata.version === null ? null : tryParseVersion(metadata.version);
  if (identity !== null && metadata.name !== null && version !== null) {
    const file = tryParseDistributionFilename(identity.filename, metadata.name);
    if (file.kind === 'sdist' && compareVersions(file.version, version) === 0) return metadata;
  }
  return checkedMetadata(bytes, member, identity);
}

function theOne(
  found: ReadonlyMap<string, Uint8Array>,
  file: string,
  identity: Identity | null,
): { readonly name: string; readonly bytes: Uint8Array } | null {
  const [first, second] = [...found].filter(([name]) => isAtRoot(name, file, identity));
  if (first === undefined) return null;
  if (second !== undefined) {
    throw new BadArchiveError('duplicate-member', `the sdist has ${first[0]} and ${second[0]}`, second[0]);
  }
  return { name: first[0], bytes: first[1] };
}
