import type { DifferenceCause } from './difference.ts';

const order: Readonly<Record<DifferenceCause['kind'], number>> = {
  'requires-python': 0,
  'wheel-tag': 1,
  'upload-time': 2,
  unavailable: 3,
  marker: 4,
  requirement: 5,
};

/** Causes that are alike become one that acts on all their sides; ends come first, requirements last. */
export function mergedCauses(causes: readonly DifferenceCause[]): readonly DifferenceCause[] {
  const byKey = Map.groupBy(causes, ({ sides: _, ...cause }) => JSON.stringify(cause));
  return [...byKey.values()]
    .flatMap((group) => {
      const [first] = group;
      const sides = [...new Set(group.flatMap((cause) => cause.sides))].sort((a, b) => a - b);
      return first === undefined ? [] : [{ ...first, sides }];
    })
    .sort((a, b) => order[a.kind] - order[b.kind]);
}
