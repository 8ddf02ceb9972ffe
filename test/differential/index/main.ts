import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseRequirement } from '@pyplan/markers';
import { diskCache, mergeSettings, openIndexes, simpleIndex } from '@pyplan/package-index';
import { defaultOptions, resolve, target } from '@pyplan/resolver';
import { type IndexServer, startDevpi, startPypiserver } from './servers.ts';
import { type BuiltWheel, buildWheel } from './wheels.ts';

/**
 * Real index servers, devpi and pypiserver, asked by pyplan, pip and uv for the same plan.
 *
 *     node test/differential/index/main.ts
 *
 * `PYPLAN_INDEX_PEERS` names a virtual environment that has `devpi-server`, `pypiserver`, `passlib` and `uv`;
 * without it one is made in a temporary directory, with pip's own settings.
 */
const run = promisify(execFile);
const PACKAGES = [
  'devpi-server==6.20.3',
  'pypiserver==2.4.2',
  'passlib==1.7.4',
  'setuptools<81',
  'uv==0.13.9',
];

const folder = mkdtempSync(join(tmpdir(), 'pyplan-index-'));
const venv = process.env['PYPLAN_INDEX_PEERS'] ?? join(folder, 'venv');
const below = [buildWheel('beta', '1.0'), buildWheel('beta', '1.5'), buildWheel('gamma', '0.1')];
const rest = [
  buildWheel('alpha', '1.0', ['beta']),
  buildWheel('alpha', '2.0', ['beta>=1.2', "gamma; python_version >= '3'", "delta; extra == 'x'"]),
  // On the inheriting index a newer one than below.
  buildWheel('beta', '2.0'),
];
let failed = 0;
let passed = 0;

/** Name to version and digest. */
type Pins = ReadonlyMap<string, string>;

async function main(): Promise<void> {
  if (!existsSync(join(venv, 'bin', 'python'))) {
    await run('python3', ['-m', 'venv', venv]);
    await run(join(venv, 'bin', 'pip'), ['install', '-q', ...PACKAGES]);
  }
  const servers = [
    ['devpi', () => startDevpi(venv, folder, below, rest)],
    ['pypiserver', () => startPypiserver(venv, folder, [...below, ...rest])],
  ] as const;
  for (const [name, start] of servers) {
    const server = await start();
    try {
      await compare(name, server, [...below, ...rest]);
    } finally {
      await server.close();
    }
  }
}

async function compare(name: string, server: IndexServer, wheels: readonly BuiltWheel[]): Promise<void> {
  const indexUrl = server.indexUrl.replace('//', `//${server.user}:${server.password}@`);
  for (const requirement of ['alpha', 'alpha<2', 'alpha[missing]', 'Beta!=2.0', 'gamma==0.1']) {
    const cache = join(folder, `cache-${name}`);
    const ours = await oursOf(indexUrl, requirement, cache);
    check(`${name}: ${requirement}, as pip`, ours, await pipPins(indexUrl, requirement));
    check(`${name}: ${requirement}, as uv`, ours, await uvPins(indexUrl, requirement));
    check(`${name}: ${requirement}, offline`, ours, await oursOf(indexUrl, requirement, cache, true));
    for (const [project, pin] of ours) {
      const wheel = wheels.find(
        (built) => built.name === project && pin === `${built.version} ${built.sha256}`,
      );
      if (wheel === undefined) throw new Error(`${name}: ${project} ${pin} was never uploaded`);
    }
  }
  const wrong = server.indexUrl.replace('//', `//${server.user}:wrong@`);
  const refused = await oursOf(wrong, 'alpha', null).then(
    () => 'a plan',
    (error: unknown) => String(error),
  );
  // devpi lets everybody read.
  check(
    `${name}: a wrong password`,
    new Map([
      ['answer', refused.includes('(HTTP 401)') || refused.includes('(HTTP 403)') ? 'refused' : refused],
    ]),
    new Map([['answer', name === 'devpi' ? 'a plan' : 'refused']]),
  );
}

function check(what: string, found: Pins, expected: Pins): void {
  const show = (pins: Pins): string =>
    [...pins]
      .map(([name, pin]) => `${name} ${pin}`)
      .sort()
      .join(', ');
  if (show(found) === show(expected)) passed++;
  else {
    failed++;
    console.log(`${what}\n  pyplan: ${show(found)}\n  other:  ${show(expected)}`);
  }
}

async function oursOf(indexUrl: string, text: string, cache: string | null, offline = false): Promise<Pins> {
  const source = await openIndexes({
    settings: mergeSettings([{ defaultIndex: simpleIndex(indexUrl) }]),
    cache: cache === null ? null : diskCache(cache),
    offline,
    environment: {},
    home: folder,
  });
  try {
    const origin = { source: 'argument', line: null, column: null };
    const resolution = await resolve({
      requirements: [{ requirement: parseRequirement(text), origin }],
      constraints: [],
      overrides: [],
      targets: [target('3.11', 'linux')],
      source,
      options: defaultOptions,
    });
    const [plan] = resolution.plans;
    if (resolution.status !== 'resolved' || plan === undefined) throw new Error(`${text}: no plan`);
    const { password } = new URL(indexUrl);
    if (JSON.stringify(plan).includes(password)) throw new Error('a password is in the plan');
    return new Map(
      plan.packages.map(({ name, version, file }) => [name, `${version} ${file.hashes['sha256'] ?? ''}`]),
    );
  } finally {
    await source.close();
  }
}

interface PipReport {
  readonly install: readonly {
    readonly metadata: { readonly name: string; readonly version: string };
    readonly download_info: { readonly archive_info: { readonly hashes: { readonly sha256: string } } };
  }[];
}

async function pipPins(indexUrl: string, requirement: string): Promise<Pins> {
  const { stdout } = await run(
    join(venv, 'bin', 'python'),
    [
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
      '--index-url',
      indexUrl,
      requirement,
    ],
    { maxBuffer: 1 << 26 },
  );
  const report = JSON.parse(stdout) as PipReport;
  return new Map(
    report.install.map((item) => [
      item.metadata.name,
      `${item.metadata.version} ${item.download_info.archive_info.hashes.sha256}`,
    ]),
  );
}

async function uvPins(indexUrl: string, requirement: string): Promise<Pins> {
  const input = [
    'pip',
    'compile',
    '-q',
    '--no-config',
    '--no-cache',
    '--no-header',
    '--no-annotate',
    '--generate-hashes',
    '--index-url',
    indexUrl,
    '--python',
    join(venv, 'bin', 'python'),
    '-',
  ];
  const child = run(join(venv, 'bin', 'uv'), input);
  child.child.stdin?.end(`${requirement}\n`);
  const { stdout } = await child;
  const pins = stdout.matchAll(/^([a-z0-9-]+)==(\S+) \\\n\s+--hash=sha256:([0-9a-f]+)/gm);
  return new Map([...pins].map(([, name = '', version = '', digest = '']) => [name, `${version} ${digest}`]));
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
