import { isAskedOn, whyNotAsked } from './asking.ts';
import type { DifferenceCause } from './difference.ts';
import type { Side } from './side.ts';

/** Why a side does not have a package that the other one has: what becomes of each demand for it. */
export function whyAbsent(side: Side, other: Side, name: string): readonly DifferenceCause[] {
  const demands = other.packages.get(name)?.demands ?? [];
  return demands
    .filter((demand) => !isAskedOn(side, name, demand))
    .flatMap((demand) => whyNotAsked(side, other, name, demand));
}
