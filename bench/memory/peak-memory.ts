import { spawn } from 'node:child_process';
import type { Invocation } from '../commands.ts';
import { plainEnvironment } from '../run-program.ts';

/** Runs a program without output and prints the peak of its resident memory in bytes. */
const launcher = `
import os, sys
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(pid, 0)
print(usage.ru_maxrss * (1 if sys.platform == 'darwin' else 1024))
sys.exit(os.waitstatus_to_exitcode(status))
`;

/**
 * The most memory, in bytes, that a program had in use at once, as its system counts it.
 *
 * Needs `python3`, which can ask for it. A set without a solution ends with 1, which is an answer too.
 */
export function peakMemory({ program, args }: Invocation): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', ['-c', launcher, program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: plainEnvironment(),
    });
    let [output, complaints] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0 || code === 1) resolve(Number(output));
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${complaints}`));
    });
  });
}
