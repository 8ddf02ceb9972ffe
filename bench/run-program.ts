import { spawn } from 'node:child_process';

/** Runs a program to its end, its output thrown away; `accepted` are the exit codes that count as an answer. */
export function runProgram(
  program: string,
  args: readonly string[],
  accepted: readonly number[] = [0],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== null && accepted.includes(code)) resolve();
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${complaints}`));
    });
  });
}
