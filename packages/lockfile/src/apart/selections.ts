import type { ProjectPart } from '../project-parts.ts';
import type { LockPart } from '../read/part-markers.ts';

/** Parts of a project of which at most one is installed at a time. */
export type PartConflict = readonly LockPart[];

/** Parts of a project that conflict with others, as they may be installed together, and those that never conflict. */
export interface Selection<Part extends ProjectPart = ProjectPart> {
  /** What is installed: the project itself, whatever conflicts with nothing, some of what conflicts. */
  readonly parts: readonly Part[];
}

/** How the parts of a project go together. */
export interface Selections<Part extends ProjectPart = ProjectPart> {
  /** The parts that conflict with another, in the order given. */
  readonly conflicting: readonly Part[];
  /** One for each set of parts that need a resolution of their own; the one with nothing that conflicts is the first. */
  readonly selections: readonly Selection<Part>[];
  /** Every set of conflicting parts that may be asked for together, with the position of its selection. */
  readonly asked: readonly { readonly parts: ReadonlySet<Part>; readonly selection: number }[];
}

/** Conflicts that part a project into more selections than can be told apart. */
export class TooManySelectionsError extends Error {
  override readonly name = 'TooManySelectionsError';
}

/** So many ways of asking for conflicting parts are told apart. */
const mostAsked = 2048;

/** So many resolutions a project may need. */
const mostSelections = 128;

/**
 * The sets of parts that may be installed together, each to be resolved for itself (as uv forks on `conflicts`).
 *
 * A part brings those that it includes: an extra that asks for other extras, a group that includes groups.
 *
 * @throws TooManySelectionsError
 */
export function selectionsOf<Part extends ProjectPart>(
  parts: readonly Part[],
  conflicts: readonly PartConflict[],
): Selections<Part> {
  const conflicting = parts.filter((part) =>
    parts.some((other) => conflictOf([part, other], conflicts) !== null),
  );
  const free = parts.filter((part) => !conflicting.includes(part));
  const asked = consistentSubsets(conflicting, conflicts);
  const byKeys = new Map<string, { readonly parts: Part[]; readonly position: number }>();
  const positions = asked.map((subset) => {
    const keys = keysOf(subset);
    const name = [...keys].sort().join('\n');
    const known = byKeys.get(name);
    if (known !== undefined) return known.position;
    const implied = conflicting.filter(({ part }) => keys.has(partKey(part)));
    byKeys.set(name, { parts: [...free, ...implied], position: byKeys.size });
    return byKeys.size - 1;
  });
  if (byKeys.size > mostSelections)
    throw tooMany(`${byKeys.size} resolutions, more than the ${mostSelections}`);
  return {
    conflicting,
    selections: [...byKeys.values()].map((selection) => ({ parts: selection.parts })),
    asked: asked.map((subset, index) => ({ parts: new Set(subset), selection: positions[index] ?? 0 })),
  };
}

/** The first conflict that parts installed together break; null where they go together. The project itself always counts. */
export function conflictOf(
  parts: readonly Pick<ProjectPart, 'part' | 'includes'>[],
  conflicts: readonly PartConflict[],
): PartConflict | null {
  const keys = keysOf(parts);
  const broken = conflicts.find((conflict) => {
    const members = new Set(conflict.map(partKey));
    return [...members].filter((key) => keys.has(key)).length > 1;
  });
  return broken ?? null;
}

/** Tells parts apart: `extra cpu`, `group dev`, empty for the project itself. */
export function partKey(part: LockPart): string {
  return part.kind === 'base' ? '' : `${part.kind} ${part.name}`;
}

function keysOf(parts: readonly Pick<ProjectPart, 'part' | 'includes'>[]): ReadonlySet<string> {
  const all = parts.flatMap(({ part, includes = [] }) => [part, ...includes]);
  return new Set(['', ...all.map(partKey)]);
}

/** Those without a conflict among them, the small ones first. What conflicts with itself is in none. */
function consistentSubsets<Part extends ProjectPart>(
  parts: readonly Part[],
  conflicts: readonly PartConflict[],
): readonly (readonly Part[])[] {
  let subsets: (readonly Part[])[] = [[]];
  for (const part of parts) {
    const grown = subsets
      .map((subset) => [...subset, part])
      .filter((subset) => conflictOf(subset, conflicts) === null);
    subsets = [...subsets, ...grown];
    if (subsets.length > mostAsked) throw tooMany(`more than ${mostAsked} sets of extras and groups`);
  }
  return subsets.toSorted((a, b) => a.length - b.length);
}

function tooMany(what: string): TooManySelectionsError {
  return new TooManySelectionsError(
    `the conflicts declared part the extras and groups into ${what} that are resolved apart: select fewer of them`,
  );
}
