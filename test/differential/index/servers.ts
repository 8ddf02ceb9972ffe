import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BuiltWheel } from './wheels.ts';

const run = promisify(execFile);

/** An index server on loopback that speaks the Simple API. */
export interface IndexServer {
  /** Without credentials. */
  readonly indexUrl: string;
  readonly user: string;
  readonly password: string;
  close(): Promise<void>;
}

const USER = 'me';
const PASSWORD = 'hush-hush';

/** A devpi server with two indexes: `me/base` holds `below`, and `me/dev`, which inherits from it, the rest. */
export async function startDevpi(
  venv: string,
  folder: string,
  below: readonly BuiltWheel[],
  rest: readonly BuiltWheel[],
): Promise<IndexServer> {
  const directory = join(folder, 'devpi');
  await run(join(venv, 'bin', 'devpi-init'), ['--serverdir', directory, '--no-root-pypi']);
  const port = await freePort();
  const child = start(join(venv, 'bin', 'devpi-server'), [
    '--serverdir',
    directory,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
  ]);
  const origin = `http://127.0.0.1:${port}`;
  await ready(`${origin}/+api`, child);
  await put(`${origin}/${USER}`, { password: PASSWORD }, null);
  const proof = await logIn(origin);
  await put(`${origin}/${USER}/base`, { bases: [], volatile: true }, proof);
  await put(`${origin}/${USER}/dev`, { bases: [`${USER}/base`], volatile: true }, proof);
  for (const wheel of below) await upload(`${origin}/${USER}/base/`, wheel, { 'x-devpi-auth': proof });
  for (const wheel of rest) await upload(`${origin}/${USER}/dev/`, wheel, { 'x-devpi-auth': proof });
  return {
    indexUrl: `${origin}/${USER}/dev/+simple/`,
    user: USER,
    password: PASSWORD,
    close: () => stop(child),
  };
}

/** A pypiserver that wants credentials for everything. */
export async function startPypiserver(
  venv: string,
  folder: string,
  wheels: readonly BuiltWheel[],
): Promise<IndexServer> {
  const directory = join(folder, 'pypiserver');
  mkdirSync(directory);
  const passwords = join(folder, 'passwords');
  await run(join(venv, 'bin', 'python'), [
    '-c',
    'import sys; from passlib.apache import HtpasswdFile as F; f = F(sys.argv[1], new=True, default_scheme="apr_md5_crypt"); f.set_password(sys.argv[2], sys.argv[3]); f.save()',
    ...[passwords, USER, PASSWORD],
  ]);
  const port = await freePort();
  const child = start(join(venv, 'bin', 'pypi-server'), [
    ...[
      'run',
      '-p',
      String(port),
      '-i',
      '127.0.0.1',
      '-P',
      passwords,
      '-a',
      'update,download,list',
      '--disable-fallback',
    ],
    directory,
  ]);
  const origin = `http://127.0.0.1:${port}`;
  await ready(`${origin}/health`, child);
  const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
  for (const wheel of wheels) await upload(`${origin}/`, wheel, { authorization });
  return { indexUrl: `${origin}/simple/`, user: USER, password: PASSWORD, close: () => stop(child) };
}

function start(command: string, args: readonly string[]): ChildProcess {
  return spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(5000).then(() => child.kill('SIGKILL'))]);
  await ended;
}

/** Waits until something answers, a minute at most. */
async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`the server of ${url} ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    if (answer !== null && answer.status < 500) return;
    await sleep(200);
  }
  throw new Error(`nothing answers at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function logIn(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/+login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ user: USER, password: PASSWORD }),
  });
  const { result } = (await answer.json()) as { readonly result: { readonly password: string } };
  return Buffer.from(`${USER}:${result.password}`).toString('base64');
}

async function put(url: string, body: object, proof: string | null): Promise<void> {
  const answer = await fetch(url, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(proof === null ? {} : { 'x-devpi-auth': proof }),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status} ${await answer.text()}`);
}

/** As twine uploads (the legacy upload API). */
async function upload(
  url: string,
  wheel: BuiltWheel,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const form = new FormData();
  const fields = {
    ':action': 'file_upload',
    protocol_version: '1',
    metadata_version: '2.1',
    name: wheel.name,
    version: wheel.version,
    filetype: 'bdist_wheel',
    pyversion: 'py3',
    sha256_digest: wheel.sha256,
  };
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  form.append('content', new Blob([Buffer.from(wheel.bytes)]), wheel.filename);
  const answer = await fetch(url, { method: 'POST', headers, body: form });
  if (!answer.ok)
    throw new Error(`${url}: HTTP ${answer.status} for ${wheel.filename}: ${await answer.text()}`);
}
