import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  formatPylock,
  type Pylock,
  parsePylock,
  readUvLock,
  selectFromPylock,
  toPylock,
} from '@pyplan/lockfile';
import { seededRandom } from '../../support/seeded-random.ts';
import { type RandomEnvironment, randomEnvironment } from './environments.ts';

/*
 * Converts the uv.lock of a project to pylock.toml as `uv export` does: what the two select in random environments,
 * with and without the project's extras and groups, must be the same.
 *
 *   PYPLAN_PEERS=<a virtual environment with uv> node test/differential/lockfile/uv-export.ts \
 *     [--environments 300] [--seed 1] PROJECT...
 */

function main(args: readonly string[]): number {
  const { PYPLAN_PEERS: peers } = process.env;
  if (peers === undefined) throw new Error('set PYPLAN_PEERS to a virtual environment that has uv');
  const number = (name: string, otherwise: number): number => {
    const at = args.indexOf(name);
    return at === -1 ? otherwise : Number(args[at + 1]);
  };
  const [seed, count] = [number('--seed', 1), number('--environments', 300)];
  const random = seededRandom(seed);
  let [same, different] = [0, 0];
  for (const project of args.filter(
    (arg, index) => !arg.startsWith('--') && !args[index - 1]?.startsWith('--'),
  )) {
    const file = join(project, 'uv.lock');
    const ours = parsePylock(formatPylock(toPylock(readUvLock(readFileSync(file, 'utf8'), file))), file);
    const environments = Array.from({ length: count }, () => randomEnvironment(random));
    for (const part of partsOf(ours)) {
      const theirs = exported(peers, project, part);
      for (const environment of environments) {
        const [left, right] = [select(ours, environment, part), select(theirs, environment, null)];
        if (left === right) same += 1;
        else {
          different += 1;
          if (different <= 5)
            console.log(`${file} [${part.extras}] {${part.groups}}\n  ours:   ${left}\n  theirs: ${right}`);
        }
      }
    }
  }
  console.log(`seed ${seed}: ${same} passed, ${different} failed`);
  return different === 0 ? 0 : 1;
}

interface Part {
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

function partsOf(lock: Pylock): readonly Part[] {
  return [
    { extras: [], groups: [] },
    { extras: lock.extras, groups: lock.dependencyGroups },
    ...lock.extras.map((extra) => ({ extras: [extra], groups: [] })),
    ...lock.dependencyGroups.map((group) => ({ extras: [], groups: [group] })),
  ];
}

function exported(peers: string, project: string, { extras, groups }: Part): Pylock {
  const parts = [
    ...extras.map((extra) => ['--extra', extra]),
    ...groups.map((group) => ['--group', group]),
  ].flat();
  const options = [
    'export',
    '-q',
    '--frozen',
    '--no-default-groups',
    '--no-emit-project',
    '--format',
    'pylock.toml',
  ];
  const run = spawnSync(join(peers, 'bin/uv'), [...options, ...parts], {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`uv export in ${project}: ${run.stderr}`);
  return parsePylock(run.stdout, `uv export in ${project}`);
}

/** The files in order of their names, in lower case, which uv puts some in; directories do not count: whether uv emits them is another matter. */
function select(lock: Pylock, { environment, tags }: RandomEnvironment, part: Part | null): string {
  try {
    const asked = part === null ? {} : { extras: part.extras, dependencyGroups: part.groups };
    const chosen = selectFromPylock(lock, { environment, tags, ...asked });
    const files = chosen.map(({ source }) =>
      'file' in source ? source.file.filename.toLowerCase() : source.kind,
    );
    return files
      .filter((name) => name !== 'directory')
      .sort()
      .join(' ');
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

process.exitCode = main(process.argv.slice(2));
