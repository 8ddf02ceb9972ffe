import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StaticServer } from './static-server.ts';

/**
 * nginx over a directory on loopback until closed, one worker, as its manual's first example serves files.
 *
 * Ends with the standard input of the shell that watches it, so with us, however we end.
 */
export async function startNginx(directory: string): Promise<StaticServer> {
  const scratch = mkdtempSync(join(tmpdir(), 'pyplan-nginx-'));
  const port = await freePort();
  writeFileSync(join(scratch, 'nginx.conf'), configuration(directory, scratch, port));
  const server = [
    'nginx',
    '-p',
    scratch,
    '-c',
    join(scratch, 'nginx.conf'),
    '-e',
    join(scratch, 'error.log'),
  ];
  const watch = '"$@" & nginx=$!; read -r _; kill "$nginx"; wait "$nginx"';
  const child = spawn('sh', ['-c', watch, 'sh', ...server], { stdio: ['pipe', 'ignore', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}/`;
  await answers(url);
  return {
    url,
    close: async () => {
      child.stdin.end();
      await exited;
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

function configuration(directory: string, scratch: string, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off; master_process off; pid ${scratch}/pid;
events { worker_connections 256; }
http {
  types { text/html html; application/json json; }
  default_type application/octet-stream;
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${scratch}/${name};`).join(' ')}
  server { listen 127.0.0.1:${port}; root ${directory}; }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

/** Asks until something answers, whatever it says. */
async function answers(url: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch (cause) {
      if (performance.now() > deadline) throw new Error('nginx is needed on the PATH', { cause });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
