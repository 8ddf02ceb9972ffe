/** Sets of numbers by the book: what rank sets and terms are checked against. */
type Numbers = ReadonlySet<number>;

export function intersection(a: Numbers, b: Numbers): Numbers {
  return new Set([...a].filter((member) => b.has(member)));
}

export function union(a: Numbers, b: Numbers): Numbers {
  return new Set([...a, ...b]);
}

export function difference(a: Numbers, b: Numbers): Numbers {
  return new Set([...a].filter((member) => !b.has(member)));
}

export function isSubset(a: Numbers, b: Numbers): boolean {
  return [...a].every((member) => b.has(member));
}

export function isDisjoint(a: Numbers, b: Numbers): boolean {
  return [...a].every((member) => !b.has(member));
}
