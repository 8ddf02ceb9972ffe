import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { ExplanationCase } from './case.ts';
import { inCaseDirectory, type Told } from './run-pyplan.ts';

/** Where the peers are and what they ask. */
export interface Peers {
  /** A virtual environment with uv and pip. */
  readonly venv: string;
  /** `http://127.0.0.1:PORT/simple`. */
  readonly indexUrl: string;
  /** A directory for their caches. */
  readonly cache: string;
}

/** So long one may take. */
const patience = 60_000;

/** The newest of several targets: the one that fails in the cases here. */
const lastOf = (list: string): string => list.split(',').at(-1) ?? list;

/** What uv tells of a case; null where it has no such input. */
export async function tellByUv(each: ExplanationCase, peers: Peers): Promise<Told | null> {
  const { sources = ['requirements.in'], platform = 'linux', python = '3.12' } = each;
  if (each.uv === null) return null;
  const options = each.uv ?? each.options ?? [];
  const universal = options.includes('--universal');
  const args = [
    ...['pip', 'compile', '-q', '--no-config', '--no-header', '--no-annotate', '--color', 'never'],
    ...['--cache-dir', join(peers.cache, 'uv'), '--index-url', peers.indexUrl],
    ...['--python-version', lastOf(python)],
    ...(universal ? [] : ['--python-platform', lastOf(platform)]),
    ...(each.sdists === true ? [] : ['--only-binary', ':all:']),
    ...(options.includes('--exclude-newer') ? [] : ['--exclude-newer', '2026-11-01T00:00:00Z']),
    ...options,
    ...sources,
  ];
  return await inCaseDirectory(each, (cwd) => run(join(peers.venv, 'bin', 'uv'), args, cwd));
}

const wheelPlatforms: Readonly<Record<string, readonly string[]>> = {
  linux: ['manylinux_2_28_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux_2_12_x86_64'],
  'x86_64-apple-darwin': [
    'macosx_13_0_x86_64',
    'macosx_11_0_x86_64',
    'macosx_10_13_x86_64',
    'macosx_10_9_x86_64',
  ],
  'aarch64-pc-windows-msvc': ['win_arm64'],
  'x86_64-unknown-linux-musl': ['musllinux_1_2_x86_64', 'musllinux_1_1_x86_64'],
};

/** What pip tells of a case; null where it has no such input. Markers are those of the Python that runs it. */
export async function tellByPip(each: ExplanationCase, peers: Peers): Promise<Told | null> {
  const { platform = 'linux', python = '3.12' } = each;
  if (each.pip === null) return null;
  return await inCaseDirectory(each, (cwd) => {
    const args = [
      ...['install', '--isolated', '--disable-pip-version-check', '--no-input', '--no-color'],
      ...['--dry-run', '--ignore-installed', '--only-binary', ':all:'],
      ...['--cache-dir', join(peers.cache, 'pip'), '--index-url', peers.indexUrl],
      ...['--python-version', python, '--implementation', 'cp', '--target', join(cwd, 'target')],
      ...(wheelPlatforms[platform] ?? []).flatMap((tag) => ['--platform', tag]),
      ...(each.pip ?? each.options ?? []),
      ...['-r', 'requirements.in'],
    ];
    // What belongs to an error goes to both of pip's outputs; only one of them keeps its order.
    const pip = join(peers.venv, 'bin', 'pip');
    return run('sh', ['-c', 'exec "$0" "$@" 2>&1', pip, ...args], cwd).then(fromFirstError);
  });
}

/** Without what pip tells of its progress. */
function fromFirstError({ code, text }: Told): Told {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => /^(?:ERROR|no answer)/.test(line));
  return { code, text: code === 0 || first < 0 ? '' : lines.slice(first).join('\n').trimEnd() };
}

function run(program: string, args: readonly string[], cwd: string): Promise<Told> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, NO_COLOR: '1', COLUMNS: '100' };
    const child = execFile(
      program,
      [...args],
      { cwd, env, timeout: patience, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code === 'string') return reject(error);
        const code = child.exitCode ?? 1;
        const late = child.exitCode === null ? `no answer after ${patience / 1000} seconds\n` : '';
        return resolve({ code, text: `${late}${code === 0 ? '' : stdout}${stderr}`.trimEnd() });
      },
    );
    child.stdin?.end();
  });
}
