import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startMirror } from '../../support/mirror.ts';
import { shared } from '../../support/paths.ts';
import { difference, ourPins, type Pins, uvPins } from './answers.ts';
import { optionCases } from './cases.ts';
import { hashDifferences } from './hashes.ts';
import { pipDifferences } from './pip.ts';
import { projectDifferences } from './projects.ts';

/*
 * Each option of pyplan against uv's of the same meaning, on the recorded index: the same pins, or neither has a
 * solution; those that pip has against pip; `--require-hashes` by what it takes and refuses; then whole projects with environments and conflicts against `uv lock`, target by target.
 *
 *   PYPLAN_PEERS=<a virtual environment with uv and pip> node test/differential/options/main.ts [--only WORD] [--record FILE]
 *
 * `--record` writes uv's answers, by which the tests compare without it.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, record: { type: 'string' } } });
  const { PYPLAN_PEERS: peers } = process.env;
  if (peers === undefined) throw new Error('set PYPLAN_PEERS to a virtual environment that has uv and pip');
  const wanted = (id: string): boolean => values.only === undefined || id.includes(values.only);
  const mirror = await startMirror(join(shared, 'snapshot'));
  const recorded: Record<string, Pins> = {};
  let [passed, failed] = [0, 0];
  const tell = (id: string, wrong: string | null): void => {
    if (wrong === null) passed += 1;
    else {
      failed += 1;
      console.log(`${id}: ${wrong}`);
    }
  };
  try {
    for (const each of optionCases.filter(({ id }) => wanted(id))) {
      const theirs = await uvPins(each, peers, mirror.indexUrl);
      if (each.isTimed !== true) recorded[each.id] = theirs;
      tell(each.id, difference(await ourPins(each, mirror.indexUrl), theirs));
    }
    if (wanted('require-hashes')) {
      for (const { id, wrong } of await hashDifferences(peers, mirror.indexUrl)) tell(id, wrong);
    }
    for await (const { id, wrong } of pipDifferences(peers, mirror.indexUrl, wanted)) tell(id, wrong);
    for await (const { id, wrong } of projectDifferences(peers, mirror.indexUrl, wanted)) tell(id, wrong);
  } finally {
    await mirror.close();
  }
  if (values.record !== undefined) writeFileSync(values.record, `${JSON.stringify(recorded, null, 1)}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
