import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Incompatibility, PackageId } from '../../src/solver/incompatibility.ts';
import { emptyPartialSolution, searchSatisfier } from '../../src/solver/partial-solution.ts';
import { intersectTerms, isAlwaysTrue, relateTerm, type Term, uniteTerms } from '../../src/solver/term.ts';
import { type Entry, scriptPackages, step, take } from '../support/partial-solution-script.ts';
import { term } from '../support/rank-arbitraries.ts';

/** What is known of a package after some assignments. */
function knownOf(entries: readonly Entry[], id: PackageId): Term | undefined {
  const own = entries.filter((entry) => entry.id === id).map((entry) => entry.term);
  return own.length === 0 ? undefined : own.reduce(intersectTerms);
}

function satisfies(entries: readonly Entry[], { packages, terms }: Incompatibility): boolean {
  return packages.every((id, i) => {
    const known = knownOf(entries, id);
    const wanted = terms[i];
    return known !== undefined && wanted !== undefined && relateTerm(wanted, known) === 'satisfied';
  });
}

/** The first assignment up to which the incompatibility is satisfied, by looking at every prefix. */
function firstSatisfying(
  entries: readonly Entry[],
  incompatibility: Incompatibility,
  also: readonly Entry[] = [],
): number {
  for (let length = 0; length <= entries.length; length++) {
    if (satisfies([...entries.slice(0, length), ...also], incompatibility)) return length - 1;
  }
  return entries.length;
}

describe('the search for the satisfier', () => {
  test('finds what looking at every prefix of the assignments finds', () => {
    let backtracks = 0;
    let resolutions = 0;
    const slack = fc.array(fc.option(term, { nil: undefined }), {
      minLength: scriptPackages.length,
      maxLength: scriptPackages.length,
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), slack, (steps, wider) => {
        const solution = emptyPartialSolution();
        const entries: Entry[] = [];
        const store: Incompatibility[] = [];
        for (const next of steps) take(solution, entries, store, next);
        // Terms that hold by what is known, some of them made wider; one that always holds is never kept.
        const parts = scriptPackages.flatMap((id, i) => {
          const known = knownOf(entries, id);
          const extra = wider[i];
          if (known === undefined || extra === undefined) return [];
          const wanted = uniteTerms(known, extra);
          return isAlwaysTrue(wanted) ? [] : [[id, wanted] as const];
        });
        fc.pre(parts.length > 0);
        const incompatibility: Incompatibility = {
          packages: parts.map(([id]) => id),
          terms: parts.map(([, wanted]) => wanted),
          cause: { kind: 'root' },
        };
        const at = firstSatisfying(entries, incompatibility);
        const satisfier = entries[at];
        fc.pre(satisfier !== undefined);
        if (satisfier === undefined) return;
        const before = firstSatisfying(entries.slice(0, at), incompatibility, [satisfier]);
        // The package of the satisfier counts from where it was first heard of, as in pubgrub-rs.
        const heardOf = entries.find(({ id }) => id === satisfier.id)?.level ?? 1;
        const level = Math.max(entries[before]?.level ?? 1, heardOf, 1);
        const found = searchSatisfier(solution, incompatibility, store);
        expect(found.package).toBe(satisfier.id);
        if (satisfier.isDecision || level < satisfier.level) {
          backtracks++;
          expect(found).toMatchObject({ kind: 'backtrack', package: satisfier.id, level });
        } else {
          resolutions++;
          expect(found.kind).toBe('resolve');
          if (found.kind === 'resolve') expect(store[found.cause]?.packages).toEqual([satisfier.id]);
        }
      }),
      { numRuns: 3000 },
    );
    // Both outcomes are common, or the property would say little.
    expect(Math.min(backtracks, resolutions)).toBeGreaterThan(100);
  });
});
