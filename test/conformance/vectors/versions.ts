import {
  baseVersion,
  formatVersion,
  InvalidVersionError,
  isDevrelease,
  isPostrelease,
  isPrerelease,
  parseVersion,
  publicVersion,
  tryParseVersion,
  type Version,
} from '@pyplan/markers';
import { attempt, difference, firstDifference, verdictFault } from './difference.ts';

interface VersionVector {
  readonly input: string;
  readonly valid: boolean;
  readonly str: string;
  readonly epoch: string;
  readonly release: readonly string[];
  readonly pre: readonly [string, string] | null;
  readonly post: string | null;
  readonly dev: string | null;
  readonly local: string | null;
  readonly public: string;
  readonly base: string;
  readonly is_prerelease: boolean;
  readonly is_postrelease: boolean;
  readonly is_devrelease: boolean;
}

export function checkVersion(vector: VersionVector): string | null {
  const { input, valid } = vector;
  const parsed = attempt(() => parseVersion(input), InvalidVersionError);
  const verdict = verdictFault(input, parsed.error, valid);
  if (verdict !== null) return verdict;
  if ((tryParseVersion(input) !== null) !== valid)
    return `tryParseVersion(${JSON.stringify(input)}) disagrees`;
  return parsed.value === null ? null : firstDifference(differences(parsed.value, vector));
}

function* differences(version: Version, vector: VersionVector): Generator<string | null> {
  const of = (what: string): string => `${what} of ${JSON.stringify(vector.input)}`;
  const text = (value: string | number | bigint | null): string | null =>
    value === null ? null : String(value);
  yield difference(of('text'), formatVersion(version), vector.str);
  yield difference(of('epoch'), String(version.epoch), vector.epoch);
  yield difference(of('release'), version.release.map(String), vector.release);
  yield difference(of('pre'), version.pre?.map(String) ?? null, vector.pre?.map(String) ?? null);
  yield difference(of('post'), text(version.post), text(vector.post));
  yield difference(of('dev'), text(version.dev), text(vector.dev));
  yield difference(of('local'), version.local?.join('.') ?? null, vector.local);
  yield difference(of('public'), formatVersion(publicVersion(version)), vector.public);
  yield difference(of('base'), formatVersion(baseVersion(version)), vector.base);
  yield difference(of('is_prerelease'), isPrerelease(version), vector.is_prerelease);
  yield difference(of('is_postrelease'), isPostrelease(version), vector.is_postrelease);
  yield difference(of('is_devrelease'), isDevrelease(version), vector.is_devrelease);
}
