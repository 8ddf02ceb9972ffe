import { join, resolve as resolvePath } from 'node:path';
import { defaultOptions, target } from '@pyplan/resolver';
import {
  type Asked,
  differencesBetween,
  faultOfCauses,
  type Place,
} from '../../support/comparison/experiment.ts';
import { openRecordedSnapshot } from '../../support/recorded-snapshot.ts';
import { recordedSource } from '../../support/recorded-source.ts';
import { readRequirementSet } from '../../support/requirement-set.ts';

/*
 * Whether what is said to part two plans parts them: for the recorded sets and pairs of targets or times, each difference must
 * lead to causes that end in a marker, a Requires-Python, wheel tags or an upload time, and must be gone from a world
 * without these.
 *
 *     node test/differential/comparison/main.ts [--data DIR] [SET…]
 */

const argv = process.argv.slice(2);
const data = argv[0] === '--data' ? argv.splice(0, 2)[1] : undefined;
const directory = resolvePath(data ?? join(import.meta.dirname, '../../../../shared/snapshot'));
const sets = argv.length > 0 ? argv : defaultSets();
const onLinux = target('3.13', 'linux');

const pairs: readonly (readonly [Place, Place])[] = [
  [{ target: target('3.10', 'linux') }, { target: target('3.13', 'linux') }],
  [{ target: target('3.9', 'linux') }, { target: target('3.12', 'linux') }],
  [{ target: target('3.12', 'linux') }, { target: target('3.12', 'windows') }],
  [{ target: target('3.11', 'macos') }, { target: target('3.14', 'linux') }],
  [{ target: onLinux, excludeNewer: Date.parse('2026-09-15') }, { target: onLinux }],
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

async function faultsOf(request: Asked, pair: readonly [Place, Place]): Promise<readonly string[]> {
  const differences = (await differencesBetween(request, pair)) ?? [];
  const faults: string[] = [];
  for (const { name, kind, causes } of differences) {
    const fault =
      kind === 'file' ? (causes.length === 0 ? 'no cause' : null) : await faultOfCauses(name, request, pair);
    if (fault === null) passed++;
    else {
      failed++;
      faults.push(`${pair.map(placeText).join(' | ')}: ${name}: ${fault}`);
    }
  }
  return faults;
}

function placeText({ target: { python, platform }, excludeNewer }: Place): string {
  const before = excludeNewer === undefined ? '' : ` before ${new Date(excludeNewer).toISOString()}`;
  return `${python} ${platform}${before}`;
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
