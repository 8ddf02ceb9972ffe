import { execFile } from 'node:child_process';
import type { Credentials } from './credentials.ts';

/** Runs the command with these arguments and gives what it prints; null where it fails. */
export type RunKeyring = (args: readonly string[]) => Promise<string | null>;

const TIMEOUT = 60_000;

/** The `keyring` command on the PATH. */
export const runKeyring: RunKeyring = (args) =>
  new Promise((resolve) => {
    execFile('keyring', [...args], { timeout: TIMEOUT, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? stdout : null);
    });
  });

/**
 * Asks the `keyring` command for a password, first for the URL and then for its host, as pip's and uv's
 * provider `subprocess` do. Without a user name it is asked for both (`--mode creds`).
 */
export async function askKeyring(
  url: URL,
  username: string | null,
  run: RunKeyring = runKeyring,
): Promise<Credentials | null> {
  for (const service of [`${url.origin}${url.pathname}`, url.host]) {
    if (username === null) {
      const [user, password] = lines(await run(['--mode', 'creds', 'get', service]));
      if (user !== undefined && password !== undefined) return { kind: 'basic', username: user, password };
    } else {
      const [password] = lines(await run(['get', service, username]));
      if (password !== undefined) return { kind: 'basic', username, password };
    }
  }
  return null;
}

function lines(output: string | null): readonly string[] {
  return output === null ? [] : output.split(/\r?\n/).filter((line) => line !== '');
}
