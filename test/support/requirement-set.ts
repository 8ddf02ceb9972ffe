import { basename } from 'node:path';
import { parseRequirementsFile } from '@pyplan/markers';
import type { RootRequirement } from '@pyplan/resolver';
import { CaseFileError, readMaybeGzipped } from './case-files.ts';

/** What a set of the snapshot asks for. */
export interface RequirementSet {
  readonly requirements: readonly RootRequirement[];
  readonly constraints: readonly RootRequirement[];
}

/**
 * A set of the snapshot, a requirements file.
 *
 * @throws CaseFileError where there is no such file, or it holds more than requirements and constraints.
 */
export function readRequirementSet(path: string): RequirementSet {
  const { entries } = parseRequirementsFile(path, (file) => {
    const text = readMaybeGzipped(file);
    if (text === null) throw new CaseFileError(`${file} does not exist`);
    return text;
  });
  const requirements: RootRequirement[] = [];
  const constraints: RootRequirement[] = [];
  for (const entry of entries) {
    const { file, line, column } = entry;
    if (entry.kind !== 'requirement' && entry.kind !== 'constraint') {
      throw new CaseFileError(`${file}:${line} is neither a requirement nor a constraint`);
    }
    const into = entry.kind === 'requirement' ? requirements : constraints;
    into.push({ requirement: entry.requirement, origin: { source: basename(file), line, column } });
  }
  return { requirements, constraints };
}
