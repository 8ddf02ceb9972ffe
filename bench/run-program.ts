import { spawn } from 'node:child_process';

/**
 * The environment that contenders run in: what the machine sets for pip, uv or pyplan (another index, directories of
 * wheels), in variables and in pip's files, would make one of them do what the others do not.
 */
export function plainEnvironment(variables: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(variables).filter(([name]) => !/^(pip|uv|pyplan)_/i.test(name));
  return { ...Object.fromEntries(kept), PIP_CONFIG_FILE: '/dev/null', UV_NO_CONFIG: '1' };
}

/** Runs a program to its end, its output thrown away; `accepted` are the exit codes that count as an answer. */
export function runProgram(
  program: string,
  args: readonly string[],
  accepted: readonly number[] = [0],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: plainEnvironment() });
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
