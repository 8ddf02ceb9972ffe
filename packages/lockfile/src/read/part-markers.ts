import { parseMarker } from '@pyplan/markers';

/** A part of a project that can be installed apart: itself, one of its extras, one of its dependency groups. */
export type LockPart =
  | { readonly kind: 'base' }
  | { readonly kind: 'extra'; readonly name: string }
  | { readonly kind: 'group'; readonly name: string };

/**
 * One marker for a package that several parts of a project want, each on some environments (null: on all), with
 * `extras` and `dependency_groups` as lock files have them (PEP 751). Null: always.
 */
export function combineParts(
  wants: readonly (readonly [part: LockPart, marker: string | null])[],
): string | null {
  const base = wants.filter(([part]) => part.kind === 'base').map(([, marker]) => marker);
  if (base.includes(null)) return null;
  const clauses = [...new Set(base)].filter((marker) => marker !== null);
  if (wants.length === 0) throw new RangeError('no part wants the package');
  const others = Map.groupBy(
    wants.filter(([part, marker]) => part.kind !== 'base' && !base.includes(marker)),
    ([, marker]) => marker,
  );
  for (const [marker, group] of others) {
    const asked = joinMarkers(
      'or',
      group.map(([part]) => partMarker(part)).filter((text) => text !== null),
    );
    clauses.push(marker === null ? asked : joinMarkers('and', [asked, marker]));
  }
  return joinMarkers('or', clauses);
}

/** Markers joined by a word, with parentheses where they are needed; each text once. */
export function joinMarkers(word: 'and' | 'or', markers: readonly string[]): string {
  const distinct = [...new Set(markers)];
  if (distinct.length === 1) return distinct[0] ?? '';
  return distinct
    .map((text) => (word === 'and' && isAlternative(text) ? `(${text})` : text))
    .join(` ${word} `);
}

/** Both hold; null is always. */
export function bothMarkers(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return joinMarkers('and', [a, b]);
}

/** That a part is asked for, or is not; null for the project itself, which always is. */
export function partMarker(part: LockPart, isAsked = true): string | null {
  const operator = isAsked ? 'in' : 'not in';
  switch (part.kind) {
    case 'base':
      return null;
    case 'extra':
      return `'${part.name}' ${operator} extras`;
    case 'group':
      return `'${part.name}' ${operator} dependency_groups`;
    default:
      return part satisfies never;
  }
}

function isAlternative(text: string): boolean {
  return text.includes(' or ') && parseMarker(text).kind === 'or';
}
