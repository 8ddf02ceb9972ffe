import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchInputs } from './inputs.ts';
import type { Measures } from './measure.ts';

/** Where the peers are built and the inputs written; kept, so that a second run starts at once. */
function workshop(): string {
  const directory = join(tmpdir(), 'pyplan-bench-markers');
  mkdirSync(directory, { recursive: true });
  return directory;
}

function writeInputs(inputs: BenchInputs): string {
  const path = join(workshop(), `inputs-${process.pid}.json`);
  writeFileSync(path, JSON.stringify(inputs));
  return path;
}

/** Times of `packaging`, from the virtual environment that PYPLAN_PEERS names or one made here. */
export function measurePackaging(inputs: BenchInputs): Measures {
  const output = run(pythonOfPeers(), [join(import.meta.dirname, 'peer.py'), writeInputs(inputs)]);
  return JSON.parse(output) as Measures;
}

function pythonOfPeers(): string {
  const { PYPLAN_PEERS: given } = process.env;
  if (given !== undefined && given !== '') return join(given, 'bin', 'python');
  const venv = join(workshop(), 'venv');
  const python = join(venv, 'bin', 'python');
  if (!existsSync(python)) {
    run('python3', ['-m', 'venv', venv]);
    run(python, ['-m', 'pip', 'install', '--quiet', 'packaging==26.3']);
  }
  return python;
}

/** Times of pep440_rs and pep508_rs, built by cargo in a temporary directory. */
export function measureRust(inputs: BenchInputs): Measures {
  const directory = join(workshop(), 'rust');
  cpSync(join(import.meta.dirname, 'rust'), directory, { recursive: true });
  run('cargo', ['build', '--release', '--quiet', '--manifest-path', join(directory, 'Cargo.toml')]);
  return JSON.parse(
    run(join(directory, 'target', 'release', 'markers-bench'), [writeInputs(inputs)]),
  ) as Measures;
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
