import type { DependencyTable } from './dependency-table.ts';
import type { Foreknowledge } from './foreknowledge.ts';

/**
 * Asks for the pages that will probably be needed while others are on their way. It decides when a page is asked for,
 * never what an answer is.
 */
export interface Foresight {
  /** The first page has to be waited for: asks for what is needed beside the user's own packages. */
  begin(): Promise<void>;
  /** The page of a project is needed. */
  want(name: string): void;
  /** What a version of a project needs is waited for: if it is the newest, the pages of that are asked for. */
  see(name: string, isNewest: boolean): void;
}

/** Nothing is asked ahead. */
export const noForesight: Foresight = {
  begin: async () => undefined,
  want: () => undefined,
  see: () => undefined,
};

/**
 * With so many pages asked for that nobody has wanted yet, no more are asked for beyond those next in line: as many as
 * may be under way at once.
 */
const MOST_AHEAD = 50;

/** With an upload limit this much older than the table, milliseconds, what newest versions need is another matter. */
const TOO_OLD = 365 * 24 * 3600 * 1000;

/**
 * @param expect asks for a page that will perhaps be wanted
 * @param loadTable called when the first page has to be waited for
 */
export function newForesight(
  known: Foreknowledge,
  expect: (name: string) => void,
  loadTable: () => Promise<DependencyTable>,
): Foresight {
  /** Names of pages that were asked for, and those of them that nobody has wanted yet. */
  const asked = new Set<string>();
  const ahead = new Set<string>();
  /** Keys that lead to others, by project, and those of them that were followed. */
  const met = new Map<string, Set<string>>();
  for (const key of known.wanted) meet(key);
  const followed = new Set<string>();
  let beginning: Promise<void> | null = null;
  let table: DependencyTable | null = null;

  function meet(key: string): void {
    const project = projectOf(key);
    const keys = met.get(project);
    if (keys === undefined) met.set(project, new Set([key]));
    else keys.add(key);
  }

  function ask(name: string): void {
    if (asked.has(name) || known.apart.has(name)) return;
    asked.add(name);
    ahead.add(name);
    expect(name);
  }

  /** Asks for what a key leads to directly. */
  function follow(key: string): readonly string[] {
    if (table === null || followed.has(key)) return [];
    followed.add(key);
    const next = table.of(key);
    for (const each of next) {
      meet(each);
      ask(projectOf(each));
    }
    return next;
  }

  /** Asks for what the keys lead to directly, then for what that leads to, and so on. */
  function followAll(keys: readonly string[]): void {
    const further = new Set(keys.flatMap(follow));
    for (const key of further) {
      if (ahead.size >= MOST_AHEAD) return;
      const project = projectOf(key);
      if (known.apart.has(project) || known.held.has(project)) continue;
      for (const next of follow(key)) further.add(next);
    }
  }

  async function start(): Promise<void> {
    for (const name of known.locked) ask(name);
    if (!known.seeksNewest) return;
    try {
      table = await loadTable();
    } catch {
      // Nothing depends on it but time.
      return;
    }
    // Of a table that does not say of when it is, neither is known how old it is.
    if (!(known.uploadedBefore >= table.asOf - TOO_OLD)) table = null;
    followAll(known.wanted.filter((key) => !known.held.has(projectOf(key))));
  }

  return {
    begin: () => {
      beginning ??= start();
      return beginning;
    },
    want: (name) => {
      asked.add(name);
      ahead.delete(name);
    },
    see: (name, isNewest) => {
      if (isNewest) followAll([...(met.get(name) ?? []), name]);
      // Once the search turns to older versions, what the newest ones need says little.
      else if (!known.held.has(name)) table = null;
    },
  };
}

/** The project of `name[extra]`. */
function projectOf(key: string): string {
  const bracket = key.indexOf('[');
  return bracket < 0 ? key : key.slice(0, bracket);
}
