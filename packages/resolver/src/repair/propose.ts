import { normalizeName } from '@pyplan/markers';
import type { Loader } from '../driver/loader.ts';
import { type Facts, rankOf } from '../facts/facts.ts';
import { requirementFacts, versionNamed } from '../facts/requirement-facts.ts';
import type { ResolveRequest } from '../request.ts';
import type { Refusal, RootRequirement } from '../resolution.ts';
import type { Target } from '../target/target.ts';
import { type Alternative, otherOptions, otherPythons } from './alternatives.ts';
import { type ChangeNode, type ChangeSearch, newChangeSearch } from './change-search.ts';
import { changedText, changeLines, changeText, type LineChange } from './line-change.ts';
import type { Repair } from './repair.ts';
import { type TrialResult, tryRequest } from './trial.ts';

/** So many repairs are enough to choose from. */
const wanted = 3;

/** What a search for repairs knows and may still do. */
interface Proposing {
  readonly request: ResolveRequest;
  readonly target: Target;
  readonly facts: Facts;
  readonly loader: Loader;
  readonly changes: ChangeSearch;
  readonly found: Repair[];
  /** Trials that are left. */
  left: number;
}

/**
 * Repairs of a refusal, each solved before it is offered, none larger than another one that would do.
 *
 * The size of a repair is its number of edits: a specifier, a name or a whole line of the user's, the Python,
 * an option. A line that has a specifier takes two to leave out. Of one size, versions come before names,
 * another Python, options and lines left out.
 */
export async function proposeRepairs(
  request: ResolveRequest,
  target: Target,
  refusal: Refusal,
  facts: Facts,
  loader: Loader,
): Promise<readonly Repair[]> {
  const spellings = await spellingsOf(request, refusal, facts);
  const others = (line: RootRequirement): readonly LineChange[] => [
    ...(spellings.get(line) ?? []),
    ...(request.requirements.includes(line) ? pinsOf(line, refusal) : []),
  ];
  const changes = newChangeSearch(refusal.conflicting, others, admittingLines(request, facts));
  const proposing: Proposing = {
    ...{ request, target, facts, loader, changes, found: [] },
    left: request.repairTrials ?? 0,
  };
  await tryChanges(proposing, ({ cost, drops }) => cost === 1 && drops === 0);
  await tryAlternatives(proposing, otherPythons(request, target, refusal));
  await tryAlternatives(proposing, otherOptions(request, target, refusal));
  if (proposing.found.length === 0) await tryChanges(proposing, isNoLargerThanFirst());
  return proposing.found;
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
async function tryChanges(
  proposing: Proposing,
  admits: (node: ChangeNode, found: number) => boolean,
): Promise<void> {
  const { changes, found, request, target } = proposing;
  while (found.length < wanted && proposing.left > 0) {
    const node = changes.next();
    if (node === null) return;
    if (!admits(node, found.length)) return changes.putBack(node);
    const { request: changed, originals } = changeLines(request, node.changes);
    // Where nothing is asked for there is nothing to repair.
    if (changed.requirements.length === 0) continue;
    const result = await attempt(proposing, changed, target);
    if (result.kind === 'solved') found.push(repairOf(request, node, result.versionOf));
    else if (result.kind === 'conflict') {
      changes.learn(node, [...new Set(result.lines.map((line) => originals.get(line) ?? line))]);
    }
  }
}

/** Tries one after the other until one helps. */
async function tryAlternatives(proposing: Proposing, alternatives: readonly Alternative[]): Promise<void> {
  for (const { request, target, repair } of alternatives) {
    if (proposing.found.length >= wanted || proposing.left === 0) return;
    const result = await attempt(proposing, request, target);
    if (result.kind !== 'solved') continue;
    proposing.found.push(repair);
    return;
  }
}

function attempt(proposing: Proposing, request: ResolveRequest, target: Target): Promise<TrialResult> {
  proposing.left -= 1;
  return tryRequest(request, target, proposing.facts, proposing.loader);
}

function repairOf(
  request: ResolveRequest,
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

/** For lines whose project the index lacks, the name that was perhaps meant. */
async function spellingsOf(
  { spelling }: ResolveRequest,
  { conflicting }: Refusal,
  facts: Facts,
): Promise<ReadonlyMap<RootRequirement, readonly LineChange[]>> {
  const spellings = new Map<RootRequirement, readonly LineChange[]>();
  if (spelling === undefined) return spellings;
  for (const line of conflicting) {
    const project = normalizeName(line.requirement.name);
    const name = facts.pages.get(project) === null ? await spelling(project) : null;
    if (name !== null) spellings.set(line, [{ kind: 'rename', name }]);
  }
  return spellings;
}

/** Lines that admit versions which are no candidates without them: pins of yanked ones, those that name a pre-release. */
function admittingLines(
  { requirements, constraints, overrides }: ResolveRequest,
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
function pinsOf({ requirement }: RootRequirement, { reasons = [] }: Refusal): readonly LineChange[] {
  const project = normalizeName(requirement.name);
  return reasons.flatMap((reason): readonly LineChange[] => {
    const isYanked = reason.kind === 'near-miss' && reason.cause === 'yanked' && reason.project === project;
    const version = isYanked ? reason.versions[0] : undefined;
    return version === undefined ? [] : [{ kind: 'pin', version, why: 'which was yanked' }];
  });
}
