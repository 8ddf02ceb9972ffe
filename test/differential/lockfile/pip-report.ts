import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * pip's own installation report of a requirement set beside pyplan's: the same packages, and of each the same file,
 * hashes and flags.
 *
 *   PYPLAN_PEERS=<a virtual environment with pip 26> node test/differential/lockfile/pip-report.ts \
 *     --index http://127.0.0.1:PORT/simple --python PATH [--exclude-newer TIME] SET.in...
 */

/** Prints the version of a Python on Linux, and its machine with the C library as uv names such a platform. */
const interpreter =
  'import platform as p; print(p.python_version(), p.machine() + "-manylinux_" + p.libc_ver()[1].replace(".", "_"))';

interface Installation {
  readonly download_info: object;
  readonly is_direct: boolean;
  readonly is_yanked: boolean;
  readonly requested: boolean;
  readonly requested_extras?: readonly string[];
  readonly metadata: { readonly name: string; readonly version: string };
}

function main(args: readonly string[]): number {
  const option = (name: string): string | undefined => args[args.indexOf(name) + 1 || args.length];
  const { PYPLAN_PEERS: peers } = process.env;
  const [index, python] = [option('--index'), option('--python')];
  if (peers === undefined || index === undefined || python === undefined) {
    throw new Error('set PYPLAN_PEERS, and give --index and --python');
  }
  const cutoff = option('--exclude-newer') ?? '2026-11-01T00:00:00Z';
  const [version = '', platform = ''] = run(python, ['-c', interpreter]).trim().split(' ');
  const directory = mkdtempSync(join(tmpdir(), 'pyplan-report-'));
  let [passed, failed] = [0, 0];
  for (const set of args.filter((arg) => arg.endsWith('.in'))) {
    const pip = ['--python', python, 'install', '--dry-run', '--ignore-installed', '-q', '--no-cache-dir'];
    const file = join(directory, 'report.json');
    const where = ['--only-binary', ':all:', '--index-url', index, '--report', file, '-r', set];
    run(join(peers, 'bin/pip'), [...pip, ...where]);
    const theirs = installations(readFileSync(file, 'utf8'));
    const bin = join(import.meta.dirname, '../../../packages/pyplan/src/bin.ts');
    const target = [
      '--python',
      version,
      '--platform',
      platform,
      '--index-url',
      index,
      '--only-binary',
      ':all:',
    ];
    const ours = installations(
      run(process.execPath, [
        bin,
        'lock',
        set,
        ...target,
        '--exclude-newer',
        cutoff,
        '--format',
        'report',
        '-q',
      ]),
    );
    for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
      if (ours.get(name) === theirs.get(name)) passed += 1;
      else {
        failed += 1;
        if (failed <= 10)
          console.log(`${set}: ${name}\n  ours:   ${ours.get(name)}\n  theirs: ${theirs.get(name)}`);
      }
    }
  }
  rmSync(directory, { recursive: true, force: true });
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** All that is comparable of each package, as text, by its name. */
function installations(report: string): ReadonlyMap<string, string> {
  const { install } = JSON.parse(report) as { readonly install: readonly Installation[] };
  return new Map(
    install.map(({ metadata, download_info, is_direct, is_yanked, requested, requested_extras }) => {
      const facts = [
        metadata.version,
        download_info,
        is_direct,
        is_yanked,
        requested,
        requested_extras ?? null,
      ];
      return [metadata.name.toLowerCase().replace(/[-_.]+/g, '-'), JSON.stringify(facts)];
    }),
  );
}

function run(command: string, args: readonly string[]): string {
  const answer = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (answer.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${answer.stderr.slice(0, 1000)}`);
  return answer.stdout;
}

process.exitCode = main(process.argv.slice(2));
