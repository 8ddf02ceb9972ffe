import { formatVersion } from '@pyplan/markers';
import { InvalidSdistFilenameError, parseSdistFilename } from '@pyplan/wheel-meta';
import { attempt, difference, firstDifference, verdictFault } from './difference.ts';

interface SdistFilenameVector {
  readonly input: string;
  readonly valid: boolean;
  readonly name: string;
  readonly version: string;
}

export function checkSdistFilename(vector: SdistFilenameVector): string | null {
  const parsed = attempt(() => parseSdistFilename(vector.input), InvalidSdistFilenameError);
  const verdict = verdictFault(vector.input, parsed.error, vector.valid);
  if (verdict !== null || parsed.value === null) return verdict;
  return firstDifference([
    difference(`name of ${vector.input}`, parsed.value.name, vector.name),
    difference(`version of ${vector.input}`, formatVersion(parsed.value.version), vector.version),
  ]);
}
