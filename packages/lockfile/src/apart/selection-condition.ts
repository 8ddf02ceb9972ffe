import type { ProjectPart } from '../project-parts.ts';
import { joinMarkers, partMarker } from '../read/part-markers.ts';
import type { Selections } from './selections.ts';

/** Whether conflicting parts are asked for, as one of several alternatives. */
type Clause = ReadonlyMap<ProjectPart, boolean>;

/**
 * A short marker in `extras` and `dependency_groups` that holds where what is asked for, `part` among it, is resolved
 * by one of `selections`; null where it always is. On those that `either` holds it may hold or not.
 *
 * What no consistent set of parts asks for does not matter: an alternative says no more than tells it from the sets
 * that other selections resolve.
 */
export function selectionCondition(
  { conflicting, asked }: Selections,
  part: ProjectPart,
  selections: ReadonlySet<number>,
  either: ReadonlySet<number> = new Set(),
): string | null {
  const possible = asked.filter(
    ({ parts, selection }) => (parts.has(part) || !conflicting.includes(part)) && !either.has(selection),
  );
  const meant = possible.filter(({ selection }) => selections.has(selection)).map(({ parts }) => parts);
  const others = possible.filter(({ selection }) => !selections.has(selection)).map(({ parts }) => parts);
  if (others.length === 0) return null;
  const clauses: Clause[] = [];
  for (const parts of meant) {
    if (clauses.some((clause) => holds(clause, parts))) continue;
    clauses.push(shortest(conflicting, parts, others));
  }
  return joinMarkers('or', clauses.map(clauseMarker));
}

/** What tells a set of parts from all the others: whether parts are in it, without what is not needed for that. */
function shortest(
  conflicting: readonly ProjectPart[],
  parts: ReadonlySet<ProjectPart>,
  others: readonly ReadonlySet<ProjectPart>[],
): Clause {
  const clause = new Map(conflicting.map((part) => [part, parts.has(part)]));
  // That something is not asked for is dropped first: `'gpu' in extras` says more than what else it is not.
  const order = conflicting.toSorted((a, b) => Number(parts.has(a)) - Number(parts.has(b)));
  for (const part of order) {
    const isIn = clause.get(part);
    clause.delete(part);
    if (isIn !== undefined && others.some((other) => holds(clause, other))) clause.set(part, isIn);
  }
  return clause;
}

function holds(clause: Clause, parts: ReadonlySet<ProjectPart>): boolean {
  return [...clause].every(([part, isIn]) => parts.has(part) === isIn);
}

function clauseMarker(clause: Clause): string {
  return joinMarkers(
    'and',
    [...clause].flatMap(([{ part }, isIn]) => partMarker(part, isIn) ?? []),
  );
}
