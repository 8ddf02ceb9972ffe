import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPeers } from '../peers.ts';
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

/** Times of `packaging`, which the environment of the peers holds. */
export function measurePackaging(inputs: BenchInputs): Measures {
  const python = findPeers().program('python');
  return JSON.parse(run(python, [join(import.meta.dirname, 'peer.py'), writeInputs(inputs)])) as Measures;
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
