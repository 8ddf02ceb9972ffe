/**
 * Random cases of ranges, marker sets and texts, ours beside packaging and nab_markersets.
 *
 *   node test/differential/markers/main.ts [--cases=100000] [--seed=1] [--kind=ranges|markers|texts] [--record]
 *
 * The oracles come from the venv PYPLAN_PEERS, or are installed. `--record` writes the answers that the tests use.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPeers } from '../../../bench/peers.ts';
import { type Answered, disagreement, newAlgebra } from './agreement.ts';
import {
  grid,
  type MarkersCase,
  markersCase,
  type RangesCase,
  rangesCase,
  seeded,
  type TextsCase,
  textsCase,
} from './random-cases.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    record: { type: 'boolean' },
    kind: { type: 'string' },
  },
});
const BATCH = 5000;

function answers(cases: readonly (RangesCase | MarkersCase | TextsCase)[]): readonly string[] {
  const input = [grid, ...cases].map((one) => `${JSON.stringify(one)}\n`).join('');
  const { status, stdout, stderr } = spawnSync(
    findPeers().program('python'),
    [join(import.meta.dirname, 'oracle.py')],
    {
      input,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    },
  );
  if (status !== 0) throw new Error(`The oracle failed:\n${stderr}`);
  return stdout.trimEnd().split('\n');
}

const random = seeded(Number(values.seed));
const makers = [
  ['ranges', rangesCase],
  ['markers', markersCase],
  ['texts', textsCase],
] as const;
let disagreements = 0;
for (const [kind, make] of makers) {
  if (values.kind !== undefined && values.kind !== kind) continue;
  let agreed = 0;
  for (let done = 0; done < Number(values.cases); done += BATCH) {
    const count = Math.min(BATCH, Number(values.cases) - done);
    const lines = answers(Array.from({ length: count }, () => make(random)));
    if (values.record)
      writeFileSync(join(import.meta.dirname, 'recorded', `${kind}.jsonl`), `${lines.join('\n')}\n`);
    const algebra = newAlgebra();
    for (const line of lines) {
      const difference = disagreement(algebra, JSON.parse(line) as Answered);
      if (difference === null) agreed++;
      else if (++disagreements <= 20) process.stdout.write(`${difference}\n`);
    }
    process.stderr.write(`  ${kind}: ${agreed} of ${done + count} agree\n`);
  }
  process.stdout.write(`${kind}: ${agreed} of ${values.cases} agree (seed ${values.seed})\n`);
}
process.exitCode = disagreements === 0 ? 0 : 1;
