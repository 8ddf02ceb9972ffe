/**
 * Random cases of ranges, marker sets and texts, ours beside packaging and nab_markersets.
 *
 *   node test/differential/markers/main.ts [--cases=100000] [--from=0] [--seed=1] [--kind=ranges|markers|texts]
 *                                          [--answers=DIRECTORY] [--record]
 *
 * The oracles come from the venv PYPLAN_PEERS, or are installed. `--from` passes over the first cases, a multiple
 * of 5,000. `--answers` keeps what the oracles said, so that a later run has it at once. `--record` writes the
 * answers that the tests use.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
    from: { type: 'string', default: '0' },
    answers: { type: 'string' },
    seed: { type: 'string', default: '1' },
    record: { type: 'boolean' },
    kind: { type: 'string' },
  },
});
const BATCH = 5000;

type Cases = readonly (RangesCase | MarkersCase | TextsCase)[];

/** The oracle's answers, of an earlier run if that kept them. */
function answers(name: string, cases: Cases): readonly string[] {
  if (values.answers === undefined) return askOracle(cases);
  mkdirSync(values.answers, { recursive: true });
  const path = join(values.answers, `${name}.jsonl`);
  if (existsSync(path)) return readFileSync(path, 'utf8').trimEnd().split('\n');
  const lines = askOracle(cases);
  writeFileSync(`${path}.new`, `${lines.join('\n')}\n`);
  renameSync(`${path}.new`, path);
  return lines;
}

function askOracle(cases: Cases): readonly string[] {
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
const [from, end] = [Number(values.from), Number(values.cases)];
const makers = [
  ['ranges', rangesCase],
  ['markers', markersCase],
  ['texts', textsCase],
] as const;
let disagreements = 0;
for (const [kind, make] of makers) {
  if (values.kind !== undefined && values.kind !== kind) continue;
  let agreed = 0;
  for (let done = 0; done < end; done += BATCH) {
    const cases = Array.from({ length: Math.min(BATCH, end - done) }, () => make(random));
    if (done < from) continue;
    const lines = answers(`${kind}-${values.seed}-${done}-${cases.length}`, cases);
    if (values.record)
      writeFileSync(join(import.meta.dirname, 'recorded', `${kind}.jsonl`), `${lines.join('\n')}\n`);
    const algebra = newAlgebra();
    for (const line of lines) {
      const difference = disagreement(algebra, JSON.parse(line) as Answered);
      if (difference === null) agreed++;
      else if (++disagreements <= 20) process.stdout.write(`${difference}\n`);
    }
    process.stderr.write(`  ${kind}: ${agreed} of ${done + cases.length - from} agree\n`);
  }
  process.stdout.write(`${kind}: ${agreed} of ${end - from} agree (seed ${values.seed})\n`);
}
process.exitCode = disagreements === 0 ? 0 : 1;
