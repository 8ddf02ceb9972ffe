import type { HttpSource } from '@pyplan/package-index';
import type { PackageSource, ResolveOptions } from '@pyplan/resolver';
import { askedAhead } from '../../packages/pyplan/src/command/ahead/asked-ahead.ts';
import { readDependencyTable } from '../../packages/pyplan/src/command/ahead/dependency-table.ts';
import { foreknowledge, surelyWanted } from '../../packages/pyplan/src/command/ahead/foreknowledge.ts';
import { newForesight } from '../../packages/pyplan/src/command/ahead/foresight.ts';
import type { RequirementSet } from './requirement-set.ts';

/** An index that is asked ahead for what a set will need, as the command asks. */
export function foreseenSource(
  index: HttpSource,
  set: RequirementSet,
  options: ResolveOptions,
): Promise<PackageSource> {
  const lines = { ...set, overrides: [], excludes: [] };
  const foresight = newForesight(foreknowledge(lines, options, []), index.expect, async () =>
    readDependencyTable(),
  );
  return askedAhead(index, surelyWanted(lines), new AbortController().signal, foresight);
}
