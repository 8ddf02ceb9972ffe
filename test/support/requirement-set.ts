import { basename } from 'node:path';
import { parseRequirement } from '@pyplan/markers';
import type { RootRequirement } from '@pyplan/resolver';
import { CaseFileError, readMaybeGzipped } from './case-files.ts';

/**
 * The requirements of a set of the snapshot: one a line, `#` begins a comment.
 *
 * @throws CaseFileError where there is no such file.
 */
export function readRequirementSet(path: string): readonly RootRequirement[] {
  const text = readMaybeGzipped(path);
  if (text === null) throw new CaseFileError(`${path} does not exist`);
  return text.split('\n').flatMap((written, index) => {
    const line = written.replace(/(?:^|\s)#.*$/, '').trim();
    if (line === '') return [];
    const origin = { source: basename(path), line: index + 1, column: 1 };
    return [{ requirement: parseRequirement(line), origin }];
  });
}
