import { createMarkerAlgebra, parseMarker } from '@pyplan/markers';
import type { PackageSource, Target } from '@pyplan/resolver';
import { selectionsOf } from '../apart/selections.ts';
import { compareText, type LockedPackage, type LockedSet } from '../locked-set.ts';
import { joinMarkers, partMarker } from '../read/part-markers.ts';
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
    ...viewsOf(lock, inputs).flatMap(([view, asked]) => [
      ...(asked === null ? [] : againstInputs(view, asked, targets)),
      ...againstItself(view, targets),
    ]),
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

/**
 * The lock as those see it who install what goes together of its extras and groups, with what is asked for there: a
 * single view where nothing conflicts.
 */
function viewsOf(
  lock: LockedSet,
  inputs: VerifyInputs | null,
): readonly (readonly [LockedSet, VerifyInputs | null])[] {
  const { conflicts = [] } = lock;
  if (conflicts.length === 0) return [[lock, inputs]];
  const parts = [
    ...lock.extras.map((name) => ({ part: { kind: 'extra' as const, name }, requirements: [] })),
    ...lock.dependencyGroups.map((name) => ({ part: { kind: 'group' as const, name }, requirements: [] })),
  ];
  const algebra = createMarkerAlgebra();
  return selectionsOf(parts, conflicts).selections.map((selection) => {
    const namesOf = (kind: 'extra' | 'group'): readonly string[] =>
      selection.parts.flatMap(({ part }) => (part.kind === kind ? [part.name] : []));
    const [extras, groups] = [namesOf('extra'), namesOf('group')];
    const asked = inputs?.requirementsOf?.({ extras, groups });
    const asks = parts.flatMap((part) => partMarker(part.part, selection.parts.includes(part)) ?? []);
    const taken = algebra.of(parseMarker(joinMarkers('and', asks)));
    const isTaken = ({ marker }: LockedPackage): boolean =>
      marker === null || !algebra.areDisjoint(taken, algebra.of(parseMarker(marker)));
    const view = { ...lock, extras, dependencyGroups: groups, packages: lock.packages.filter(isTaken) };
    return [view, inputs === null || asked === undefined ? inputs : { ...inputs, requirements: asked }];
  });
}
