import {
  evaluateMarker,
  normalizeName,
  parseIndexRequirement,
  parseRequirement,
  type Requirement,
} from '@pyplan/markers';
import type { Plan, PlannedPackage } from '@pyplan/resolver';
import type { LockPart } from './read/part-markers.ts';

/** A part of a project and what it asks for: the project's own dependencies, an extra's, a dependency group's. */
export interface ProjectPart {
  readonly part: LockPart;
  readonly requirements: readonly Requirement[];
  /** Parts that come with it: extras that an extra asks for, groups that a group includes. Default: none. */
  readonly includes?: readonly LockPart[];
}

/** A planned package with one of its extras, or without ('' then). */
interface Visit {
  readonly name: string;
  readonly extra: string;
}

/**
 * The packages of a plan that a part leads to, by normalised name.
 *
 * Where an extra asks for other extras of its own package, the plan does not keep through which one a requirement is
 * active; then it counts for each extra, so that a part may get more than it needs, never less.
 */
export function packagesOfPart(plan: Plan, { requirements }: ProjectPart): ReadonlySet<string> {
  const { environment } = plan.target;
  const byName = new Map(plan.packages.map((item) => [item.name, item]));
  const seen = new Set<string>();
  const reached = new Set<string>();
  const queue: Visit[] = [];
  const visit = (name: string, extras: readonly string[]): void => {
    for (const extra of ['', ...extras]) {
      const key = `${name}[${extra}]`;
      if (seen.has(key) || !byName.has(name)) continue;
      seen.add(key);
      reached.add(name);
      queue.push({ name, extra });
    }
  };
  for (const { name, extras, marker } of requirements) {
    if (marker === null || evaluateMarker(marker, environment))
      visit(normalizeName(name), extras.map(normalizeName));
  }
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const item = byName.get(next.name);
    if (item === undefined) continue;
    for (const needed of item.requires) {
      if (isActive(needed.text, next.extra, item, plan)) visit(needed.name, needed.extras);
    }
  }
  return reached;
}

/** Whether the package without extras (''), or the extra alone, needs it. */
function isActive(text: string, extra: string, item: PlannedPackage, plan: Plan): boolean {
  const { marker } = parseIndexRequirement(text).requirement;
  if (marker === null) return extra === '';
  const { environment } = plan.target;
  if (evaluateMarker(marker, environment)) return extra === '';
  if (extra === '') return false;
  if (evaluateMarker(marker, environment, extra)) return true;
  const asked = askedExtras(item);
  return !item.extras.some((name) => asked.has(name) && evaluateMarker(marker, environment, name));
}

/** The extras that somebody else asked for by name. */
function askedExtras(item: PlannedPackage): ReadonlySet<string> {
  return new Set(
    item.demands.flatMap(({ text }) => {
      try {
        return parseRequirement(text).extras.map(normalizeName);
      } catch {
        // Served by an index and repaired: its extras are among those in force, and count as asked for by nobody.
        return [];
      }
    }),
  );
}
