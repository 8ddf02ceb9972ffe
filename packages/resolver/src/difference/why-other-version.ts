import { evaluateMarker } from '@pyplan/markers';
import { ranksAdmitted } from '../facts/facts.ts';
import type { RequirementFacts } from '../facts/requirement-facts.ts';
import { ranksContain } from '../solver/rank-set.ts';
import { isAskedOn, whyLine, whyNotAsked } from './asking.ts';
import type { AskingCause, DifferenceCause } from './difference.ts';
import { factsOfDemand, placeOf, type Side } from './side.ts';
import { whyNoCandidate } from './why-not.ts';

/**
 * Why a side does not have the version of a package that the other one has: the version is no candidate, something
 * in the side's plan does not admit it, or it asks for what the side's plan does not have. Where none of these holds,
 * why the other one does not have the side's version, and what is asked for here alone.
 */
export function whyOtherVersion(side: Side, other: Side, name: string): readonly DifferenceCause[] {
  const forward = obstacles(side, other, name, new Set());
  if (forward.length > 0) return forward;
  return [...obstacles(other, side, name, new Set()), ...askedHereAlone(side, other, name)];
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
    ...excluding.flatMap((demand) => whyNotAsked(other, side, name, demand)),
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
  return requirementsOf(side, other, name, version).flatMap((facts): readonly DifferenceCause[] => {
    const present = side.packages.get(facts.project);
    const asks = asking(side, name, version, facts);
    // Of what is looked at in the other one's version already, that version counts and not the side's own.
    if (seen.has(facts.project) && isAskedHereAlone(side, other, name, facts)) {
      return [{ kind: 'marker', ...asks }];
    }
    if (present === undefined) {
      if (!other.packages.has(facts.project))
        return canBeHad(side, facts) ? [] : [{ kind: 'marker', ...asks }];
      const further = obstacles(side, other, facts.project, seen);
      if (further.length > 0) return [{ kind: 'requirement', ...asks }, ...further];
      // What the other one has does not show what this would lead to: it is asked for other versions there.
      return isAskedHereAlone(side, other, name, facts) ? [{ kind: 'marker', ...asks }] : [];
    }
    const place = placeOf(side, facts.project, present.version);
    if (place === null || facts.url !== null) return [];
    if (ranksContain(ranksAdmitted(place.page, facts), place.rank)) {
      return unmetExtras(side, other, facts, asks, seen);
    }
    if (!holdsOn(other, facts, other.packages.get(name)?.extras ?? [])) return [{ kind: 'marker', ...asks }];
    const further = obstacles(side, other, facts.project, seen);
    // Where the version that is wanted could be had, it is another demand that led the search to the one that is there.
    const causes = further.length > 0 ? further : demandsHereAlone(side, other, facts.project, seen);
    // With nothing in the way what is there would simply follow.
    return causes.length === 0 ? [] : [{ kind: 'requirement', ...asks }, ...causes];
  });
}

/** Whether a requirement that the other side does not have leaves out the version that it has of what is asked for. */
function isAskedHereAlone(side: Side, other: Side, name: string, facts: RequirementFacts): boolean {
  if (holdsOn(other, facts, other.packages.get(name)?.extras ?? [])) return false;
  const there = other.packages.get(facts.project);
  const place = there === undefined ? null : placeOf(side, facts.project, there.version);
  return place !== null && !ranksContain(ranksAdmitted(place.page, facts), place.rank);
}

function demandsHereAlone(
  side: Side,
  other: Side,
  name: string,
  seen: ReadonlySet<string>,
): readonly DifferenceCause[] {
  const demands = side.packages.get(name)?.demands ?? [];
  return demands
    .filter(({ from }) => from === null || !seen.has(from))
    .filter((demand) => !isAskedOn(other, name, demand))
    .flatMap((demand) => whyNotAsked(other, side, name, demand));
}

/** Of a package that the side has already, what it would ask for under extras that it does not have there. */
function unmetExtras(
  side: Side,
  other: Side,
  { project, extras }: RequirementFacts,
  asks: AskingCause & { readonly sides: readonly number[] },
  seen: Set<string>,
): readonly DifferenceCause[] {
  const [here, there] = [side.packages.get(project), other.packages.get(project)];
  const isMore = extras.some((extra) => here?.extras.includes(extra) === false);
  const key = `${project}[]`;
  if (!isMore || here?.version !== there?.version || there === undefined || seen.has(key)) return [];
  seen.add(key);
  const further = unmet(side, other, project, there.version, seen);
  return further.length === 0 ? [] : [{ kind: 'requirement', ...asks }, ...further];
}

/**
 * What the other's version, and those that it needs there and this side does not have, would ask of this side alone:
 * something is in the way that the plans do not show.
 */
export function askedHereAlone(side: Side, other: Side, name: string): readonly DifferenceCause[] {
  const causes: DifferenceCause[] = [...demandsHereAlone(side, other, name, new Set())];
  const reached = new Set([name]);
  for (const next of reached) {
    const planned = other.packages.get(next);
    if (planned === undefined) continue;
    for (const facts of requirementsOf(side, other, next, planned.version)) {
      if (!holdsOn(other, facts, planned.extras)) {
        causes.push({ kind: 'marker', ...asking(side, next, planned.version, facts) });
      } else if (side.packages.get(facts.project)?.version !== other.packages.get(facts.project)?.version) {
        causes.push({ kind: 'requirement', ...asking(side, next, planned.version, facts) });
        reached.add(facts.project);
      }
    }
  }
  return causes;
}

function asking(
  { index }: Side,
  name: string,
  version: string,
  { project, text }: RequirementFacts,
): AskingCause & { readonly sides: readonly number[] } {
  return { by: { name, version }, package: project, text, origin: null, constraint: false, sides: [index] };
}

/** The requirements of the other's version that hold on the side, under the extras in force on the other. */
function requirementsOf(side: Side, other: Side, name: string, version: string): readonly RequirementFacts[] {
  const planned = other.packages.get(name);
  const place = placeOf(side, name, version);
  if (planned === undefined || place === null) return [];
  const { world } = side;
  const known = world.metadataOf(name, place.rank);
  // Where the side has not read its own file's metadata, that of the other's file stands for it.
  const metadata = known.kind === 'known' ? known.facts : place.page.metadata.get(planned.file.filename);
  if (metadata?.kind !== 'metadata') return [];
  const text = place.page.page.versions[place.rank];
  const own = text === undefined ? null : world.demands.scopes.of(name, text);
  const isReplaced = (project: string): boolean =>
    world.demands.overrides.has(project) ||
    own?.overrides.has(project) === true ||
    own?.excludes.has(project) === true;
  return metadata.requirements.filter(
    (facts) =>
      facts.project !== name &&
      !isReplaced(facts.project) &&
      !world.options.excludes.has(facts.project) &&
      holdsOn(side, facts, planned.extras),
  );
}

function holdsOn({ world }: Side, { marker }: RequirementFacts, extras: readonly string[]): boolean {
  const { environment } = world.policy.target;
  return marker === null || ['', ...extras].some((extra) => evaluateMarker(marker, environment, extra));
}

/** Whether a side could have some version of what is asked for, as far as pages tell. */
function canBeHad({ world }: Side, facts: RequirementFacts): boolean {
  const page = world.page(facts.project);
  if (page === undefined) return true;
  return page !== null && world.peek(facts.project, ranksAdmitted(page, facts)).kind !== 'none';
}
