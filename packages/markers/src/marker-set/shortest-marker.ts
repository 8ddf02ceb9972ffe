import { formatMarker } from '../marker/format-marker.ts';
import type { Marker } from '../marker/marker.ts';
import { parseMarker } from '../marker/parse-marker.ts';
import { lowestCut } from '../range/cut.ts';
import { MAX_BOUNDS } from '../text/limits.ts';
import { type Decision, type DiagramNode, type Diagrams, intern, levelOf } from './diagram.ts';
import { joinParts, shortest, spellSet, withoutPosts } from './spell-set.ts';

/** Sets of one level each, all of which must hold. */
type Clause = readonly DiagramNode[];

/**
 * The shortest marker found for a set between `set and care` and `set or not care`; null where none is needed,
 * undefined where none can say it. Tried: clauses joined by `or`, and clauses joined by `and` (from the complement).
 */
export function shortestMarker(
  { below, make, and, or, not, isWithin, restrict, empty, full }: Diagrams,
  build: (marker: Marker) => DiagramNode,
  set: DiagramNode,
  care: DiagramNode,
): Marker | null | undefined {
  const spelled = new Map<DiagramNode, Marker>();
  const lower = dropPosts(and(set, care));
  const upper = dropPosts(or(set, not(care)));
  if (lower === empty) return parseMarker('python_version < "0"');
  if (upper === full) return null;
  const found = [...new Set([set, restrict(set, care)])].flatMap((one) => {
    const simple = dropPosts(one);
    return [
      say(simple, lower, upper, 'or', 'and', (node) => node),
      say(not(simple), not(upper), not(lower), 'and', 'or', not),
    ];
  });
  // What could not be said is missing; so each is judged as a whole.
  return shortest(
    found.filter((marker) => isWithin(lower, meaning(marker)) && isWithin(meaning(marker), upper)),
  );

  function meaning(marker: Marker): DiagramNode {
    return dropPosts(build(marker));
  }

  /** The set without Python's post-releases, of which there are none. */
  function dropPosts(node: DiagramNode): DiagramNode {
    if (!node.atom?.cut || node.atom.variable !== 'python_full_version') return node;
    return levelOf(node).reduceRight((missed, { atom, held }) => {
      const plain = below(atom.variable, withoutPosts(atom.cut ?? lowestCut));
      return make(plain, held, missed.atom === plain ? missed.missed : missed);
    }, node.rest);
  }

  /**
   * A marker for a set between `low` and `high`, from the clauses of a set between them. Where `turned` gives the
   * complement, it is the marker of the complement. What can't be said is said as nothing.
   */
  function say(
    simple: DiagramNode,
    low: DiagramNode,
    high: DiagramNode,
    outer: 'and' | 'or',
    inner: 'and' | 'or',
    turned: (node: DiagramNode) => DiagramNode,
  ): Marker {
    const said = waysThrough(simple)
      .map((way) => {
        const clause = widen(way, high);
        const marker = factor([clause]);
        return { clause, values: turned(meaning(marker)), size: formatMarker(marker).length };
      })
      .filter(({ values }) => isWithin(values, high));
    let kept = said;
    for (const one of said.toSorted((a, b) => b.size - a.size)) {
      const fewer = kept.filter((other) => other !== one);
      if (isWithin(low, fewer.map(({ values }) => values).reduce(or, empty))) kept = fewer;
    }
    return factor(kept.map(({ clause }) => clause));

    function spell(values: DiagramNode): Marker {
      const node = turned(values);
      return intern(spelled, node, () => spellSet(node as Decision, meaning));
    }

    /** The clauses as a marker; a set that most of them have in common is said once, then that of the others. */
    function factor(clauses: readonly Clause[]): Marker {
      const sets = clauses.flat();
      const uses = (values: DiagramNode): number => sets.filter((other) => other === values).length;
      const [common] = sets.toSorted((a, b) => uses(b) - uses(a));
      if (!common || uses(common) < 2) {
        return joinParts(
          outer,
          clauses.map((clause) => joinParts(inner, clause.map(spell))),
        );
      }
      const rests = clauses
        .filter((clause) => clause.includes(common))
        .map((clause) => clause.filter((values) => values !== common));
      const others = clauses.filter((clause) => !clause.includes(common));
      const factored = joinParts(inner, [spell(common), factor(rests)]);
      return others.length > 0 ? joinParts(outer, [factored, factor(others)]) : factored;
    }
  }

  /** The ways through a diagram that end in full, each as the sets of its levels. */
  function waysThrough(node: DiagramNode): readonly Clause[] {
    if (!node.atom) return node === full ? [[]] : [];
    const level = levelOf(node);
    const rest = level.at(-1)?.missed ?? empty;
    return [...new Set([...level.map(({ held }) => held), rest])].flatMap((child) => {
      const isChild = (one: DiagramNode): DiagramNode => (one === child ? full : empty);
      const values = level.reduceRight(
        (missed, { atom, held }) => make(atom, isChild(held), missed),
        isChild(rest),
      );
      return waysThrough(child).map((way) => [values, ...way]);
    });
  }

  /** The clause with each set as wide as the upper set allows: without bounds and exceptions that can be spared. */
  function widen(clause: Clause, high: DiagramNode): Clause {
    let kept = clause;
    for (const values of clause) {
      const others = kept.filter((other) => other !== values).reduce(and, full);
      const level = levelOf(values as Decision);
      const wider = (level.length > MAX_BOUNDS ? [] : level).flatMap(({ atom }) => {
        const held = make(atom, full, empty);
        return [held, not(held)];
      });
      const wide = [full, ...wider].reduce((narrow, more) => {
        const both = or(narrow, more);
        return isWithin(and(others, both), high) ? both : narrow;
      }, values);
      kept = kept.map((other) => (other === values ? wide : other)).filter((other) => other !== full);
    }
    return kept;
  }
}
