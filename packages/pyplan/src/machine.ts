import type { Machine } from './input/default-targets.ts';

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, musl: runsOnMusl };
}

/** Node's report names the glibc that it runs with; without one, on Linux, it is musl. */
function runsOnMusl(): boolean {
  const report: unknown = process.report.getReport();
  return !JSON.stringify(report).includes('"glibcVersionRuntime"');
}
