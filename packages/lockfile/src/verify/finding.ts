import type { Origin } from '@pyplan/resolver';
import type { LockedPackage } from '../locked-set.ts';

/** What a check of a lock may find. Each rule has one question, answered in `ruleQuestions`. */
export type FindingRule =
  | 'inputs-changed'
  | 'requirement-missing'
  | 'requirement-not-met'
  | 'dependency-missing'
  | 'dependency-not-met'
  | 'unreachable-package'
  | 'marker-never-holds'
  | 'ambiguous-package'
  | 'target-not-covered'
  | 'no-file-for-target'
  | 'python-not-allowed'
  | 'hash-missing'
  | 'hash-weak'
  | 'project-gone'
  | 'version-gone'
  | 'file-gone'
  | 'hash-changed'
  | 'yanked'
  | 'quarantined'
  | 'archived'
  | 'deprecated';

/** What each rule finds, in a line. */
export const ruleQuestions: Readonly<Record<FindingRule, string>> = {
  'inputs-changed': 'The lock was made from other inputs.',
  'requirement-missing': 'The lock has no package for an input requirement.',
  'requirement-not-met': 'The locked version is not one that an input requirement or constraint allows.',
  'dependency-missing': 'A locked package needs one that the lock does not have.',
  'dependency-not-met': 'The locked version is not one that a locked package allows.',
  'unreachable-package': 'Nothing asks for a locked package.',
  'marker-never-holds': 'No environment that the lock is for satisfies the marker of a package.',
  'ambiguous-package': 'Two entries of a package hold in the same environment.',
  'target-not-covered': 'The lock is not for a target.',
  'no-file-for-target': 'No file of a package fits a target.',
  'python-not-allowed': 'A package does not allow the Python of a target.',
  'hash-missing': 'A file, or a package without files, has no hash.',
  'hash-weak': 'A file has no hash stronger than SHA-1.',
  'project-gone': 'The index has no such project any more.',
  'version-gone': 'The index has no such version any more.',
  'file-gone': 'The index has no such file any more.',
  'hash-changed': 'The index has another hash for a file.',
  yanked: 'Every locked file of a version is yanked.',
  quarantined: 'The project is quarantined (PEP 792).',
  archived: 'The project is archived: no more releases are to be expected (PEP 792).',
  deprecated: 'The project is deprecated (PEP 792).',
};

/** One thing that is wrong with a lock. */
export interface Finding {
  readonly rule: FindingRule;
  /** A warning is told, but the lock can be installed as it is. */
  readonly severity: 'error' | 'warning';
  /** Normalised; null where it is about the lock as a whole. */
  readonly package: string | null;
  readonly version: string | null;
  /** One sentence, with all that it takes to act. */
  readonly message: string;
  /** The user's line that it is about. */
  readonly origin: Origin | null;
}

const warnings: ReadonlySet<FindingRule> = new Set([
  'unreachable-package',
  'archived',
  'deprecated',
  'hash-weak',
]);

/** A finding about a package of the lock, or about the lock as a whole. */
export function finding(
  rule: FindingRule,
  item: Pick<LockedPackage, 'name' | 'version'> | null,
  message: string,
  origin: Origin | null = null,
): Finding {
  return {
    rule,
    severity: warnings.has(rule) ? 'warning' : 'error',
    package: item?.name ?? null,
    version: item?.version ?? null,
    message,
    origin,
  };
}

/** `name 1.0`, or the name alone. */
export function label({ name, version }: Pick<LockedPackage, 'name' | 'version'>): string {
  return version === null ? name : `${name} ${version}`;
}
