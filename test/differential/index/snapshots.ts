import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import {
  createSnapshot,
  httpClient,
  httpSource,
  serveSnapshot,
  snapshotSource,
  verifySnapshot,
} from '@pyplan/package-index';
import { defaultOptions, type PackageSource, resolve, target } from '@pyplan/resolver';
import { startMirror } from '../../support/mirror.ts';
import { shared } from '../../support/paths.ts';
import { readRequirementSet } from '../../support/requirement-set.ts';

/**
 * Snapshots cut from the recorded index give the same answer as the index: to pyplan from the directory, from
 * its own server and from Python's plain `http.server`, and to uv and pip.
 *
 *     PYPLAN_PEERS=VENV node test/differential/index/snapshots.ts --sets flask,jupyter,black
 *
 * `PYPLAN_PEERS` names a virtual environment that has pip and uv.
 */
const { values } = parseArgs({ options: { sets: { type: 'string', default: 'flask,black,jupyter' } } });
const peers = process.env['PYPLAN_PEERS'];
if (peers === undefined) throw new Error('PYPLAN_PEERS must name a virtual environment that has pip and uv');
const run = promisify(execFile);
const snapshot = join(shared, 'snapshot');
const folder = mkdtempSync(join(tmpdir(), 'pyplan-snapshots-'));
/** The interpreter of the peers decides what pip can be asked. */
const { stdout } = await run(join(peers, 'bin', 'python'), [
  '-c',
  'import platform; print(platform.python_version())',
]);
const targets = [target(stdout.trim(), 'linux'), target('3.12', 'linux')];
let passed = 0;
let failed = 0;

async function plansFrom(source: PackageSource, set: string): Promise<ReturnType<typeof resolve>> {
  const requirementSet = readRequirementSet(join(snapshot, 'sets', `${set}.in`));
  return resolve({
    ...requirementSet,
    overrides: [],
    targets,
    source,
    options: { ...defaultOptions, onlyBinary: 'all' },
  });
}

async function pins(source: PackageSource, set: string): Promise<string> {
  const { status, plans } = await plansFrom(source, set);
  return JSON.stringify([
    status,
    plans.map(({ packages }) =>
      packages.map(({ name, version, file, requires }) => [
        name,
        version,
        file.filename,
        file.hashes,
        file.size,
        requires,
      ]),
    ),
  ]);
}

async function overHttp(indexUrl: string, set: string): Promise<string> {
  const source = httpSource({ indexUrl });
  try {
    return await pins(source, set);
  } finally {
    await source.close();
  }
}

async function uvPins(indexUrl: string, set: string): Promise<string> {
  const args = [
    'pip',
    'compile',
    '-q',
    '--no-build',
    '--no-config',
    '--no-cache',
    '--no-header',
    '--no-annotate',
    '--index-url',
    indexUrl,
    '--python-version',
    '3.12',
    '--python-platform',
    'linux',
    '--python',
    join(peers ?? '', 'bin', 'python'),
  ];
  return (await run(join(peers ?? '', 'bin', 'uv'), [...args, join(snapshot, 'sets', `${set}.in`)])).stdout;
}

async function pipPins(indexUrl: string, set: string): Promise<string> {
  const args = [
    '-m',
    'pip',
    '--isolated',
    '-q',
    'install',
    '--dry-run',
    '--ignore-installed',
    '--no-cache-dir',
    '--report',
    '-',
    '--only-binary',
    ':all:',
    '--index-url',
    indexUrl,
  ];
  const { stdout: report } = await run(
    join(peers ?? '', 'bin', 'python'),
    [...args, '-r', join(snapshot, 'sets', `${set}.in`)],
    { maxBuffer: 1 << 28 },
  );
  const { install } = JSON.parse(report) as {
    readonly install: readonly { readonly metadata: { readonly name: string; readonly version: string } }[];
  };
  return install
    .map(({ metadata }) => `${metadata.name} ${metadata.version}`)
    .sort()
    .join('\n');
}

function check(what: string, found: string, expected: string): void {
  if (found === expected) passed++;
  else {
    failed++;
    console.log(
      `${what} differs\n--- index\n${expected.slice(0, 2000)}\n--- snapshot\n${found.slice(0, 2000)}`,
    );
  }
}

/** A plain static server, as anybody may have. */
async function startStatic(
  directory: string,
): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(
    'python3',
    ['-u', '-m', 'http.server', '--bind', '127.0.0.1', '--directory', directory, '0'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const line = await new Promise<string>((ready) =>
    createInterface({ input: child.stdout }).once('line', ready),
  );
  return { child, url: `http://127.0.0.1:${/port (\d+)/.exec(line)?.[1]}/simple` };
}

const mirror = await startMirror(snapshot);
try {
  for (const set of values.sets.split(',')) await oneSet(set);
} finally {
  await mirror.close();
  rmSync(folder, { recursive: true, force: true });
}

async function oneSet(set: string): Promise<void> {
  const directory = join(folder, set);
  const client = httpClient();
  const source = httpSource({ indexUrl: mirror.indexUrl, client });
  const report = await createSnapshot({
    directory,
    source,
    client,
    tags: targets.map(({ tags }) => tags),
    resolve: async (recorded) =>
      (await plansFrom(recorded, set)).plans.flatMap(({ packages }) => packages.map(({ file }) => file)),
  });
  await client.close();
  const expected = await overHttp(mirror.indexUrl, set);
  check(`${set}: verify`, JSON.stringify((await verifySnapshot(directory)).findings), '[]');
  check(`${set}: the directory`, await pins(snapshotSource(directory), set), expected);
  const served = await serveSnapshot(directory);
  const plain = await startStatic(directory);
  try {
    check(`${set}: its own server`, await overHttp(served.url, set), expected);
    // Python's server gives the page in HTML, which has no sizes.
    const withoutSizes = (text: string): string => text.replace(/,(\d+|null),\[/g, ',[');
    check(`${set}: a plain server`, withoutSizes(await overHttp(plain.url, set)), withoutSizes(expected));
    check(`${set}: uv`, await uvPins(served.url, set), await uvPins(mirror.indexUrl, set));
    check(`${set}: pip`, await pipPins(served.url, set), await pipPins(mirror.indexUrl, set));
  } finally {
    plain.child.kill();
    await served.close();
  }
  console.log(
    `${set}: ${report.projects} projects, ${report.files} files, ${report.sidecars} sidecars, ${(report.bytes / 1e6).toFixed(1)} MB`,
  );
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
