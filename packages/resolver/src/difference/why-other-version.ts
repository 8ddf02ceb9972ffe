import { evaluateMarker } from '@pyplan/markers';
import { ranksAdmitted } from '../facts/facts.ts';
import type { RequirementFacts } from '../facts/requirement-facts.ts';
import { ranksContain } from '../solver/rank-set.ts';
import { whyLine, whyNotAsked } from './asking.ts';
import type { DifferenceCause } from './difference.ts';
import { factsOfDemand, placeOf, type Side } from './side.ts';
import { whyNoCandidate } from './why-not.ts';

/**
 * Why a side does not have the version of a package that the other one has: the version is no candidate, something
 * in the side's plan does not admit it, or it asks for what the side's plan does not have. Where none of these holds,
 * why the other one does not have the side's version.
 */
export function whyOtherVersion(side: Side, other: Side, name: string): readonly DifferenceCause[] {
  const forward = obstacles(side, other, name, new Set());
  return forward.length > 0 ? forward : obstacles(other, side, name, new Set());
}

function obstacles(side: Side, other: Side, name: string, seen: Set<string>): readonly DifferenceCause[] {
  const version = other.packages.get(name)?.version;
  if (version === undefined || seen.has(name)) return [];
  seen.add(name);
  return [
    ...whyNoCandidate(side, name, version),
    ...unadmitted(side, other, name, version, seen),
    ...unmet(side, other, name, version, seen),
  ];
}

/**
 * Demands of the side's own plan, and the user's constraints, that do not admit the version. Those of packages that
 * would not stay as they are do not count.
 */
function unadmitted(
  side: Side,
  other: Side,
  name: string,
  version: string,
  seen: ReadonlySet<string>,
): readonly DifferenceCause[] {
  const place = placeOf(side, name, version);
  if (place === null) return [];
  const admits = (facts: RequirementFacts): boolean =>
    facts.url !== null || ranksContain(ranksAdmitted(place.page, facts), place.rank);
  const demands = side.packages.get(name)?.demands ?? [];
  const excluding = demands.filter((demand) => {
    if (demand.from !== null && seen.has(demand.from)) return false;
    const facts = factsOfDemand(side, name, demand);
    return facts !== null && !admits(facts);
  });
  const constraints = side.world.demands.constraints.get(name) ?? [];
  return [
    // What the side asks for is what the other one lacks.
    ...excluding.flatMap((demand) => whyNotAsked(other, side, demand)),
    ...constraints
      .filter(({ facts }) => !admits(facts))
      .map((constraint) => whyLine(side, other, constraint, true)),
  ];
}

/** What the version would ask of the side's plan, which the plan does not have. */
function unmet(
  side: Side,
  other: Side,
  name: string,
  version: string,
  seen: Set<string>,
): readonly DifferenceCause[] {
  const by = { name, version };
  return requirementsOf(side, other, name, version).flatMap((facts): readonly DifferenceCause[] => {
    const present = side.packages.get(facts.project);
    const asking = { by, text: facts.text, origin: null, constraint: false, sides: [side.index] };
    if (present === undefined) {
      const further = obstacles(side, other, facts.project, seen);
      return further.length === 0 ? [] : [{ kind: 'requirement', ...asking }, ...further];
    }
    const place = placeOf(side, facts.project, present.version);
    if (place === null || facts.url !== null) return [];
    if (ranksContain(ranksAdmitted(place.page, facts), place.rank)) return [];
    const theirs = other.packages.get(facts.project);
    const isSame = theirs?.version === present.version;
    if (isSame && facts.marker !== null) return [{ kind: 'marker', ...asking }];
    return [{ kind: 'requirement', ...asking }, ...obstacles(side, other, facts.project, seen)];
  });
}

/** The requirements of a version that hold on the side, under the extras that are asked for there or on the other. */
function requirementsOf(side: Side, other: Side, name: string, version: string): readonly RequirementFacts[] {
  const planned = other.packages.get(name);
  const place = placeOf(side, name, version);
  if (planned === undefined || place === null) return [];
  const { world } = side;
  const known = world.metadataOf(name, place.rank);
  // Where the side has not read its own file's metadata, that of the other's file stands for it.
  const metadata = known.kind === 'known' ? known.facts : place.page.metadata.get(planned.file.filename);
  if (metadata?.kind !== 'metadata') return [];
  const extras = ['', ...planned.extras];
  return metadata.requirements.filter(
    ({ marker, project }) =>
      project !== name &&
      !world.demands.overrides.has(project) &&
      (marker === null ||
        extras.some((extra) => evaluateMarker(marker, world.policy.target.environment, extra))),
  );
}
