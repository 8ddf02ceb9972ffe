import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../test/support/paths.ts';

/** A virtual environment that holds the programs of `peers.txt`. */
export interface Peers {
  readonly directory: string;
  /** The path of a program of the environment, e.g. `uv`. */
  program(name: string): string;
}

/**
 * The environment that PYPLAN_PEERS names, or one of our own in `.cache/peers`, made with python3
 * and pip where it is not there yet.
 */
export function findPeers(): Peers {
  const { PYPLAN_PEERS: given } = process.env;
  if (given !== undefined && given !== '') return peersIn(given);
  const directory = join(root, '.cache', 'peers');
  if (!existsSync(join(directory, 'complete'))) install(directory);
  return peersIn(directory);
}

function install(directory: string): void {
  process.stderr.write(`Installing the peers into ${directory}\n`);
  execFileSync('python3', ['-m', 'venv', '--clear', directory], { stdio: 'inherit' });
  const python = join(directory, 'bin', 'python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  execFileSync(python, [...pip, '-r', join(root, 'bench', 'peers.txt')], { stdio: 'inherit' });
  // Written last: an install that was cut short is begun again.
  execFileSync(python, ['-c', 'import sys; open(sys.argv[1], "w").close()', join(directory, 'complete')]);
}

function peersIn(directory: string): Peers {
  return {
    directory,
    program(name) {
      const path = join(directory, 'bin', name);
      if (existsSync(path)) return path;
      throw new Error(`${path} does not exist: PYPLAN_PEERS must hold the programs of bench/peers.txt`);
    },
  };
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${findPeers().directory}\n`);
