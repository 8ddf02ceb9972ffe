import { evaluateMarker, normalizeName } from '@pyplan/markers';
import type { Demand, PlannedPackage } from '../resolution.ts';
import type { RootDemand } from '../world/demands.ts';
import type { AskingCause, DifferenceCause } from './difference.ts';
import { factsOfDemand, type Side } from './side.ts';

/**
 * Why a side does not have a demand that another one has: the marker of it, where whoever asks is the same on both,
 * else that whoever asks is not. Wheels of one version whose metadata disagree are told apart by their tags.
 */
export function whyNotAsked(
  side: Side,
  other: Side,
  name: string,
  demand: Demand,
): readonly DifferenceCause[] {
  const sides = [other.index];
  if (demand.from === null) {
    const kind = isWritten(side, demand) ? 'marker' : 'requirement';
    return [
      { kind, sides, by: null, package: name, text: demand.text, origin: demand.origin, constraint: false },
    ];
  }
  const [here, there] = [side.packages.get(demand.from), other.packages.get(demand.from)];
  if (there === undefined) return [];
  const by = { name: there.name, version: there.version };
  const asking: AskingCause = { by, package: name, text: demand.text, origin: null, constraint: false };
  if (here === undefined || here.version !== there.version)
    return [{ kind: 'requirement', sides, ...asking }];
  const marker = factsOfDemand(other, name, demand)?.marker ?? null;
  if (marker === null) {
    return [{ kind: 'wheel-tag', sides: [side.index], package: there.name, version: there.version }];
  }
  const more = there.extras.filter((extra) => !here.extras.includes(extra));
  const { environment } = side.world.policy.target;
  if (!more.some((extra) => evaluateMarker(marker, environment, extra))) {
    return [{ kind: 'marker', sides, ...asking }];
  }
  return [{ kind: 'requirement', sides, ...asking }, ...whyExtras(side, other, there, more)];
}

/** Who asks for extras on the other side that this one does not have. */
function whyExtras(
  side: Side,
  other: Side,
  { name, demands }: PlannedPackage,
  extras: readonly string[],
): readonly DifferenceCause[] {
  return demands
    .filter((demand) => factsOfDemand(other, name, demand)?.extras.some((extra) => extras.includes(extra)))
    .filter((demand) => !isAskedOn(side, name, demand))
    .flatMap((demand) => whyNotAsked(side, other, name, demand));
}

/** Whether a side has the same demand. */
export function isAskedOn(side: Side, name: string, { from, text }: Demand): boolean {
  const demands = side.packages.get(name)?.demands ?? [];
  return demands.some((demand) => demand.from === from && demand.text === text);
}

function isWritten(side: Side, { text, origin }: Demand): boolean {
  return side.world.demands.written.some(
    (root) =>
      root.requirement.text === text &&
      root.origin.source === origin?.source &&
      root.origin.line === origin.line,
  );
}

/** Why a line of the user's, a requirement or a constraint, holds on the other side alone. */
export function whyLine(side: Side, other: Side, { root }: RootDemand, constraint: boolean): DifferenceCause {
  const written = other.world.demands.written.some((each) => each.requirement.text === root.requirement.text);
  return {
    kind: written ? 'marker' : 'requirement',
    sides: [side.index],
    by: null,
    package: normalizeName(root.requirement.name),
    text: root.requirement.text,
    origin: root.origin,
    constraint,
  };
}
