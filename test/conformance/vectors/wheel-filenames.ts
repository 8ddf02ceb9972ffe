import { formatVersion } from '@pyplan/markers';
import { InvalidWheelFilenameError, parseWheelFilename, wheelTags } from '@pyplan/wheel-meta';
import { attempt, difference, firstDifference, verdictFault } from './difference.ts';

interface WheelFilenameVector {
  readonly input: string;
  readonly valid: boolean;
  readonly name: string;
  readonly version: string;
  readonly build: readonly [] | readonly [number, string];
  readonly tags: readonly string[];
}

export function checkWheelFilename(vector: WheelFilenameVector): string | null {
  const parsed = attempt(() => parseWheelFilename(vector.input), InvalidWheelFilenameError);
  const verdict = verdictFault(vector.input, parsed.error, vector.valid);
  if (verdict !== null || parsed.value === null) return verdict;
  const { name, version, build } = parsed.value;
  return firstDifference([
    difference(`name of ${vector.input}`, name, vector.name),
    difference(`version of ${vector.input}`, formatVersion(version), vector.version),
    difference(`build of ${vector.input}`, build, vector.build),
    difference(`tags of ${vector.input}`, wheelTags(parsed.value), vector.tags),
  ]);
}
