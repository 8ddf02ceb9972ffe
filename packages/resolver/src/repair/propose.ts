import { normalizeName } from '@pyplan/markers';
import type { Reason } from '../explanation/reason.ts';
import { type Facts, rankOf } from '../facts/facts.ts';
import { requirementFacts, versionNamed } from '../facts/requirement-facts.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import type { Alternative } from './alternatives.ts';
import { type ChangeNode, type ChangeSearch, newChangeSearch } from './change-search.ts';
import { changedText, changeLines, changeText, type LineChange, type WrittenLines } from './line-change.ts';
import type { Repair } from './repair.ts';
import type { TrialResult } from './trial.ts';

/** So many repairs are enough to choose from. */
const wanted = 3;

/** What is to be repaired, and how a repair is tried. */
export interface Repairable<Request extends WrittenLines> {
  readonly request: Request;
  /** The lines of each conflict that is to be met. */
  readonly conflicts: readonly (readonly RootRequirement[])[];
  readonly reasons: readonly Reason[];
  readonly facts: Facts;
  /** Other ways than to change lines; of each list the first that helps is offered. */
  readonly alternatives: readonly (() => readonly Alternative<Request>[])[];
  readonly trials: number;
  readonly spelling: ResolveRequest['spelling'];
  /** @param freed projects that the change gives other versions, each with lines that they have to go with */
  attempt(request: Request, freed: Freed): Promise<TrialResult>;
}

type Freed = ReadonlyMap<string, readonly RootRequirement[]>;

/** What was found. */
export interface Proposed {
  readonly repairs: readonly Repair[];
  /** Whether there may be more as small, which were not tried, or not to the end. */
  readonly untried: boolean;
}

/** What a search for repairs knows and may still do. */
interface Proposing<Request extends WrittenLines> {
  readonly asked: Repairable<Request>;
  readonly changes: ChangeSearch;
  readonly spellings: Spellings;
  readonly found: Repair[];
  /** Trials that are left. */
  left: number;
  /** Whether trials were cut short, or too few were left. */
  untried: boolean;
}

/** For lines whose project the index lacks, the name that was perhaps meant. */
type Spellings = Map<RootRequirement, readonly LineChange[]>;

/**
 * Repairs of a refusal, each solved before it is offered, none larger than another one that would do.
 *
 * The size of a repair is its number of edits: a specifier, a name or a whole line of the user's, the Python,
 * an option. A line that has a specifier takes two to leave out. Of one size, versions come before names,
 * another Python, options and lines left out.
 */
export async function proposeRepairs<Request extends WrittenLines>(
  asked: Repairable<Request>,
): Promise<Proposed> {
  const { request, conflicts, reasons } = asked;
  const spellings: Spellings = new Map();
  await lookUpSpellings(asked, conflicts.flat(), spellings);
  const others = (line: RootRequirement): readonly LineChange[] => [
    ...(spellings.get(line) ?? []),
    ...(request.requirements.includes(line) ? pinsOf(line, reasons) : []),
  ];
  const changes = newChangeSearch(conflicts, others, admittingLines(request, asked.facts));
  const proposing: Proposing<Request> = {
    asked,
    changes,
    spellings,
    found: [],
    left: asked.trials,
    untried: false,
  };
  await tryChanges(proposing, ({ cost, drops }) => cost === 1 && drops === 0);
  for (const alternatives of asked.alternatives) await tryAlternatives(proposing, alternatives());
  if (proposing.found.length === 0) await tryChanges(proposing, isNoLargerThanFirst());
  return { repairs: proposing.found, untried: proposing.untried && proposing.found.length < wanted };
}

/** Admits sets of changes up to the size of the first that helps; lines are left out only where nothing else does. */
function isNoLargerThanFirst(): (node: ChangeNode, found: number) => boolean {
  let first: ChangeNode | null = null;
  return (node, found) => {
    if (found === 0) first = node;
    return first === null || (node.cost <= first.cost && node.drops > 0 === first.drops > 0);
  };
}

/** Tries sets of changes, the smallest first, as long as they are admitted and repairs are wanted. */
async function tryChanges<Request extends WrittenLines>(
  proposing: Proposing<Request>,
  admits: (node: ChangeNode, found: number) => boolean,
): Promise<void> {
  const { asked, changes, spellings, found } = proposing;
  while (found.length < wanted) {
    const node = changes.next();
    if (node === null) return;
    if (!admits(node, found.length)) return changes.putBack(node);
    if (proposing.left === 0) {
      proposing.untried = true;
      return;
    }
    const { request: changed, originals } = changeLines(asked.request, node.changes);
    // Where nothing is asked for there is nothing to repair.
    if (changed.requirements.length === 0) continue;
    proposing.left -= 1;
    const result = await asked.attempt(changed, freedBy(node, asked.conflicts.flat()));
    if (result.kind === 'unknown' && result.isCut) proposing.untried = true;
    if (result.kind === 'solved') found.push(repairOf(asked.request, node, result.versionOf));
    else if (result.kind === 'conflict') {
      const lines = [...new Set(result.lines.map((line) => originals.get(line) ?? line))];
      await lookUpSpellings(asked, lines, spellings);
      changes.learn(node, lines);
    }
  }
}

/** Tries one after the other until one helps. */
async function tryAlternatives<Request extends WrittenLines>(
  proposing: Proposing<Request>,
  alternatives: readonly Alternative<Request>[],
): Promise<void> {
  for (const { request, repair } of alternatives) {
    if (proposing.found.length >= wanted) return;
    if (proposing.left === 0) {
      proposing.untried = true;
      return;
    }
    proposing.left -= 1;
    const result = await proposing.asked.attempt(request, new Map());
    if (result.kind === 'unknown' && result.isCut) proposing.untried = true;
    if (result.kind !== 'solved') continue;
    proposing.found.push(repair);
    return;
  }
}

/** The projects of lines without their versions, each with the lines of the conflict that stay. */
function freedBy({ changes }: ChangeNode, conflict: readonly RootRequirement[]): Freed {
  const stay = [...new Set(conflict)].filter((line) => !changes.has(line));
  const loose = [...changes].filter(([, { kind }]) => kind === 'loosen' || kind === 'drop');
  return new Map(loose.map(([{ requirement }]) => [normalizeName(requirement.name), stay]));
}

function repairOf(
  request: WrittenLines,
  { changes, drops }: ChangeNode,
  versionOf: (project: string) => string | null,
): Repair {
  const written = [...request.requirements, ...request.constraints, ...request.overrides];
  const ordered = [...changes].sort(([a], [b]) => written.indexOf(a) - written.indexOf(b));
  const lines = ordered.map(([line]) => line);
  const becomes = ordered.map(([line, change]) => changedText(line, change));
  const text = joined(ordered.map(([line, change]) => changeText(line, change, versionOf)));
  if (drops > 0) return { kind: 'drop', lines, becomes, text };
  const names = ordered.flatMap(([, change]) => (change.kind === 'rename' ? [change.name] : []));
  if (names.length === lines.length) return { kind: 'spelling', lines, becomes, names, text };
  const isPin = ordered.some(([, change]) => change.kind === 'pin');
  const versions = lines.map(({ requirement }) => versionOf(requirement.name) ?? '');
  return { kind: isPin ? 'yanked' : 'loosen', lines, becomes, versions, text };
}

/** `change a to b and c to d`. */
function joined(texts: readonly string[]): string {
  const verb = 'change ';
  return texts
    .map((text, at) =>
      at > 0 && text.startsWith(verb) && texts[at - 1]?.startsWith(verb) ? text.slice(verb.length) : text,
    )
    .join(' and ');
}

async function lookUpSpellings(
  { spelling, facts }: Pick<Repairable<WrittenLines>, 'spelling' | 'facts'>,
  lines: readonly RootRequirement[],
  spellings: Spellings,
): Promise<void> {
  if (spelling === undefined) return;
  for (const line of lines) {
    const project = normalizeName(line.requirement.name);
    const name = facts.pages.get(project) === null ? await spelling(project) : null;
    if (name !== null) spellings.set(line, [{ kind: 'rename', name }]);
  }
}

/** Lines that admit versions which are no candidates without them: pins of yanked ones, those that name a pre-release. */
function admittingLines(
  { requirements, constraints, overrides }: WrittenLines,
  facts: Facts,
): readonly RootRequirement[] {
  return [...requirements, ...constraints, ...overrides].filter(({ requirement }) => {
    const { project, pinned, namesPrerelease, url, specifier } = requirementFacts(requirement, []);
    if (namesPrerelease || url !== null) return true;
    const page = facts.pages.get(project) ?? null;
    if (!pinned || page === null) return pinned;
    const named = specifier.specifiers.map((clause) => versionNamed(clause)?.text ?? '');
    return named.some((version) =>
      page.page.filesOf(rankOf(page, version)).some(({ yanked }) => yanked !== null),
    );
  });
}

/** Exact pins of yanked versions that a line would otherwise admit. */
function pinsOf({ requirement }: RootRequirement, reasons: readonly Reason[]): readonly LineChange[] {
  const project = normalizeName(requirement.name);
  return reasons.flatMap((reason): readonly LineChange[] => {
    const isYanked = reason.kind === 'near-miss' && reason.cause === 'yanked' && reason.project === project;
    const version = isYanked ? reason.versions[0] : undefined;
    return version === undefined ? [] : [{ kind: 'pin', version, why: 'which was yanked' }];
  });
}
