import type { PackageSource, Target } from '@pyplan/resolver';
import { compareText, type LockedSet } from '../locked-set.ts';
import { againstGraph } from './against-graph.ts';
import { againstIndex } from './against-index.ts';
import { againstInputs, type VerifyInputs } from './against-inputs.ts';
import { againstItself } from './against-itself.ts';
import type { Finding } from './finding.ts';

/** What a lock is checked against, beside itself. */
export interface VerifyOptions {
  /** Default: not checked against inputs. */
  readonly inputs?: VerifyInputs;
  /** Targets that it must serve. Default: none in particular. */
  readonly targets?: readonly Target[];
  /** The index as it is today. Default: not asked. */
  readonly source?: PackageSource;
  readonly signal?: AbortSignal;
}

/**
 * What is wrong with a lock: against its inputs, against itself, against the index. Empty: nothing. Errors come
 * first, then by package and rule; each finding once.
 *
 * @throws SourceError where the index can't be reached
 */
export async function verifyLock(lock: LockedSet, options: VerifyOptions = {}): Promise<readonly Finding[]> {
  const { inputs = null, targets = [], source, signal } = options;
  const found = [
    ...(inputs === null ? [] : againstInputs(lock, inputs, targets)),
    ...againstItself(lock, targets),
    ...againstGraph(lock, inputs),
    ...(source === undefined ? [] : await againstIndex(lock, source, signal)),
  ];
  const distinct = new Map(found.map((item) => [`${item.rule} ${item.message}`, item]));
  return [...distinct.values()].sort(
    (a, b) =>
      compareText(a.severity, b.severity) ||
      compareText(a.package ?? '', b.package ?? '') ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
  );
}
