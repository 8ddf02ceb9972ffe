import { parseRequirement, specifierSetContains } from '@pyplan/markers';
import {
  memorySource,
  type Repair,
  type RootRequirement,
  releasedPythons,
  resolve,
  target,
} from '@pyplan/resolver';
import { exhaustivePlan } from './exhaustive.ts';
import { viewWorld, type World, type WorldTarget, type WorldView } from './judge/world.ts';
import { memoryWorld } from './memory-world.ts';
import { conformanceOptions } from './requests.ts';

/** What a user asks of a world. */
export interface Ask {
  readonly requires: readonly string[];
  readonly constraints: readonly string[];
}

/** What the world looks like under an ask, read by the judge. */
function viewOf(world: World, { requires, constraints }: Ask, on: WorldTarget): WorldView {
  const view = viewWorld({ ...world, root: { requires } }, on);
  const limits = constraints.map((text) => parseRequirement(text));
  const candidates = new Map(
    [...view.candidates].map(([name, versions]) => [
      name,
      versions.filter(({ version }) =>
        limits.every(
          (limit) =>
            limit.name !== name || specifierSetContains(limit.specifier, version, { prereleases: true }),
        ),
      ),
    ]),
  );
  return { ...view, candidates };
}

function hasPlan(world: World, ask: Ask, on: WorldTarget): boolean {
  return ask.requires.length > 0 && exhaustivePlan(viewOf(world, ask, on)) !== null;
}

/** The line without its specifier. */
function loosened(text: string): string {
  const { name, extras } = parseRequirement(text);
  const marker = text.includes(';') ? `;${text.split(';')[1]}` : '';
  return `${name}${extras.length === 0 ? '' : `[${extras.join(',')}]`}${marker}`;
}

/** Every way to change the lines of an ask, with its number of edits. */
function* changed({ requires, constraints }: Ask): Generator<readonly [edits: number, ask: Ask]> {
  const lines = [...requires, ...constraints];
  function* choose(
    at: number,
    edits: number,
    texts: readonly (string | null)[],
  ): Generator<readonly [number, Ask]> {
    const line = lines[at];
    if (line === undefined) {
      const kept = (part: readonly (string | null)[]): readonly string[] =>
        part.filter((text) => text !== null);
      yield [
        edits,
        { requires: kept(texts.slice(0, requires.length)), constraints: kept(texts.slice(requires.length)) },
      ];
      return;
    }
    const isBare = parseRequirement(line).specifier.specifiers.length === 0;
    yield* choose(at + 1, edits, [...texts, line]);
    if (!isBare) yield* choose(at + 1, edits + 1, [...texts, loosened(line)]);
    yield* choose(at + 1, edits + (isBare ? 1 : 2), [...texts, null]);
  }
  yield* choose(0, 0, []);
}

/** The fewest edits that give a plan, by trying them all; infinity where none do. */
function fewestEdits(world: World, ask: Ask, on: WorldTarget): number {
  const elsewhere = releasedPythons.some(
    (python) => python !== on.python && hasPlan(world, ask, { ...on, python }),
  );
  if (elsewhere) return 1;
  const ways = [...changed(ask)].sort(([a], [b]) => a - b);
  return ways.find(([, each]) => hasPlan(world, each, on))?.[0] ?? Number.POSITIVE_INFINITY;
}

export function rootLines(source: string, texts: readonly string[]): readonly RootRequirement[] {
  return texts.map((text, i) => ({
    requirement: parseRequirement(text),
    origin: { source, line: i + 1, column: 1 },
  }));
}

/** The ask and target that a repair gives. */
function repaired(
  ask: Ask,
  on: WorldTarget,
  repair: Repair,
): { readonly ask: Ask; readonly on: WorldTarget } {
  if (repair.kind === 'python') return { ask, on: { ...on, python: repair.python } };
  if (!('lines' in repair)) throw new Error(`a world has no use for ${repair.text}`);
  const apply = (source: string, texts: readonly string[]): readonly string[] =>
    texts.flatMap((text, i) => {
      const at = repair.lines.findIndex(({ origin }) => origin.source === source && origin.line === i + 1);
      return at < 0 ? [text] : (repair.becomes[at] ?? []);
    });
  return { ask: { requires: apply('r', ask.requires), constraints: apply('c', ask.constraints) }, on };
}

function editsOf(repair: Repair): number {
  if (!('lines' in repair)) return 1;
  return repair.lines.reduce((sum, { requirement }, i) => {
    const isDropped = repair.becomes[i] === null;
    return sum + (isDropped && requirement.specifier.specifiers.length > 0 ? 2 : 1);
  }, 0);
}

/** Enough that no search for a repair of a small world is cut short. */
const trials = 400;

/** What was found of a world's repairs: null where it has a plan. */
export interface RepairsJudged {
  readonly wrong: readonly string[];
  /** The fewest edits that give a plan; infinity where none do. */
  readonly fewest: number;
  readonly offered: number;
}

/**
 * Asks for repairs of a world and judges them by trying every change of its lines: each holds, none takes more
 * edits than need be, and where there is one, one is offered.
 */
export async function judgeRepairs(world: World, ask: Ask, on: WorldTarget): Promise<RepairsJudged | null> {
  const resolution = await resolve({
    requirements: rootLines('r', ask.requires),
    constraints: rootLines('c', ask.constraints),
    overrides: [],
    targets: [target(on.python, on.platform)],
    source: memorySource(memoryWorld(world)),
    options: conformanceOptions,
    repairTrials: trials,
  });
  if (resolution.status === 'resolved') return null;
  const repairs = resolution.refusals[0]?.repairs ?? [];
  const fewest = fewestEdits(world, ask, on);
  const wrong: string[] = [];
  for (const repair of repairs) {
    const { ask: better, on: there } = repaired(ask, on, repair);
    if (!hasPlan(world, better, there)) wrong.push(`"${repair.text}" gives no plan`);
    if (editsOf(repair) > fewest) wrong.push(`"${repair.text}" takes more than ${fewest} edits`);
  }
  if (fewest !== Number.POSITIVE_INFINITY && repairs.length === 0) {
    wrong.push(`none is offered, though ${fewest} edits give a plan`);
  }
  return { wrong, fewest, offered: repairs.length };
}
