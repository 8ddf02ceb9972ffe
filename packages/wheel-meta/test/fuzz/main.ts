import { runFuzz } from './cases.ts';

/*
 * Mutated zips and tars: each must give a named error or the right answer, within bounds.
 *
 *     node packages/wheel-meta/test/fuzz/main.ts [count] [seed]
 */

const count = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
console.log(`seed ${seed}`);

let peak = 0;
const start = performance.now();
const result = runFuzz(seed, count, () => {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  peak = Math.max(peak, arrayBuffers + heapUsed);
});
const seconds = (performance.now() - start) / 1000;
for (const failure of result.failures.slice(0, 20)) console.log(failure);
console.log(`${result.errors} named errors, ${result.answers} answers in ${seconds.toFixed(1)} s`);
console.log(
  `slowest case ${result.slowest.toFixed(1)} ms, peak of heap and buffers ${(peak / 2 ** 20).toFixed(0)} MB`,
);
console.log(`${count - result.failures.length} passed, ${result.failures.length} failed`);
process.exitCode = result.failures.length === 0 ? 0 : 1;
