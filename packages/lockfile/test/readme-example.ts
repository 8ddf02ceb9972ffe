import { diffLocks, diffText, lockPlans, readLock, verifyLock, writeRequirements } from '@pyplan/lockfile';
import { parseRequirement } from '@pyplan/markers';
import { defaultOptions, memorySource, resolve, target } from '@pyplan/resolver';

const flask = { requirement: parseRequirement('flask'), origin: { source: 'app.in', line: 1, column: 1 } };
const resolution = await resolve({
  requirements: [flask],
  constraints: [],
  overrides: [],
  targets: [target('3.12', 'linux'), target('3.12', 'windows')],
  source: memorySource({
    flask: { '3.1': { requires: ['click>=8', 'tzdata; sys_platform == "win32"'] } },
    click: { '8.1': {}, '8.2': {} },
    tzdata: { '2026.1': {} },
  }),
  options: defaultOptions,
});
console.log(writeRequirements(resolution.plans, { hashes: false }));

const before = readLock('flask==3.1\nclick==8.1\n', 'requirements.txt');
const after = lockPlans(resolution.plans);
console.log(diffText(diffLocks(before, after)));

const findings = await verifyLock(before, {
  inputs: { requirements: [flask], constraints: [], digest: null },
});
console.log(findings.map(({ rule, message }) => `${rule}: ${message}`).join('\n'));
