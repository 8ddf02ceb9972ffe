import { existsSync, readFileSync } from 'node:fs';

/** Counts of one step. `open` are failures that later work is to mend. */
export interface Step {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly open: number;
}

/** The counts of vitest's JSON report; a report that was not written is one failure. */
export function testStep(reportPath: string): Step {
  if (!existsSync(reportPath)) return { name: 'tests', passed: 0, failed: 1, open: 0 };
  const report = JSON.parse(readFileSync(reportPath, 'utf8'));
  // A file that fails to load has no tests to count.
  const unloaded = report.testResults.filter(
    (file: { status: string; assertionResults: readonly unknown[] }) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unloaded.length;
  return { name: 'tests', passed: report.numPassedTests, failed, open: 0 };
}
