import { formatMarker } from '../marker/format-marker.ts';
import type { Marker } from '../marker/marker.ts';
import { parseMarker } from '../marker/parse-marker.ts';
import { lowestCut } from '../range/cut.ts';
import { MAX_BOUNDS } from '../text/limits.ts';
import { type Decision, type DiagramNode, type Diagrams, levelOf } from './diagram.ts';
import { join, type Meaning, shortest, spellSet, withoutPosts } from './spell-set.ts';

/** Sets of one level each, all of which must hold. */
type Clause = readonly Decision[];

/** A way to write clauses: as they are, joined by `or`; or those of the complement the other way round. */
type Form = {
  readonly outer: 'and' | 'or';
  readonly inner: 'and' | 'or';
  /** A marker for a set of one level; none where none can say it. */
  readonly spell: (set: Decision) => readonly Marker[];
  readonly meaning: Meaning;
};

/**
 * The shortest marker found for a set between `set and care` and `set or not care`; null where none is needed,
 * undefined where none can say it. Tried: clauses joined by `or`, and clauses joined by `and` (from the complement).
 */
export function shortestMarker(
  diagrams: Diagrams,
  build: (marker: Marker) => DiagramNode,
  set: DiagramNode,
  care: DiagramNode,
): Marker | null | undefined {
  const { and, not, or, isWithin, restrict, empty, full } = diagrams;
  const lower = dropPosts(diagrams, and(set, care));
  const upper = dropPosts(diagrams, or(set, not(care)));
  if (lower === empty) return parseMarker('python_version < "0"');
  if (upper === full) return null;
  const meaning = (marker: Marker): DiagramNode => dropPosts(diagrams, build(marker));
  const direct = formOf(meaning, (node) => node, 'or', 'and');
  const dual = formOf(meaning, not, 'and', 'or');
  const found = [...new Set([set, restrict(set, care)])].flatMap((one) => {
    const simple = dropPosts(diagrams, one);
    return [
      say(diagrams, direct, simple, lower, upper),
      say(diagrams, dual, not(simple), not(upper), not(lower)),
    ];
  });
  // What could not be said was left out; so each is judged as a whole.
  return shortest(
    found.filter((marker) => isWithin(lower, meaning(marker)) && isWithin(meaning(marker), upper)),
  );
}

/** The set without Python's post-releases, of which there are none. */
function dropPosts(diagrams: Diagrams, node: DiagramNode): DiagramNode {
  if (node.atom === null || node.atom.cut === null || node.atom.variable !== 'python_full_version')
    return node;
  return levelOf(node).reduceRight((missed, { atom, held }) => {
    const plain = diagrams.below(atom.variable, withoutPosts(atom.cut ?? lowestCut));
    return diagrams.make(plain, held, missed.atom === plain ? missed.missed : missed);
  }, node.rest);
}

function formOf(
  meaning: Meaning,
  turned: (node: DiagramNode) => DiagramNode,
  outer: 'and' | 'or',
  inner: 'and' | 'or',
): Form {
  const spelled = new Map<Decision, readonly Marker[]>();
  const spell = (set: Decision): readonly Marker[] => {
    let markers = spelled.get(set);
    if (markers === undefined) {
      const marker = spellSet(turned(set) as Decision, meaning);
      markers = marker ? [marker] : [];
      spelled.set(set, markers);
    }
    return markers;
  };
  return { outer, inner, spell, meaning: (marker) => turned(meaning(marker)) };
}

/** A marker for a set between `lower` and `upper`, from the clauses of one such set. What can't be said is left out. */
function say(
  diagrams: Diagrams,
  form: Form,
  simple: DiagramNode,
  lower: DiagramNode,
  upper: DiagramNode,
): Marker {
  const { or, isWithin, empty } = diagrams;
  const said = waysThrough(diagrams, simple)
    .map((way) => {
      const clause = widen(diagrams, way, upper);
      const marker = factor(form, [clause]);
      return { clause, set: form.meaning(marker), size: formatMarker(marker).length };
    })
    .filter(({ set }) => isWithin(set, upper));
  let kept = said;
  for (const one of said.toSorted((a, b) => b.size - a.size)) {
    const fewer = kept.filter((other) => other !== one);
    if (isWithin(lower, fewer.map(({ set }) => set).reduce(or, empty))) kept = fewer;
  }
  return factor(
    form,
    kept.map(({ clause }) => clause),
  );
}

/** The clauses as a marker; a set that most of them have in common is said once, then that of the others. */
function factor(form: Form, clauses: readonly Clause[]): Marker {
  const { outer, inner, spell } = form;
  const sets = clauses.flat();
  const uses = (set: Decision): number => sets.filter((other) => other === set).length;
  const [common] = sets.toSorted((a, b) => uses(b) - uses(a));
  if (common === undefined || uses(common) < 2) {
    return join(
      outer,
      clauses.map((clause) => join(inner, clause.flatMap(spell))),
    );
  }
  const rests = clauses
    .filter((clause) => clause.includes(common))
    .map((clause) => clause.filter((set) => set !== common));
  const others = clauses.filter((clause) => !clause.includes(common));
  const factored = join(inner, [...spell(common), factor(form, rests)]);
  return others.length > 0 ? join(outer, [factored, factor(form, others)]) : factored;
}

/** The ways through a diagram that end in full, each as the sets of its levels. */
function waysThrough(diagrams: Diagrams, node: DiagramNode): readonly Clause[] {
  const { make, full, empty } = diagrams;
  if (node.atom === null) return node === full ? [[]] : [];
  const level = levelOf(node);
  const rest = level.at(-1)?.missed ?? empty;
  return [...new Set([...level.map(({ held }) => held), rest])].flatMap((child) => {
    const isChild = (one: DiagramNode): DiagramNode => (one === child ? full : empty);
    const set = level.reduceRight(
      (missed, { atom, held }) => make(atom, isChild(held), missed),
      isChild(rest),
    );
    return waysThrough(diagrams, child).map((way) => [set as Decision, ...way]);
  });
}

/** The clause with each set as wide as the upper set allows: without bounds and exceptions that can be spared. */
function widen(
  { make, and, or, not, isWithin, empty, full }: Diagrams,
  clause: Clause,
  upper: DiagramNode,
): Clause {
  let kept: readonly DiagramNode[] = clause;
  for (const set of clause) {
    const others = kept.filter((other) => other !== set).reduce(and, full);
    const level = levelOf(set);
    const wider = (level.length > MAX_BOUNDS ? [] : level).flatMap(({ atom }) => {
      const held = make(atom, full, empty);
      return [held, not(held)];
    });
    const wide = [full, ...wider].reduce<DiagramNode>((narrow, more) => {
      const both = or(narrow, more);
      return isWithin(and(others, both), upper) ? both : narrow;
    }, set);
    kept = kept.map((other) => (other === set ? wide : other)).filter((other) => other !== full);
  }
  return kept as Clause;
}
