import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candidatePolicy } from '../../src/candidate/candidate-table.ts';
import { followEarlier, keepForLater } from '../../src/driver/earlier-searches.ts';
import { newLoader } from '../../src/driver/loader.ts';
import { type Searched, searchAndShare } from '../../src/driver/search.ts';
import { factsOf } from '../../src/facts/facts-of-source.ts';
import { defaultOptions, type MemoryWorld, memorySource, type PackageSource } from '../../src/index.ts';
import { newAnswerTree } from '../../src/solver/followed/answer-tree.ts';
import type { Course } from '../../src/solver/followed/course.ts';
import { demandsOn } from '../../src/world/demands.ts';
import { type TargetWorld, targetWorld } from '../../src/world/target-world.ts';
import { lines, targetNamed } from '../support/solve.ts';

const versions = ['1', '2', '3', '4', '5'];
/** Those of the second half ask for nothing. */
const names = ['amo', 'bel', 'cor', 'dun', 'eft', 'fen', 'leaf', 'twig'];
const leaves = ['leaf', 'twig'];

const specifier = fc.oneof(
  fc.constant(''),
  fc.constant(''),
  fc
    .tuple(fc.constantFrom('<', '>=', '==', '!='), fc.constantFrom(...versions))
    .map((parts) => parts.join('')),
);
const line = (of: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...of), specifier).map((parts) => parts.join(''));

const version = fc.record({
  requires: fc.array(line(names), { maxLength: 3 }),
  requiresPython: fc.constantFrom(null, null, null, null, null, null, null, null, null, '>=3.13'),
});
const world: fc.Arbitrary<MemoryWorld> = fc
  .array(fc.array(version, { minLength: 2, maxLength: versions.length }), {
    minLength: names.length,
    maxLength: names.length,
  })
  .map((projects) =>
    Object.fromEntries(
      names.map((name, i) => [
        name,
        Object.fromEntries(
          (projects[i] ?? []).map(({ requires, requiresPython }, at) => [
            versions[at],
            leaves.includes(name)
              ? {}
              : { requiresPython, requires: requires.filter((text) => !text.startsWith(name)) },
          ]),
        ),
      ]),
    ),
  );

interface Edit {
  readonly kind: 'add' | 'remove' | 'replace';
  readonly at: number;
  readonly line: string;
}
const edit = (of: readonly string[]): fc.Arbitrary<Edit> =>
  fc.record({
    kind: fc.constantFrom('add', 'add', 'remove', 'replace'),
    at: fc.nat({ max: 4 }),
    line: line(of),
  });

function editedLines(requires: readonly string[], { kind, at, line: text }: Edit): readonly string[] {
  const put = kind === 'remove' ? [] : [text];
  return requires.toSpliced(at % (requires.length + 1), kind === 'add' ? 0 : 1, ...put);
}

/** Worlds that some lines make over a source. */
function worldsOf(source: PackageSource, requires: readonly string[]): () => TargetWorld {
  const facts = factsOf(source);
  const target = targetNamed();
  const request = { requirements: lines('requirements.in', requires), constraints: [], overrides: [] };
  const demands = demandsOn(target, { ...request, targets: [target], source, options: defaultOptions });
  const policy = candidatePolicy(facts.tables, target, defaultOptions);
  return () => targetWorld(facts, policy, demands, defaultOptions);
}

function search(source: PackageSource, requires: readonly string[]): Promise<Searched> {
  const loader = newLoader(factsOf(source), undefined, () => undefined);
  const asked = worldsOf(source, requires)();
  return searchAndShare(newAnswerTree('lines'), asked, loader, defaultOptions.maxSteps, undefined);
}

interface Outcome {
  /** What edited lines led to by following the search of the lines before, null where they were searched. */
  readonly followed: Searched | null;
  readonly before: Searched;
  readonly fresh: Searched;
}

async function editAfter(
  index: MemoryWorld,
  requires: readonly string[],
  edited: readonly string[],
): Promise<Outcome> {
  const source = memorySource(index);
  const facts = factsOf(source);
  const before = await search(source, requires);
  keepForLater(facts, defaultOptions.maxSteps, before);
  // So that all that the edited lines ask for is there.
  await search(source, edited);
  const followed = followEarlier(facts, defaultOptions.maxSteps, worldsOf(source, edited));
  return { followed, before, fresh: await search(memorySource(index), edited) };
}

function versionsOf({ result }: Searched): unknown {
  return result.kind === 'solved' ? [...result.chosen].sort(([a], [b]) => (a < b ? -1 : 1)) : result.kind;
}

function courseIn({ result }: Searched): Course {
  if (result.kind !== 'solved' || result.course === null) throw new Error('there was no search');
  return result.course;
}

/** What happened to others than the named projects, and when the search went back. */
function storyOf({ events, projects }: Course, without: readonly string[]): string {
  const story: string[] = [];
  for (let at = 0; at < events.length; at += 4) {
    const [kind = 0, what = 0] = events.subarray(at, at + 2);
    const project = projects[what] ?? 'root';
    if (kind >= 4) story.push('back');
    else if (kind < 3 && !without.includes(project))
      story.push(`${['picked', 'decided', 'out'][kind]} ${project}`);
  }
  return story.join('\n');
}

describe('a request that differs by lines from an earlier one', () => {
  test('gets what it gets from a source that nobody asked before', async () => {
    const counts = { followed: 0, afterConflicts: 0 };
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(line(names), { minLength: 1, maxLength: 4 }),
        edit(names),
        async (index, requires, change) => {
          const { followed, before, fresh } = await editAfter(index, requires, editedLines(requires, change));
          if (followed === null) return;
          expect(versionsOf(followed)).toEqual(versionsOf(fresh));
          counts.followed += 1;
          if (courseIn(before).returns > 0) counts.afterConflicts += 1;
        },
      ),
      { numRuns: 600 },
    );
    expect(counts.followed).toBeGreaterThan(80);
    expect(counts.afterConflicts).toBeGreaterThan(3);
  });

  test('is followed only where its own search goes the same way but for the projects of those lines', async () => {
    const counts = { followed: 0, afterConflicts: 0 };
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(line(names), { minLength: 1, maxLength: 4 }),
        fc.nat({ max: 4 }),
        line(leaves),
        async (index, requires, at, text) => {
          const edited = requires.toSpliced(at, 0, text);
          const { followed, before, fresh } = await editAfter(index, requires, edited);
          if (followed === null) return;
          expect(storyOf(courseIn(fresh), leaves)).toBe(storyOf(courseIn(before), leaves));
          counts.followed += 1;
          if (courseIn(before).returns > 0) counts.afterConflicts += 1;
        },
      ),
      { numRuns: 600 },
    );
    expect(counts.followed).toBeGreaterThan(120);
    expect(counts.afterConflicts).toBeGreaterThan(10);
  });

  const index: MemoryWorld = {
    app: { '1': { requires: ['lib<3'] }, '2': { requires: ['lib<3', 'helper'] } },
    lib: { '1': {}, '2': {}, '3': {} },
    helper: { '1': { requires: ['lib>=2'] } },
    tool: { '1': { requires: ['helper', 'paint'] } },
    paint: { '1': {}, '2': {} },
  };
  const after = async (requires: readonly string[], edited: readonly string[]): Promise<unknown> => {
    const { followed } = await editAfter(index, requires, edited);
    return followed === null ? null : versionsOf(followed);
  };

  test('is followed where the new line leads to what is there already, in versions that all admit', async () => {
    expect(await after(['app', 'helper'], ['app', 'helper', 'paint'])).toEqual([
      ['app', { rank: 1, extras: [] }],
      ['helper', { rank: 0, extras: [] }],
      ['lib', { rank: 1, extras: [] }],
      ['paint', { rank: 1, extras: [] }],
    ]);
    expect(await after(['app', 'paint'], ['app', 'paint<2'])).toEqual([
      ['app', { rank: 1, extras: [] }],
      ['helper', { rank: 0, extras: [] }],
      ['lib', { rank: 1, extras: [] }],
      ['paint', { rank: 0, extras: [] }],
    ]);
  });

  test('loses what nobody asks for any more', async () => {
    expect(await after(['paint', 'lib'], ['lib'])).toEqual([['lib', { rank: 2, extras: [] }]]);
  });

  test('is searched where the new line leads to a version that others rule out', async () => {
    expect(await after(['app'], ['app', 'lib'])).toBeNull();
    expect(await after(['app'], ['app', 'tool'])).toBeNull();
    expect(await after(['app', 'paint'], ['paint', 'app<2'])).toBeNull();
  });
});
