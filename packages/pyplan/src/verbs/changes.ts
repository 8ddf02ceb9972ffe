import type { Plan, PlannedPackage } from '@pyplan/resolver';
import type { InstalledPackage } from '../input/locked/installed.ts';

/** What an install of a plan changes in an environment. Each list is sorted by name. */
export interface Changes {
  readonly add: readonly PlannedPackage[];
  readonly change: readonly ChangedPackage[];
  /** Installed, and not in the plan. */
  readonly remove: readonly InstalledPackage[];
  readonly unchanged: readonly PlannedPackage[];
}

export interface ChangedPackage {
  readonly from: InstalledPackage;
  readonly to: PlannedPackage;
  readonly direction: 'upgrade' | 'downgrade' | 'other';
}

/** Installers themselves, which `pip freeze` counts in or out by its version: never told to be removed. */
const installers: ReadonlySet<string> = new Set(['pip', 'setuptools', 'wheel', 'distribute']);

/**
 * The difference between what is installed and a plan. An installed package of unknown version (an
 * editable or a direct reference) counts as changed where the plan has it.
 *
 * @param compare the order of two versions' texts, or null where one is not a version.
 */
export function changesOf(
  plan: Plan,
  installed: readonly InstalledPackage[],
  compare: (a: string, b: string) => number | null,
): Changes {
  const present = new Map(installed.map((entry) => [entry.name, entry]));
  const planned = new Set(plan.packages.map((entry) => entry.name));
  const add: PlannedPackage[] = [];
  const change: ChangedPackage[] = [];
  const unchanged: PlannedPackage[] = [];
  for (const to of plan.packages) {
    const from = present.get(to.name);
    if (from === undefined) {
      add.push(to);
      continue;
    }
    const order = from.version === null ? null : compare(from.version, to.version);
    if (order === 0) unchanged.push(to);
    else change.push({ from, to, direction: order === null ? 'other' : order < 0 ? 'upgrade' : 'downgrade' });
  }
  const remove = installed
    .filter((entry) => !planned.has(entry.name) && !installers.has(entry.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { add, change, remove, unchanged };
}
