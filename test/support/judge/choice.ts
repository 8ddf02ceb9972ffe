import type { PlannedPackage } from '@pyplan/resolver';

/** What of a planned package is a choice; the rest follows from the index. */
export type Choice = Pick<PlannedPackage, 'name' | 'version' | 'file'>;
