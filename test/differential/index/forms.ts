import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPeers } from '../../../bench/peers.ts';
import { requirementSets } from '../../../bench/sets.ts';
import {
  formRunner,
  fromSources,
  type IndexForm,
  indexForms,
  isSameAnswer,
} from '../../support/index-forms.ts';
import { startNginx } from '../../support/nginx.ts';
import { shared } from '../../support/paths.ts';

/**
 * One plan in every form of an index: JSON and HTML pages, no sidecars, no ranges, and a snapshot behind a
 * static web server (Python's and nginx), from which uv and pip answer as from the index as well.
 *
 *     node test/differential/index/forms.ts [SET...]
 */
const execute = promisify(execFile);
const runner = formRunner(fromSources);
const peers = findPeers();
const sets = requirementSets(join(shared, 'snapshot', 'sets'), process.argv.slice(2));
/** pip takes minutes for the larger ones. */
const pipSets = new Set(['black', 'flask', 'jupyter', 'trio-docs']);
const behindNginx: IndexForm = { name: 'snapshot behind nginx', served: startNginx, hasDigests: true };
const [first, ...others] = [...indexForms, behindNginx];
const last = indexForms.at(-1);
let passed = 0;
let failed = 0;

function check(what: string, isSame: boolean): void {
  if (isSame) passed++;
  else {
    failed++;
    console.log(`${what} differs`);
  }
}

/** Pins as sorted lines. */
async function uvPins(set: string, indexUrl: string): Promise<string> {
  const { stdout } = await execute(peers.program('uv'), [
    ...[
      'pip',
      'compile',
      set,
      '--no-build',
      '--no-config',
      '--no-cache',
      '-q',
      '--no-header',
      '--no-annotate',
    ],
    ...['--python', peers.program('python'), '--python-version', '3.12', '--python-platform', 'linux'],
    ...['--index-url', indexUrl],
  ]);
  return stdout;
}

async function pipPins(set: string, indexUrl: string): Promise<string> {
  const { stdout } = await execute(
    peers.program('python'),
    [
      ...['-m', 'pip', '--isolated', '-q', 'install', '--dry-run', '--ignore-installed', '--report', '-'],
      ...['--only-binary', ':all:', '--no-cache-dir', '--index-url', indexUrl, '-r', set],
    ],
    { maxBuffer: 1 << 28, cwd: tmpdir() },
  );
  const { install }: { install: { metadata: { name: string; version: string } }[] } = JSON.parse(stdout);
  return install
    .map(({ metadata }) => `${metadata.name}==${metadata.version}`)
    .sort()
    .join('\n');
}

try {
  if (first === undefined || last === undefined) throw new Error('no forms');
  for (const { name, path } of sets) {
    const expected = await runner.answer(first, name);
    for (const form of others) {
      const found = await runner.answer(form, name);
      check(`${name}, ${form.name}`, isSameAnswer(form, found, expected));
    }
    if (expected.code !== 0) continue;
    const peersOf = async (indexUrl: string): Promise<readonly string[]> => [
      await uvPins(path, indexUrl),
      pipSets.has(name) ? await pipPins(path, indexUrl) : '',
    ];
    const index = await runner.withIndex(first, name, peersOf);
    const snapshot = await runner.withIndex(last, name, peersOf);
    check(`${name}, uv on the snapshot`, index?.[0] === snapshot?.[0]);
    if (pipSets.has(name)) check(`${name}, pip on the snapshot`, index?.[1] === snapshot?.[1]);
  }
} finally {
  await runner.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
