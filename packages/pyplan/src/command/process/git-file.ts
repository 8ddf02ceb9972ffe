import { execFile } from 'node:child_process';
import { InputError } from '../../input/input-error.ts';
import { systemReason } from '../../render/system-reason.ts';

/** Longest file that is read, in bytes. */
const maxBytes = 256 * 1024 * 1024;

/**
 * A file as a git revision has it.
 *
 * @param name `REV:PATH` as git knows it: from the top of the repository, or from here with `./` before the path.
 * @throws InputError where there is no such file, revision, repository or git.
 */
export function readGitFile(name: string, cwd: string): Promise<string> {
  if (!/^[^-:][^:]*:./.test(name)) {
    throw new InputError(`--git takes a revision and a path; got ${JSON.stringify(name)}`, {
      hint: 'REV:PATH, as in main:pylock.toml or HEAD~1:./uv.lock',
    });
  }
  return new Promise<string>((resolve, reject) => {
    execFile('git', ['cat-file', 'blob', name], { cwd, maxBuffer: maxBytes }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const said =
        stderr
          .trim()
          .split('\n')[0]
          ?.replace(/^fatal: /, '') ?? '';
      const isMissing = 'code' in error && error.code === 'ENOENT';
      const reason = isMissing ? 'git is not installed' : said === '' ? error.message : said;
      reject(
        new InputError(`git has no file ${name}: ${reason}`, {
          cause: error,
          hint: 'The path counts from the top of the repository; REV:./PATH counts from here',
        }),
      );
    });
  }).catch((error: unknown) => {
    if (error instanceof InputError) throw error;
    // A process that can't be started at all, as where Node's permissions forbid it.
    throw new InputError(`git can't be run for ${name}: ${systemReason(error)}`, {
      cause: error,
      hint: 'Write the old lock to a file, and name that instead of --git',
    });
  });
}
