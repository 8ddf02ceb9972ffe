import { evaluateMarker, parseMarker } from '@pyplan/markers';
import type { UniversalLock } from '@pyplan/resolver';
import { bestFile } from './best-file.ts';
import type { Choice } from './choice.ts';
import type { JudgeTarget } from './target.ts';

/** What an installer would take from a universal lock on one target. */
export interface Projection {
  readonly choices: readonly Choice[];
  /** Packages that are to be installed there and have no file that fits. */
  readonly missing: readonly string[];
}

/** Whether a lock says that it holds on a target. */
export function covers(lock: UniversalLock, on: JudgeTarget): boolean {
  return lock.environments.length === 0 || lock.environments.some((marker) => holds(marker, on));
}

/** The packages whose marker holds on a target, each with the best of the lock's files. */
export function projectLock(lock: UniversalLock, on: JudgeTarget): Projection {
  const choices: Choice[] = [];
  const missing: string[] = [];
  for (const { name, version, marker, files } of lock.packages) {
    if (marker !== null && !holds(marker, on)) continue;
    const file = bestFile(files, on);
    if (file === null) missing.push(`${name} ${version} has no file that fits`);
    else choices.push({ name, version, file });
  }
  return { choices, missing };
}

function holds(marker: string, { environment }: JudgeTarget): boolean {
  return evaluateMarker(parseMarker(marker), environment);
}
