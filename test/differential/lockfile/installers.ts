import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/*
 * Locks the requirement sets of a directory from an index, and asks uv and pip what they would install from the
 * lock: it must be just the plan.
 *
 *   PYPLAN_PEERS=<a virtual environment with uv and pip 26> node test/differential/lockfile/installers.ts \
 *     --index http://127.0.0.1:PORT/simple --sets DIRECTORY [--only SET] [--python PATH]... [--exclude-newer TIME]
 *
 * uv answers for every target. pip answers for the interpreters that are given; where the index makes up the files
 * that it serves, pip, which downloads them, gets a lock with the hashes of those.
 */

const targets = [
  ['3.10', 'linux'],
  ['3.12', 'linux'],
  ['3.13', 'linux'],
  ['3.14', 'linux'],
  ['3.12', 'macos'],
  ['3.12', 'windows'],
] as const;

interface Settings {
  readonly peers: string;
  readonly index: string;
  readonly sets: readonly string[];
  readonly pythons: readonly string[];
  readonly cutoff: string;
  readonly directory: string;
}

type Pins = ReadonlyMap<string, string>;

interface Tally {
  passed: number;
  failed: number;
}

async function main(args: readonly string[]): Promise<number> {
  const settings = settingsOf(args);
  const tally: Tally = { passed: 0, failed: 0 };
  try {
    for (const set of settings.sets) {
      for (const [python, platform] of targets) askUv(settings, set, python, platform, tally);
      for (const python of settings.pythons) await askPip(settings, set, python, tally);
    }
  } finally {
    rmSync(settings.directory, { recursive: true, force: true });
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed === 0 ? 0 : 1;
}

function settingsOf(args: readonly string[]): Settings {
  const all = (name: string): readonly string[] => args.filter((_, index) => args[index - 1] === name);
  const { PYPLAN_PEERS: peers } = process.env;
  const [[index], [sets]] = [all('--index'), all('--sets')];
  if (peers === undefined || index === undefined || sets === undefined) {
    throw new Error('set PYPLAN_PEERS, and give --index and --sets');
  }
  const only = all('--only');
  const files = readdirSync(sets).filter((name) => name.endsWith('.in') && !name.startsWith('unsat'));
  return {
    peers,
    index,
    sets: files
      .filter((name) => only.length === 0 || only.includes(basename(name, '.in')))
      .map((name) => join(sets, name)),
    pythons: all('--python'),
    cutoff: all('--exclude-newer')[0] ?? '2026-11-01T00:00:00Z',
    directory: mkdtempSync(join(tmpdir(), 'pyplan-installers-')),
  };
}

/** The lock of a set for one target, or null where there is no solution. */
function lock(
  settings: Settings,
  set: string,
  python: string,
  platform: string,
  format: 'pylock' | 'requirements',
): string | null {
  const bin = join(import.meta.dirname, '../../../packages/pyplan/src/bin.ts');
  const options = [
    '--python',
    python,
    '--platform',
    platform,
    '--index-url',
    settings.index,
    '--format',
    format,
  ];
  const more = ['--only-binary', ':all:', '--exclude-newer', settings.cutoff, '-q'];
  const answer = run(process.execPath, [bin, 'lock', set, ...options, ...more]);
  if (answer.status === 1) return null;
  if (answer.status !== 0) throw new Error(`pyplan lock ${set}: ${answer.stderr}`);
  const file = join(settings.directory, format === 'pylock' ? 'pylock.toml' : 'requirements.txt');
  writeFileSync(file, answer.stdout);
  return file;
}

function askUv(settings: Settings, set: string, python: string, platform: string, tally: Tally): void {
  const venv = join(settings.directory, 'uv-venv');
  const env = { ...process.env, VIRTUAL_ENV: venv, UV_NO_CONFIG: '1' };
  const uv = join(settings.peers, 'bin/uv');
  const here = run(
    uv,
    ['venv', '-q', '--allow-existing', '--python', join(settings.peers, 'bin/python'), venv],
    env,
  );
  if (here.status !== 0) throw new Error(here.stderr);
  const target = ['--dry-run', '--python-version', python, '--python-platform', platform];
  const pylock = lock(settings, set, python, platform, 'pylock');
  if (pylock === null) return;
  const plan = pinsOfPylock(readFileSync(pylock, 'utf8'));
  const name = `${basename(set, '.in')} ${python} ${platform}`;
  const install = ['pip', 'install', ...target];
  compare(`${name}: uv pip install pylock`, plan, added(run(uv, [...install, '-r', pylock], env)), tally);
  compare(
    `${name}: uv pip sync pylock`,
    plan,
    added(run(uv, ['pip', 'sync', ...target, pylock], env)),
    tally,
  );
  const requirements = lock(settings, set, python, platform, 'requirements');
  if (requirements === null) throw new Error(`${name}: one format has a solution, the other has none`);
  const hashed = [
    '--require-hashes',
    '--only-binary',
    ':all:',
    '--index-url',
    settings.index,
    '-r',
    requirements,
  ];
  compare(`${name}: uv pip install requirements`, plan, added(run(uv, [...install, ...hashed], env)), tally);
}

async function askPip(settings: Settings, set: string, python: string, tally: Tally): Promise<void> {
  const version = run(python, ['-c', 'import platform; print(platform.python_version())']).stdout.trim();
  const pip = [join(settings.peers, 'bin/pip'), '--python', python];
  const common = ['install', '--dry-run', '--ignore-installed', '-q', '--report', '-', '--no-cache-dir'];
  const name = `${basename(set, '.in')} ${version} linux`;
  const pylock = lock(settings, set, version, 'linux', 'pylock');
  if (pylock === null) return;
  const text = readFileSync(pylock, 'utf8');
  const plan = pinsOfPylock(text);
  const served = await servedHashes(text);
  writeFileSync(pylock, replaceAll(text, served));
  compare(
    `${name}: pip install pylock`,
    plan,
    reported(run('env', [...pip, ...common, '-r', pylock])),
    tally,
  );
  const requirements = lock(settings, set, version, 'linux', 'requirements');
  if (requirements === null) throw new Error(`${name}: one format has a solution, the other has none`);
  writeFileSync(requirements, withBoth(readFileSync(requirements, 'utf8'), served));
  const index = settings.index.replace(/\/simple\/?$/, '/simple/');
  const hashed = ['--require-hashes', '--only-binary', ':all:', '--index-url', index, '-r', requirements];
  compare(
    `${name}: pip install requirements`,
    plan,
    reported(run('env', [...pip, ...common, ...hashed])),
    tally,
  );
}

function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(command, args, { env, encoding: 'utf8', maxBuffer: 1 << 28 });
}

function pinsOfPylock(text: string): Pins {
  return new Map(
    [...text.matchAll(/^name = "(.+)"\nversion = "(.+)"$/gm)].map(([, name = '', version = '']) => [
      name,
      version,
    ]),
  );
}

/** The lines `+ name==version` of uv. */
function added(answer: { readonly status: number | null; readonly stderr: string }): Pins | string {
  if (answer.status !== 0) return answer.stderr.slice(0, 600);
  const lines = [...answer.stderr.matchAll(/^ \+ (\S+)==(\S+)/gm)];
  return new Map(lines.map(([, name = '', version = '']) => [normal(name), version]));
}

/** What pip's installation report has. */
function reported(answer: {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}): Pins | string {
  if (answer.status !== 0) return answer.stderr.slice(-600);
  const { install } = JSON.parse(answer.stdout) as {
    install: readonly { metadata: { name: string; version: string } }[];
  };
  return new Map(install.map(({ metadata }) => [normal(metadata.name), metadata.version]));
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** By hash in the lock, the hash of what the index serves under that URL. */
async function servedHashes(text: string): Promise<ReadonlyMap<string, string>> {
  const found = [...text.matchAll(/url = "([^"]+)".*?sha256 = "([0-9a-f]+)"/g)];
  const pairs = await Promise.all(
    found.map(async ([, url = '', hash = '']) => {
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      return [hash, createHash('sha256').update(bytes).digest('hex')] as const;
    }),
  );
  return new Map(pairs);
}

function replaceAll(text: string, hashes: ReadonlyMap<string, string>): string {
  return text.replace(/[0-9a-f]{64}/g, (hash) => hashes.get(hash) ?? hash);
}

/** pip chooses by the hash on the page, and checks what it downloaded. */
function withBoth(text: string, hashes: ReadonlyMap<string, string>): string {
  return text.replace(/--hash=sha256:([0-9a-f]{64})/g, (option, hash: string) => {
    return `${option} --hash=sha256:${hashes.get(hash) ?? hash}`;
  });
}

function compare(what: string, plan: Pins, answer: Pins | string, tally: Tally): void {
  const text = (pins: Pins): readonly string[] =>
    [...pins].map(([name, version]) => `${name}==${version}`).sort();
  if (typeof answer !== 'string' && JSON.stringify(text(plan)) === JSON.stringify(text(answer))) {
    tally.passed += 1;
    return;
  }
  tally.failed += 1;
  const [ours, theirs] = [new Set(text(plan)), new Set(typeof answer === 'string' ? [] : text(answer))];
  const only = (a: ReadonlySet<string>, b: ReadonlySet<string>): string =>
    [...a]
      .filter((pin) => !b.has(pin))
      .slice(0, 5)
      .join(' ');
  console.log(
    typeof answer === 'string'
      ? `${what}: ${answer}`
      : `${what}: only ours ${only(ours, theirs)}; only theirs ${only(theirs, ours)}`,
  );
}

process.exitCode = await main(process.argv.slice(2));
