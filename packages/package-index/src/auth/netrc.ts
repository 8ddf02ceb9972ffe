import type { Credentials } from './credentials.ts';

/** The machines of a netrc file; the first entry for a machine counts. */
export interface Netrc {
  /** For a host, else the default entry; null for neither. */
  find(host: string): Credentials | null;
}

/** A netrc file that can't be read; the message names the line. */
export class NetrcError extends Error {
  override readonly name = 'NetrcError';
}

interface Token {
  readonly text: string;
  readonly line: number;
}

/**
 * Reads a netrc file as Python's `netrc` does: `machine`, `default`, `login`, `user`, `account`,
 * `password`, `macdef`, quoted values, comments.
 *
 * @throws {NetrcError}
 */
export function parseNetrc(text: string): Netrc {
  const machines = new Map<string, Credentials>();
  let fallback: Credentials | null = null;
  const tokens = tokenise(text);
  let at = 0;
  const value = (of: string): string => {
    const token = tokens[at++];
    if (token === undefined) throw new NetrcError(`netrc: ${of} has no value at the end of the file`);
    return token.text;
  };
  while (at < tokens.length) {
    const token = tokens[at++];
    if (token === undefined) break;
    if (token.text !== 'machine' && token.text !== 'default') {
      throw new NetrcError(`netrc, line ${token.line}: expected "machine" or "default"`);
    }
    const machine = token.text === 'machine' ? value('machine') : null;
    let username = '';
    let password = '';
    for (; at < tokens.length && !starts(tokens[at]); ) {
      const field = tokens[at++];
      switch (field?.text) {
        case 'login':
        case 'user':
          username = value(field.text);
          break;
        case 'account':
          value('account');
          break;
        case 'password':
          password = value('password');
          break;
        default:
          throw new NetrcError(`netrc, line ${field?.line ?? 0}: expected "login" or "password"`);
      }
    }
    const credentials: Credentials = { kind: 'basic', username, password };
    if (machine === null) fallback ??= credentials;
    else if (!machines.has(machine)) machines.set(machine, credentials);
  }
  return { find: (host) => machines.get(host) ?? fallback };
}

function starts(token: Token | undefined): boolean {
  return token?.text === 'machine' || token?.text === 'default';
}

/** Words and quoted values, without comments and macros. */
function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let inMacro = false;
  let expectsValue = false;
  text.split(/\r?\n/).forEach((content, index) => {
    if (inMacro) {
      inMacro = content.trim() !== '';
      return;
    }
    for (const match of content.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)) {
      const word = match[2];
      if (word?.startsWith('#') && !expectsValue) break;
      if (word === 'macdef' && !expectsValue) {
        inMacro = true;
        break;
      }
      const token = { text: (match[1] ?? word ?? '').replace(/\\(.)/g, '$1'), line: index + 1 };
      tokens.push(token);
      expectsValue = !expectsValue && word !== undefined && word !== 'default';
    }
  });
  return tokens;
}
