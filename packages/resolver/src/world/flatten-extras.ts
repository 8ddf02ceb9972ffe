import type { RequirementFacts } from '../facts/requirement-facts.ts';

/** A requirement that holds on the target, with the markers it holds under, as text. */
export interface ActiveRequirement {
  readonly facts: RequirementFacts;
  readonly marker: string;
}

/**
 * Replaces a project's requirements on itself with an extra (`all = ["self[a,b]"]`) by what those extras
 * require, however deep; the specifier of such a requirement stays as one on the project.
 *
 * @param requirementsUnder the requirements that hold under an extra, or without one
 */
export function flattenExtras(
  project: string,
  extra: string | null,
  requirementsUnder: (extra: string | null) => readonly RequirementFacts[],
): readonly ActiveRequirement[] {
  const own = requirementsUnder(extra).map((facts) => ({ facts, marker: facts.environmentPart }));
  const isSelf = ({ facts }: ActiveRequirement): boolean =>
    facts.project === project && facts.extras.length > 0;
  if (!own.some(isSelf)) return own;
  const all = [...own];
  const seen = new Set<string>();
  const queue = own.filter(isSelf);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const nested of next.facts.extras) {
      const key = `${nested} ${next.marker}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const facts of requirementsUnder(nested)) {
        const active = { facts, marker: both(next.marker, facts.environmentPart) };
        all.push(active);
        if (isSelf(active)) queue.push(active);
      }
    }
  }
  const bounds = all.filter((active) => isSelf(active) && active.facts.specifier.specifiers.length > 0);
  return [
    ...all.filter((active) => !isSelf(active)),
    ...bounds.map(({ facts, marker }) => ({ facts: { ...facts, extras: [] }, marker })),
  ];
}

function both(a: string, b: string): string {
  if (a === '' || a === b) return b;
  return b === '' ? a : `(${a}) and (${b})`;
}
