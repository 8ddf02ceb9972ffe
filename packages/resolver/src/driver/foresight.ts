import { ranksAdmitted } from '../facts/facts.ts';
import type { RequirementFacts } from '../facts/requirement-facts.ts';
import { priorityKey } from '../solver/order/priority.ts';
import { nodeOf } from '../solver/package-store.ts';
import { isUndecided, termFor } from '../solver/partial-solution.ts';
import { allRanks, intersectRanks, type RankSet, ranksContain, subtractRanks } from '../solver/rank-set.ts';
import type { Solver } from '../solver/solver.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { type Ask, foreseenChoice } from './ask.ts';

/** A package that the search will decide, as things stand. */
interface Foreseen {
  readonly project: string;
  readonly extra: string | null;
  /** The version that it will get; -1 while that is not known. */
  rank: number;
}

/** What the search will do from where it stands. */
export interface Foresight {
  /** Whether the search went another way since. */
  isOutdated(): boolean;
  /** Whether it will meet a conflict, out of which the way is not foreseen. */
  meetsConflict(): boolean;
  /** Asks for nothing more. */
  end(): void;
}

/**
 * Goes through what the search will decide, breadth first and in its order, and asks for it ahead: through
 * everything (`all`), or through what is undecided now, up to the pages that the decisions lead to (`next`).
 *
 * A page and the metadata of the version that it leads to are asked for at once. What that version requires
 * is asked for only when all that comes before it in its row is known, for any of that may lead to another
 * version: little is asked for that the search will not need.
 */
export function foresee(world: TargetWorld, solver: Solver, ask: Ask, reach: 'all' | 'next'): Foresight {
  const { state } = solver;
  const rows: Foreseen[][] = [];
  /** How many of each row have led to the next row. */
  const passed: number[] = [];
  const foreseen = new Map<string, Foreseen>();
  const wanted = new Map<string, RequirementFacts[]>();
  /** How much of the search's trail was looked at, and how often the search had gone back by then. */
  let looked = 0;
  let generation = 0;
  /** Versions whose metadata was asked for. */
  const awaited = new Set<string>();
  let stage: 'open' | 'conflict' | 'ended' = 'open';

  function add(depth: number, project: string, extra: string | null): void {
    const key = keyOf(project, extra);
    if (foreseen.has(key) || (extra === null && isDecided(project))) return;
    if (stage !== 'open') return;
    const entry = { project, extra, rank: -1 };
    foreseen.set(key, entry);
    const row = rows[depth];
    if (row === undefined) rows[depth] = [entry];
    else row.push(entry);
    ask.page(project, () => {
      if (stage !== 'open') return;
      if (isImpossible(project)) stage = 'conflict';
      else if (isInReach(depth)) {
        settle(entry);
        goOn();
      }
    });
  }

  /** Whether a known page has no version that everything foreseen leaves. */
  function isImpossible(project: string): boolean {
    return (
      world.page(project) !== undefined && foreseenChoice(world, project, leftTo(project)).kind === 'none'
    );
  }

  function isInReach(depth: number): boolean {
    return reach === 'all' || depth === 0;
  }

  function isDecided(project: string): boolean {
    const id = state.packages.ids.get(project);
    return id !== undefined && termFor(state.solution, id) !== undefined && !isUndecided(state.solution, id);
  }

  function want(requirement: RequirementFacts, depth: number): void {
    const { project, extras, url } = requirement;
    const known = wanted.get(project);
    if (url === null && known === undefined) wanted.set(project, [requirement]);
    else if (url === null) known?.push(requirement);
    if (isImpossible(project)) stage = 'conflict';
    for (const extra of [null, ...extras]) add(depth, project, extra);
  }

  /** Asks for the metadata of the version that an entry leads to by now; whether it is there. */
  function settle(entry: Foreseen): boolean {
    const { project } = entry;
    if (world.page(project) === undefined) return false;
    const choice = foreseenChoice(world, project, leftTo(project));
    if (choice.kind !== 'rank') {
      stage = 'conflict';
      return false;
    }
    entry.rank = choice.rank;
    if (world.metadataOf(project, choice.rank).kind === 'known') return true;
    // Whatever asks again meanwhile, what comes goes on but once.
    const key = keyOf(project, `${choice.rank}`);
    if (!awaited.has(key)) ask.metadata(project, choice.rank, goOn);
    awaited.add(key);
    return false;
  }

  function goOn(): void {
    if (reach === 'all' && solver.conflicts() > 0) stage = 'conflict';
    for (let depth = 0; depth < rows.length && isInReach(depth); depth++) {
      const row = rows[depth] ?? [];
      for (let i = passed[depth] ?? 0; i < row.length; i++) {
        const entry = row[i];
        if (stage !== 'open' || entry === undefined || !settle(entry)) break;
        passed[depth] = i + 1;
        for (const { facts } of world.activeRequirements(entry.project, entry.rank, entry.extra)) {
          want(facts, depth + 1);
        }
      }
    }
  }

  /** The ranks of a project that the search and everything foreseen leave. */
  function leftTo(project: string): RankSet {
    const page = world.page(project);
    if (page === undefined || page === null) return [];
    let left = world.constraint(project) ?? allRanks(page.page.versions.length);
    for (const requirement of wanted.get(project) ?? []) {
      left = intersectRanks(left, ranksAdmitted(page, requirement));
    }
    const id = state.packages.ids.get(project);
    const term = id === undefined ? undefined : termFor(state.solution, id);
    if (term === undefined) return left;
    return term.positive ? intersectRanks(left, term.ranks) : subtractRanks(left, term.ranks);
  }

  /** Looks at what became known since it was asked last, or at everything where the search went back. */
  function isOutdated(): boolean {
    const { trail, validLevels } = state.solution;
    if (validLevels.length !== generation) looked = 0;
    generation = validLevels.length;
    for (; looked < trail.length; looked++) {
      if (isOffAt(trail[looked] ?? 0)) return true;
    }
    return false;
  }

  function isOffAt(id: number): boolean {
    const node = nodeOf(state.packages, id);
    const term = termFor(state.solution, id);
    if (node.kind === 'root' || term === undefined) return false;
    const entry = foreseen.get(keyOf(node.project, node.extra));
    if (entry === undefined) return isUndecided(state.solution, id);
    return entry.rank >= 0 && ranksContain(term.ranks, entry.rank) !== term.positive;
  }

  function start(): void {
    if (state.solution.decisions.length === 0) {
      for (const { facts } of world.demands.requirements) want(facts, 0);
    }
    const undecided = solver.undecided().flatMap((id) => {
      const node = nodeOf(state.packages, id);
      return node.kind === 'root' ? [] : [{ ...node, key: priorityKey(state.priorities, id, node.project) }];
    });
    undecided.sort((a, b) => b.key - a.key);
    for (const { project, extra } of undecided) add(0, project, extra);
    goOn();
  }

  start();
  return {
    isOutdated,
    meetsConflict: () => stage === 'conflict',
    end: () => {
      stage = 'ended';
    },
  };
}

function keyOf(project: string, extra: string | null): string {
  return `${project}[${extra ?? ''}]`;
}
