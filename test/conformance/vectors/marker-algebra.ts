import { createMarkerAlgebra, parseMarker } from '@pyplan/markers';
import { difference, firstDifference } from './difference.ts';

/** Two markers and how the sets of environments in which they hold lie to each other. */
interface MarkerAlgebraVector {
  readonly a: string;
  readonly b: string;
  readonly empty: boolean;
  readonly full: boolean;
  readonly disjoint: boolean;
  readonly subset: boolean;
  readonly superset: boolean;
  readonly equivalent: boolean;
}

export function checkMarkerAlgebra(vector: MarkerAlgebraVector): string | null {
  const algebra = createMarkerAlgebra();
  const [a, b] = [algebra.of(parseMarker(vector.a)), algebra.of(parseMarker(vector.b))];
  const pair = `"${vector.a}" and "${vector.b}"`;
  return firstDifference([
    difference(`empty of "${vector.a}"`, algebra.isEmpty(a), vector.empty),
    difference(`full of "${vector.a}"`, algebra.isFull(a), vector.full),
    difference(`disjoint of ${pair}`, algebra.areDisjoint(a, b), vector.disjoint),
    difference(`subset of ${pair}`, algebra.isSubset(a, b), vector.subset),
    difference(`superset of ${pair}`, algebra.isSubset(b, a), vector.superset),
    difference(`equivalent of ${pair}`, algebra.areEquivalent(a, b), vector.equivalent),
  ]);
}
