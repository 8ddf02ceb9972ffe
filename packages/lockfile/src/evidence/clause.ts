/**
 * Terms by subject, which can't all hold. A term is a set of outcomes: bit `i` for the `i`th version of the
 * subject's project, the bit above them for "not there at all".
 */
export type Clause = ReadonlyMap<string, bigint>;

/** What a subject can be: how many versions its project has, and for an extra the project. */
export interface Subject {
  readonly count: number;
  readonly project: string;
  readonly extra: string | null;
}

/** Bits of half-open intervals `[lo, hi, lo, hi, …]`. */
export function bitsOf(set: readonly number[]): bigint {
  let bits = 0n;
  for (let i = 0; i < set.length; i += 2) {
    bits |= (1n << BigInt(set[i + 1] ?? 0)) - (1n << BigInt(set[i] ?? 0));
  }
  return bits;
}

export function absent({ count }: Subject): bigint {
  return 1n << BigInt(count);
}

/** Every outcome. */
export function anything({ count }: Subject): bigint {
  return (1n << BigInt(count + 1)) - 1n;
}

/**
 * Whether the terms of `conclusion` can't all hold, given that those of each clause of `from` can't: by unit
 * propagation. Where all terms of a clause but one hold, that one does not; where none is left, it is shown.
 * An extra is at the version of its project, or not there.
 */
export function follows(
  conclusion: Clause,
  from: readonly Clause[],
  subjectOf: (name: string) => Subject,
): boolean {
  const known = new Map<string, bigint>();
  const now = (name: string): bigint => known.get(name) ?? anything(subjectOf(name));
  const mentioned = new Set([conclusion, ...from].flatMap((clause) => [...clause.keys()]));
  const extras = [...mentioned].filter((name) => subjectOf(name).extra !== null);

  /** Whether anything is left of the subject, and of those that go along with it. */
  function narrow(name: string, outcomes: bigint): boolean {
    const left = now(name) & outcomes;
    if (left === 0n) return false;
    if (left === now(name)) return true;
    known.set(name, left);
    const subject = subjectOf(name);
    if (subject.extra !== null) {
      return (left & absent(subject)) !== 0n || narrow(subject.project, left);
    }
    return extras
      .filter((extra) => subjectOf(extra).project === name)
      .every((extra) => narrow(extra, now(name) | absent(subject)));
  }

  for (const [name, outcomes] of conclusion) if (!narrow(name, outcomes)) return true;
  for (let changed = true; changed; ) {
    changed = false;
    for (const clause of from) {
      const open = [...clause].filter(([name, outcomes]) => (now(name) & ~outcomes) !== 0n);
      const [only, ...more] = open;
      if (only === undefined) return true;
      const [name, outcomes] = only;
      if (more.length > 0 || (now(name) & outcomes) === 0n) continue;
      if (!narrow(name, ~outcomes)) return true;
      changed = true;
    }
  }
  return false;
}
