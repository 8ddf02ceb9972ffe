import {
  conflictOf,
  formatPylock,
  type LockedSet,
  type LockPart,
  lockPlansApart,
  lockUniversalApart,
  type PartConflict,
  parsePylock,
  selectFromPylock,
  selectionsOf,
  toPylock,
} from '@pyplan/lockfile';
import { parseRequirement } from '@pyplan/markers';
import {
  type MemoryWorld,
  memorySource,
  type Plan,
  type ResolveRequest,
  resolve,
  resolveUniversal,
  target,
  type UniversalLock,
} from '@pyplan/resolver';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packagesOfPart } from '../../packages/lockfile/src/project-parts.ts';
import { type SelectedPart, selectedPart } from '../../packages/pyplan/src/input/project/selected-part.ts';
import { resolveApart } from '../../packages/pyplan/src/verbs/resolve-apart.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';

/** A project with extras and groups that conflict, and an index. */
interface Project {
  readonly world: MemoryWorld;
  readonly parts: readonly SelectedPart[];
  readonly conflicts: readonly PartConflict[];
}

const names = ['alpha', 'beta', 'gamma', 'delta'];
const versions = ['1.0', '2.0', '3.0'];
const partNames: readonly LockPart[] = [
  { kind: 'extra', name: 'cpu' },
  { kind: 'extra', name: 'gpu' },
  { kind: 'extra', name: 'all' },
  { kind: 'group', name: 'dev' },
];

const requirement = fc
  .tuple(
    fc.constantFrom(...names),
    fc.constantFrom('', '<2', '<3', '==1.0', '==2.0', '>=2', '>=3'),
    fc.constantFrom('', '', "; sys_platform == 'win32'", "; python_version < '3.13'"),
  )
  .map(([name, specifier, marker]) => `${name}${specifier} ${marker}`.trim());

const index: fc.Arbitrary<MemoryWorld> = fc
  .array(fc.array(fc.array(requirement, { maxLength: 1 }), { minLength: 3, maxLength: 3 }), {
    minLength: names.length,
    maxLength: names.length,
  })
  .map((projects) =>
    Object.fromEntries(
      names.map((name, i) => [
        name,
        Object.fromEntries(versions.map((version, j) => [version, { requires: projects[i]?.[j] ?? [] }])),
      ]),
    ),
  );

const project: fc.Arbitrary<Project> = fc
  .record({
    world: index,
    base: fc.array(requirement, { maxLength: 2 }),
    own: fc.array(fc.array(requirement, { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 4 }),
    allBringsCpu: fc.boolean(),
    conflicts: fc.array(fc.subarray([...partNames], { minLength: 2, maxLength: 3 }), {
      minLength: 1,
      maxLength: 2,
    }),
  })
  .map(({ world, base, own, allBringsCpu, conflicts }) => {
    const roots = (texts: readonly string[]) => texts.map((text) => rootRequirement(parseRequirement(text)));
    const parts = partNames.map((part, i) => {
      const brings = allBringsCpu && part.kind === 'extra' && part.name === 'all';
      const cpu: LockPart = { kind: 'extra', name: 'cpu' };
      const texts = [...(own[i] ?? []), ...(brings ? (own[0] ?? []) : [])];
      return selectedPart(part, roots(texts), brings ? [cpu] : []);
    });
    return { world, conflicts, parts: [selectedPart({ kind: 'base' }, roots(base)), ...parts] };
  });

/** What lives in memory has no hashes, which a lock must have. */
function written(lock: LockedSet): ReturnType<typeof parsePylock> {
  const packages = lock.packages.map((item) => ({
    ...item,
    files: item.files.map((file) => ({ ...file, hashes: { sha256: 'aa' } })),
  }));
  return parsePylock(formatPylock(toPylock({ ...lock, packages })));
}

/** Checks every set of parts that may be asked for against the plan of its selection, on one target. */
function checkSelections(
  { parts, conflicts }: Project,
  lock: ReturnType<typeof parsePylock>,
  planOf: (selection: number) => Plan,
): void {
  const { asked } = selectionsOf(parts, conflicts);
  for (const { parts: taken, selection } of asked) {
    const plan = planOf(selection);
    const free = parts.filter((part) => conflictFree(part, parts, conflicts));
    for (const more of [[], free]) {
      const chosen = [...new Set([...parts.slice(0, 1), ...taken, ...more])];
      const reached = new Set(chosen.flatMap((part) => [...packagesOfPart(plan, part)]));
      const extras = chosen.flatMap(({ part }) => (part.kind === 'extra' ? [part.name] : []));
      const dependencyGroups = chosen.flatMap(({ part }) => (part.kind === 'group' ? [part.name] : []));
      const { environment, tags } = plan.target;
      const selected = selectFromPylock(lock, { environment, tags, extras, dependencyGroups });
      expect(selected.map(({ package: item }) => `${item.name} ${item.version}`)).toEqual(
        plan.packages.flatMap(({ name, version }) => (reached.has(name) ? [`${name} ${version}`] : [])),
      );
    }
  }
}

function conflictFree(
  part: SelectedPart,
  parts: readonly SelectedPart[],
  conflicts: readonly PartConflict[],
): boolean {
  return parts.every((other) => conflictOf([part, other], conflicts) === null);
}

const request = (world: MemoryWorld): Omit<ResolveRequest, 'targets'> => ({
  requirements: [],
  constraints: [],
  overrides: [],
  source: memorySource(world),
  options: conformanceOptions,
});

/** Whether no part brings others that conflict: such a one is refused before anything is resolved. */
function isFit({ parts, conflicts }: Project): boolean {
  return parts.every((part) => conflictOf([part], conflicts) === null);
}

test('whatever parts go together get the plan of their selection from the lock of several targets', async () => {
  const targets = [target('3.12', 'linux'), target('3.13', 'linux'), target('3.13', 'windows')];
  await fc.assert(
    fc.asyncProperty(project, async (each) => {
      fc.pre(isFit(each));
      const selections = selectionsOf(each.parts, each.conflicts);
      const answer = await resolveApart(request(each.world), selections, (asked) =>
        resolve({ ...request(each.world), ...asked, targets } as ResolveRequest),
      );
      fc.pre(answer.status === 'resolved');
      const plans = answer.answers.map((one) => one.plans);
      const lock = written(lockPlansApart(plans, { ...each, selections }));
      for (const position of targets.keys()) {
        checkSelections(each, lock, (selection) => {
          const plan = plans[selection]?.[position];
          if (plan === undefined) throw new Error('there is no such plan');
          return plan;
        });
      }
    }),
    { numRuns: 100 },
  );
});

test('whatever parts go together get the plan of their selection from the lock of a universe', async () => {
  await fc.assert(
    fc.asyncProperty(project, async (each) => {
      fc.pre(isFit(each));
      const selections = selectionsOf(each.parts, each.conflicts);
      const universe = { requiresPython: '>=3.12', platforms: ['linux', 'windows'] };
      const answer = await resolveApart(request(each.world), selections, (asked) =>
        resolveUniversal({ ...request(each.world), ...asked, ...universe } as Parameters<
          typeof resolveUniversal
        >[0]),
      );
      fc.pre(answer.status === 'resolved');
      const locks = answer.answers.flatMap((one): UniversalLock[] =>
        one.status === 'resolved' ? [one.lock] : [],
      );
      const lock = written(lockUniversalApart(locks, { ...each, selections }));
      for (const { target: on } of locks[0]?.plans ?? []) {
        checkSelections(each, lock, (selection) => {
          const plan = locks[selection]?.plans.find(
            ({ target: other }) => other.python === on.python && other.platform === on.platform,
          );
          if (plan === undefined) throw new Error('there is no such plan');
          return plan;
        });
      }
    }),
    { numRuns: 40 },
  );
});
