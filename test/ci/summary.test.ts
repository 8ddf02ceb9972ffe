import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sortFailures } from './open-cases.ts';
import { testStep } from './test-step.ts';

test('failures on record as open are told apart, and those that pass by now are named', () => {
  const failures = [
    { id: 'a', failure: 'why' },
    { id: 'b', failure: 'why' },
  ];
  const open = { worlds: [{ reason: 'later', ids: ['b', 'c'] }], vectors: [{ reason: 'later', ids: ['a'] }] };
  const sorted = sortFailures({ kind: 'worlds', passed: 1, failed: 2, failures }, open);
  expect(sorted.failed.map(({ id }) => id)).toEqual(['a']);
  expect(sorted.open.map(({ id }) => id)).toEqual(['b']);
  expect(sorted.stale).toEqual(['c']);
});

test('a test file that does not load is a failure, and so is a report that was never written', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pyplan-ci-'));
  try {
    const path = join(directory, 'vitest.json');
    expect(testStep(path)).toMatchObject({ passed: 0, failed: 1 });
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [{}] },
    ];
    writeFileSync(path, JSON.stringify({ numPassedTests: 4, numFailedTests: 2, testResults }));
    expect(testStep(path)).toMatchObject({ passed: 4, failed: 3 });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
