import type { Ask, WorldCandidate, WorldView } from './judge/world.ts';

interface State {
  /** Wanted and not yet looked at. */
  readonly agenda: readonly Ask[];
  readonly chosen: ReadonlyMap<string, WorldCandidate>;
  /** `name[extra]` whose requirements are on the agenda or met. */
  readonly asked: ReadonlySet<string>;
}

/**
 * A plan of a small world, or null where none exists: every candidate of every wanted package is
 * tried, newest first, with no learning and no look ahead. The time is exponential.
 */
export function exhaustivePlan(view: WorldView): Readonly<Record<string, string>> | null {
  const found = search(view, { agenda: view.asks, chosen: new Map(), asked: new Set() });
  return found === null ? null : Object.fromEntries([...found].map(([name, { text }]) => [name, text]));
}

function search(view: WorldView, state: State): ReadonlyMap<string, WorldCandidate> | null {
  const [ask, ...rest] = state.agenda;
  if (ask === undefined) return state.chosen;
  const already = state.chosen.get(ask.name);
  if (already !== undefined) {
    return ask.admits(already.version) ? search(view, meet(view, state, ask, already, rest)) : null;
  }
  for (const candidate of (view.candidates.get(ask.name) ?? []).toReversed()) {
    if (!ask.admits(candidate.version)) continue;
    const found = search(view, meet(view, state, ask, candidate, rest));
    if (found !== null) return found;
  }
  return null;
}

/** The state in which `candidate` meets `ask`, with what it asks for under the extras added. */
function meet(
  view: WorldView,
  state: State,
  ask: Ask,
  candidate: WorldCandidate,
  rest: readonly Ask[],
): State {
  const asked = new Set(state.asked);
  const agenda = [...rest];
  for (const extra of ['', ...ask.extras]) {
    const key = `${ask.name}[${extra}]`;
    if (asked.has(key)) continue;
    asked.add(key);
    agenda.push(...view.asksOf(ask.name, candidate.text, extra));
  }
  return { agenda, chosen: new Map(state.chosen).set(ask.name, candidate), asked };
}
