/** Two markers and how the sets of environments in which they hold lie to each other. */
export interface MarkerAlgebraVector {
  readonly a: string;
  readonly b: string;
  readonly empty: boolean;
  readonly full: boolean;
  readonly disjoint: boolean;
  readonly subset: boolean;
  readonly superset: boolean;
  readonly equivalent: boolean;
}

export function checkMarkerAlgebra(_: MarkerAlgebraVector): string | null {
  return 'the marker algebra is not built yet';
}
