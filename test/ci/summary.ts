import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hasShared, root } from '../support/paths.ts';
import { type ConformanceReport, readOpenCases, sortFailures } from './open-cases.ts';
import { type Step, testStep } from './test-step.ts';

/** Kinds of recorded cases and the place of each beside the project. */
const conformance = [
  { kind: 'vectors', place: 'vectors' },
  { kind: 'scenarios', place: 'scenarios' },
  { kind: 'worlds', place: 'worlds' },
  { kind: 'resolutions', place: 'snapshot' },
] as const;

function toolStep(name: string, tool: string, args: readonly string[]): Step {
  const { status } = spawnSync(join(root, 'node_modules', '.bin', tool), args, {
    cwd: root,
    stdio: 'inherit',
  });
  return { name, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, open: 0 };
}

function conformanceStep(kind: string): Step {
  const main = join(root, 'test', 'conformance', 'main.ts');
  const { stdout } = spawnSync(process.execPath, [main, kind, '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
    timeout: 10 * 60_000,
  });
  const line = stdout.split('\n').find((text) => text.startsWith('{'));
  if (line === undefined) return { name: kind, passed: 0, failed: 1, open: 0 };
  const report: ConformanceReport = JSON.parse(line);
  const { open, failed, stale } = sortFailures(report, readOpenCases());
  for (const { id, failure } of failed) console.log(`${kind}: ${id}: ${failure}`);
  for (const id of stale)
    console.log(`${kind}: ${id} is listed as open but passes; take it off test/ci/open.json`);
  return { name: kind, passed: report.passed, failed: failed.length, open: open.length };
}

function main(reportPath: string): number {
  const steps = [
    testStep(reportPath),
    toolStep('typecheck', 'tsc', ['-p', 'tsconfig.json']),
    toolStep('lint', 'biome', ['check', '.']),
    ...conformance.filter(({ place }) => hasShared(place)).map(({ kind }) => conformanceStep(kind)),
  ];
  console.log('');
  for (const { name, passed, failed, open } of steps) {
    console.log(`${name}: ${passed} passed, ${failed} failed${open > 0 ? `, ${open} open` : ''}`);
  }
  const sum = (of: (step: Step) => number): number => steps.reduce((total, step) => total + of(step), 0);
  const failed = sum((step) => step.failed);
  console.log(`open: ${sum((step) => step.open)} cases that wait for later work (test/ci/open.json)`);
  console.log(`${sum((step) => step.passed)} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

process.exitCode = main(process.argv[2] ?? '');
