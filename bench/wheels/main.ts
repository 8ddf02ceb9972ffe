import { join, resolve } from 'node:path';
import { shared } from '../../test/support/paths.ts';
import { runWheelsBench } from './wheels.ts';

/*
 * Runs this bench alone.
 *
 *     node bench/wheels/main.ts [snapshot]
 */

const snapshot = resolve(process.argv[2] ?? join(shared, 'snapshot'));
const { markdown } = await runWheelsBench({
  sets: join(snapshot, 'sets'),
  snapshot,
  names: [],
  runs: null,
  latencyMs: 0,
  progress: (text) => process.stderr.write(`  ${text}\n`),
});
process.stdout.write(`${markdown}\n`);
