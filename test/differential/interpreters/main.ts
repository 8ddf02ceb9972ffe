import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type ReportedTarget, reportedTarget, target } from '@pyplan/resolver';
import { tagStrings } from '@pyplan/wheel-meta';
import { findPeers } from '../../../bench/peers.ts';
import { askInterpreter } from '../../../packages/pyplan/src/interpreter/ask-interpreter.ts';

/*
 * Compares the targets that interpreters report with what `packaging` says when they run it: every marker, every tag
 * in its order; the same of packaging's own answer given as a report, and the tags of the names that come out. Where
 * the tag of the system itself stands (`linux_x86_64`) is left aside: versions of packaging have had it first and
 * last, uv has it last, and so have we.
 *
 *     PYPLAN_PEERS=… node test/differential/interpreters/main.ts [python…]
 *
 * Without interpreters: that of the peers' virtual environment, whose `packaging` is the one that is asked.
 */

const peer = findPeers().program('python');
const packaging = execFileSync(peer, [
  '-c',
  'import os, packaging; print(os.path.dirname(packaging.__file__))',
]);
const interpreters = process.argv.length > 2 ? process.argv.slice(2) : [peer];

let failed = 0;
for (const interpreter of interpreters) {
  const differences = await differencesOf(interpreter);
  if (differences.length > 0) failed++;
  for (const difference of differences) console.log(`${interpreter}: ${difference}`);
}
console.log(`${interpreters.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function differencesOf(interpreter: string): Promise<readonly string[]> {
  const oracle = [join(import.meta.dirname, 'oracle.py'), packaging.toString('utf8').trim()];
  const expected: { environment: object; tags: string[] } = JSON.parse(
    execFileSync(interpreter, oracle, { encoding: 'utf8', maxBuffer: 1 << 26 }),
  );
  const report: unknown = JSON.parse(await askInterpreter(interpreter, AbortSignal.timeout(60_000)));
  const own = reportedTarget(report);
  const named = target(own.target.python, own.target.platform);
  return [
    ...compared('the report', own, expected),
    ...compared("packaging's answer as a report", reportedTarget(expected), expected),
    ...(isDeepStrictEqual(tagStrings(named.tags), tagStrings(own.target.tags))
      ? []
      : [`${own.target.python} on ${own.target.platform} has other tags by its name`]),
  ];
}

function compared(
  what: string,
  { target: found }: ReportedTarget,
  expected: { readonly environment: object; readonly tags: readonly string[] },
): readonly string[] {
  const markers = isDeepStrictEqual({ ...found.environment }, { ...expected.environment });
  const tags = tagStrings(found.tags);
  const [have, want] = [new Set(tags), new Set(expected.tags)];
  const strange = tags.find((tag) => !want.has(tag) && !isAnywhere(tag));
  const lacking = expected.tags.find((tag) => !have.has(tag));
  const ours = tags.filter((tag) => want.has(tag) && !isNative(tag));
  const theirs = expected.tags.filter((tag) => !isNative(tag));
  const at = theirs.findIndex((tag, index) => tag !== ours[index]);
  return [
    ...(markers ? [] : [`${what}: markers are ${JSON.stringify(found.environment)}`]),
    ...(strange === undefined ? [] : [`${what}: ${strange} is not a tag of packaging's`]),
    ...(lacking === undefined ? [] : [`${what}: ${lacking} is lacking`]),
    ...(at < 0 ? [] : [`${what}: tag ${at} is ${ours[at]}, expected ${theirs[at]}`]),
  ];
}

function isNative(tag: string): boolean {
  return /-linux_\w+$/.test(tag);
}

/** The packaging of an old pip leaves this one out. */
function isAnywhere(tag: string): boolean {
  return /^cp3\d+-none-any$/.test(tag);
}
