import { createMarkerAlgebra, formatMarker, parseMarker } from '@pyplan/markers';
import type { Demand, Plan, UniversalLock } from '@pyplan/resolver';
import { partedPlans } from '../from-plans.ts';
import { partedUniversal } from '../from-universal.ts';
import {
  compareFiles,
  comparePackages,
  compareText,
  type LockedDependency,
  type LockedPackage,
  type LockedSet,
} from '../locked-set.ts';
import { type PartedLock, partNames, type Want } from '../parted-lock.ts';
import type { ProjectPart } from '../project-parts.ts';
import { bothMarkers, combineParts, joinMarkers, type LockPart } from '../read/part-markers.ts';
import { selectionCondition } from './selection-condition.ts';
import { conflictOf, type PartConflict, partKey, type Selections } from './selections.ts';

/** What a project's parts are, and which of them go together. */
export interface ApartParts {
  /** Of all parts of the project that are locked. */
  readonly selections: Selections;
  readonly parts: readonly ProjectPart[];
  readonly conflicts: readonly PartConflict[];
}

/**
 * The plans of each selection of a project's parts, in their order, as one lock in which extras and groups that conflict
 * are kept apart by their markers (PEP 751): whatever may be asked for together gets the plan of its selection.
 *
 * @throws LockWriteError as `lockPlans`.
 */
export function lockPlansApart(
  plans: readonly (readonly Plan[])[],
  apart: ApartParts,
  inputsDigest: string | null = null,
): LockedSet {
  const locks = apart.selections.selections.map(({ parts }, index) =>
    partedPlans(plans[index] ?? [], inputsDigest, parts),
  );
  return joined(locks, apart);
}

/** The universal locks of each selection of a project's parts, in their order, as one lock: see `lockPlansApart`. */
export function lockUniversalApart(
  locks: readonly UniversalLock[],
  apart: ApartParts,
  inputsDigest: string | null = null,
): LockedSet {
  return joined(
    locks.map((lock, index) => {
      const { parts } = apart.selections.selections[index] ?? { parts: [] };
      return partedUniversal(lock, inputsDigest, parts);
    }),
    apart,
  );
}

/** A package of the lock of one selection. */
interface Entry {
  readonly selection: number;
  readonly item: LockedPackage;
  readonly wants: readonly Want[];
}

function joined(locks: readonly PartedLock[], { selections, parts, conflicts }: ApartParts): LockedSet {
  const [first] = locks;
  if (first === undefined) throw new RangeError('no selection was resolved');
  const entries = locks.flatMap(({ set, wants }, selection) =>
    set.packages.map((item): Entry => ({ selection, item, wants: wants.get(item) ?? [] })),
  );
  const groups = [...Map.groupBy(entries, ({ item }) => packageKey(item)).values()];
  const repeated = Map.groupBy(groups, ([entry]) => entry?.item.name ?? '');
  const versions = locks.map(({ set }) => new Map(set.packages.map((item) => [item.name, item.version])));
  return {
    ...first.set,
    environments: locks.map(({ set }) => set.environments).reduce(commonEnvironments),
    extras: partNames(parts, 'extra'),
    dependencyGroups: partNames(parts, 'group'),
    conflicts: toldConflicts(selections, conflicts),
    packages: groups
      .flatMap((group) => {
        const [entry] = group;
        if (entry === undefined) return [];
        const item = joinedPackage(group, (name, selection) =>
          (repeated.get(name)?.length ?? 0) > 1 ? (versions[selection]?.get(name) ?? null) : null,
        );
        return [{ ...item, marker: apartMarker(group, selections) }];
      })
      .sort(comparePackages),
  };
}

function packageKey({ name, version, source }: LockedPackage): string {
  return `${name} ${version} ${source.kind === 'index' ? '' : JSON.stringify(source)}`;
}

/** The conflicts as declared, and those of parts that bring others into them. */
function toldConflicts(
  { conflicting }: Selections,
  conflicts: readonly PartConflict[],
): readonly PartConflict[] {
  const declared = conflicts
    .map((conflict) => conflict.filter((part) => conflicting.some((other) => isSamePart(other.part, part))))
    .filter((conflict) => conflict.length > 1);
  const pairs = conflicting.flatMap((part, index) =>
    conflicting
      .slice(index + 1)
      .filter((other) => conflictOf([part, other], conflicts) !== null)
      .map((other): PartConflict => [part.part, other.part]),
  );
  const isTold = (pair: PartConflict): boolean =>
    declared.some((conflict) => pair.every((part) => conflict.some((other) => isSamePart(other, part))));
  return [...declared, ...pairs.filter((pair) => !isTold(pair))];
}

function isSamePart(a: LockPart, b: LockPart): boolean {
  return partKey(a) === partKey(b);
}

/** A part that wants the package on some environments, and the selections in which it does. */
interface PartWant {
  readonly want: Want;
  readonly in: Set<number>;
}

/** For which parts, in which selections and on which environments the package is wanted. */
function apartMarker(group: readonly Entry[], selections: Selections): string | null {
  const wanted = new Map<string, PartWant>();
  for (const { selection, wants } of group) {
    for (const want of wants) {
      const key = JSON.stringify([want.part.part, want.marker]);
      const known = wanted.get(key);
      if (known === undefined) wanted.set(key, { want, in: new Set([selection]) });
      else known.in.add(selection);
    }
  }
  const all = [...wanted.values()];
  const clauses = new Map<string | null, Want[]>();
  for (const each of all) {
    const either = coveredByOthers(each, all, selections);
    const meant = new Set([...each.in].filter((selection) => !either.has(selection)));
    if (meant.size === 0) continue;
    const condition = selectionCondition(selections, each.want.part, meant, either);
    clauses.set(condition, [...(clauses.get(condition) ?? []), each.want]);
  }
  const markers = [...clauses].map(([condition, wants]) =>
    bothMarkers(condition, combineParts(wants.map(({ part, marker }) => [part.part, marker]))),
  );
  return markers.includes(null)
    ? null
    : joinMarkers(
        'or',
        markers.flatMap((marker) => marker ?? []),
      );
}

/**
 * The selections in which a part need not say that it wants the package: there the project itself wants it, or a
 * conflicting part that wants it wherever it is installed.
 */
function coveredByOthers(
  { want: { part, marker } }: PartWant,
  all: readonly PartWant[],
  { selections, conflicting }: Selections,
): ReadonlySet<number> {
  const others = all.filter(({ want }) => {
    if (want.part === part || (want.marker !== null && want.marker !== marker)) return false;
    return want.part.part.kind === 'base' || conflicting.includes(want.part);
  });
  const covering = others.filter(({ want, in: where }) => {
    if (want.part.part.kind === 'base') return part.part.kind !== 'base';
    if (part.part.kind === 'base' || conflicting.includes(part)) return false;
    return selections.every(({ parts }, position) => !parts.includes(want.part) || where.has(position));
  });
  return new Set(covering.flatMap(({ in: where }) => [...where]));
}

/** What the locks say of one version of a package, added up. */
function joinedPackage(
  group: readonly Entry[],
  versionIn: (name: string, selection: number) => string | null,
): LockedPackage {
  const items = group.map(({ item }) => item);
  const [first] = items;
  if (first === undefined) throw new RangeError('no entry of the package');
  const edges = group.flatMap(({ item, selection }) =>
    (item.dependencies ?? []).map((edge) => ({
      ...edge,
      version: edge.version ?? versionIn(edge.name, selection),
    })),
  );
  return {
    ...first,
    requiresPython: items.every((item) => item.requiresPython === first.requiresPython)
      ? first.requiresPython
      : null,
    extras: [...new Set(items.flatMap(({ extras }) => extras))].sort(compareText),
    files: distinct(
      items.flatMap(({ files }) => files),
      ({ filename }) => filename,
    ).toSorted(compareFiles),
    dependencies: joinedEdges(edges),
    demands: distinct<Demand>(
      items.flatMap(({ demands }) => demands),
      ({ from, text }) => `${from ?? ''} ${text}`,
    ),
  };
}

/** Edges that only some environments follow are followed on all where the locks disagree on which. */
function joinedEdges(edges: readonly LockedDependency[]): readonly LockedDependency[] {
  const keyOf = ({ name, version, extras, text }: LockedDependency): string =>
    JSON.stringify([name, version, extras, text]);
  return [...Map.groupBy(edges, keyOf).values()]
    .flatMap((same) => {
      const [first] = same;
      if (first === undefined) return [];
      return [
        { ...first, marker: same.every(({ marker }) => marker === first.marker) ? first.marker : null },
      ];
    })
    .toSorted((a, b) => compareText(a.name, b.name) || compareText(a.text ?? '', b.text ?? ''));
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** The environments that two locks are both for. */
function commonEnvironments(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  if (a.length === b.length && a.every((text, index) => text === b[index])) return a;
  const algebra = createMarkerAlgebra();
  return a.flatMap((left) =>
    b.flatMap((right) => {
      const [own, other] = [left, right].map((text) => algebra.of(parseMarker(text)));
      if (own === undefined || other === undefined) return [];
      const both = algebra.and(own, other);
      if (algebra.isEmpty(both)) return [];
      if (algebra.areEquivalent(both, own)) return [left];
      if (algebra.areEquivalent(both, other)) return [right];
      const marker = algebra.toMarker(both);
      return marker === null || marker === undefined ? [left] : [formatMarker(marker)];
    }),
  );
}
