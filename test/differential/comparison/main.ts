import { join, resolve as resolvePath } from 'node:path';
import {
  type ComparedSide,
  type Difference,
  defaultOptions,
  differencesOf,
  type PackageSource,
  type ResolveRequest,
  resolve,
  type Target,
  target,
} from '@pyplan/resolver';
import { endsOf, withoutCauses, withoutLines } from '../../support/comparison/without-causes.ts';
import { openRecordedSnapshot } from '../../support/recorded-snapshot.ts';
import { recordedSource } from '../../support/recorded-source.ts';
import { readRequirementSet } from '../../support/requirement-set.ts';

/*
 * Whether what is said to part two plans parts them: for the recorded sets and pairs of targets, each difference must
 * lead to causes that end in a marker, a Requires-Python, wheel tags or an upload time, and must be gone from a world
 * without these.
 *
 *     node test/differential/comparison/main.ts [--data DIR] [SET…]
 */

const argv = process.argv.slice(2);
const data = argv[0] === '--data' ? argv.splice(0, 2)[1] : undefined;
const directory = resolvePath(data ?? join(import.meta.dirname, '../../../../shared/snapshot'));
const sets = argv.length > 0 ? argv : defaultSets();
/** What was hidden behind a cause may part the plans once it is gone: so often it is looked again. */
const rounds = 4;

const pairs: readonly (readonly [Target, Target])[] = [
  [target('3.10', 'linux'), target('3.13', 'linux')],
  [target('3.9', 'linux'), target('3.12', 'linux')],
  [target('3.12', 'linux'), target('3.12', 'windows')],
  [target('3.11', 'macos'), target('3.14', 'linux')],
];

const source = recordedSource(openRecordedSnapshot(directory));
let passed = 0;
let failed = 0;
for (const set of sets) {
  const { requirements, constraints } = readRequirementSet(join(directory, 'sets', `${set}.in`));
  const request = { requirements, constraints, overrides: [], source, options: defaultOptions };
  for (const pair of pairs) {
    for (const fault of await faultsOf(request, pair)) console.log(`${set} ${fault}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

type Asked = Omit<ResolveRequest, 'targets'>;

async function faultsOf(request: Asked, pair: readonly [Target, Target]): Promise<readonly string[]> {
  const differences = await compared(request, pair);
  const faults: string[] = [];
  for (const { name, kind } of differences ?? []) {
    const fault = kind === 'file' ? null : await faultOf(name, request, pair);
    if (fault === null) passed++;
    else {
      failed++;
      faults.push(
        `${pair.map(({ python, platform }) => `${python} ${platform}`).join(' | ')}: ${name} ${fault}`,
      );
    }
  }
  return faults;
}

async function faultOf(
  name: string,
  request: Asked,
  pair: readonly [Target, Target],
): Promise<string | null> {
  let asked = request;
  for (let round = 0; round < rounds; round++) {
    const differences = await compared(asked, pair);
    if (differences === null) return 'has no plan any more';
    const difference = differences.find((each) => each.name === name && each.kind !== 'file');
    if (difference === undefined) return null;
    const ends = endsOf(name, differences);
    if (ends.length === 0) return `has no cause: ${told(differences, name)}`;
    asked = { ...withoutLines(asked, ends), source: withoutCauses(asked.source, ends) };
    if (round === rounds - 1) return `still differs: ${told(differences, name)}`;
  }
  return null;
}

function told(differences: readonly Difference[], name: string): string {
  return JSON.stringify(differences.find((each) => each.name === name)).slice(0, 400);
}

async function compared(
  request: Asked & { readonly source: PackageSource },
  targets: readonly Target[],
): Promise<readonly Difference[] | null> {
  const { plans, status } = await resolve({ ...request, targets });
  if (status !== 'resolved') return null;
  return differencesOf(plans.map((plan): ComparedSide => ({ request, plan })));
}

function defaultSets(): readonly string[] {
  return [
    'black',
    'flask',
    'fastapi-stack',
    'django-stack',
    'sci-splits',
    'jupyter',
    'trio-docs',
    'mkdocs-material',
  ];
}
