import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { InputError } from '../input/input-error.ts';
import { reportProgram } from './report-program.ts';

/** Isolated, without site-packages and start-up files, the program on standard input, nothing written beside. */
const isolated = ['-I', '-S', '-B', '-'] as const;

/** An interpreter that says nothing for so long is given up, in milliseconds. */
const patience = 30_000;

/** Longest report that is read, in bytes. */
const maxBytes = 64 * 1024 * 1024;

/**
 * Runs an interpreter to report itself, isolated from its packages; gives the report's text.
 *
 * @param executable a path, or a name to be found on PATH.
 * @throws InputError where there is none, or it can't tell.
 */
export function askInterpreter(executable: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: patience, maxBuffer: maxBytes, signal, windowsHide: true };
    const child = execFile(executable, isolated, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      if (signal.aborted) return reject(signal.reason);
      reject(
        new InputError(`${executable} can't report itself: ${reasonOf(error, stderr)}`, {
          cause: error,
          hint: 'Expected the path of a Python 3.8 or newer; --script prints the program that it is to run',
        }),
      );
    });
    // An interpreter that ends at once leaves nobody to read the program; its exit code tells.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(reportProgram);
  });
}

function reasonOf(error: Error, stderr: string): string {
  if ('code' in error && error.code === 'ENOENT') return 'there is no such program';
  if ('code' in error && error.code === 'EACCES') return 'it is no program that may be run';
  if ('killed' in error && error.killed === true) return `it took longer than ${patience / 1000} s`;
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return said === '' ? (error.message.split('\n')[0] ?? '') : said;
}

/**
 * The first interpreter on PATH, `python3` before `python`; null where there is none. The working directory is never
 * looked at, whatever PATH says.
 */
export function findInterpreter(path: string, platform: string): string | null {
  const names = platform === 'win32' ? ['python3.exe', 'python.exe'] : ['python3', 'python'];
  const directories = path.split(delimiter).filter((directory) => isAbsolute(directory));
  for (const directory of directories) {
    for (const name of names) {
      const file = join(directory, name);
      if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
    }
  }
  return null;
}
