import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface MirrorOptions {
  /** Milliseconds before each answer. */
  readonly latencyMs?: number;
  readonly flags?: readonly string[];
}

/** One answered request of the mirror's log. */
export interface MirrorRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
}

export interface Mirror {
  /** `http://127.0.0.1:PORT/simple`. */
  readonly indexUrl: string;
  /** The requests answered since the last call. */
  requests(): Promise<readonly MirrorRequest[]>;
  close(): Promise<void>;
}

/** Runs a Python file until its standard input ends: the server stops with us, however we end. */
const launcher = `
import os, runpy, sys, threading
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name='__main__')
`;

/**
 * Serves a recorded snapshot on loopback with its `mirror.py` until closed.
 *
 * Needs Python 3.11 or newer as `python3`.
 */
export async function startMirror(directory: string, options: MirrorOptions = {}): Promise<Mirror> {
  const scratch = mkdtempSync(join(tmpdir(), 'pyplan-mirror-'));
  const log = join(scratch, 'requests.log');
  const args = [
    join(directory, 'mirror.py'),
    ...['--port', '0', '--root', directory, '--log', log],
    ...['--latency-ms', String(options.latencyMs ?? 0)],
    ...(options.flags ?? []),
  ];
  const child = spawn('python3', ['-c', launcher, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error('the mirror needs python3 on the PATH', { cause })));
    child.once('exit', (code) => reject(new Error(`the mirror ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  const indexUrl = `http://127.0.0.1:${port}/simple`;
  let marks = 0;
  let seen = 0;
  return {
    indexUrl,
    async requests() {
      // The log is written in blocks: a marked request of our own tells when all before it is on disk.
      marks += 1;
      const mark = `/mark/${marks}`;
      await (await fetch(new URL(mark, indexUrl))).arrayBuffer();
      const lines = await logUpTo(log, mark);
      const fresh = lines.slice(seen, -1).map(parseLogLine);
      seen = lines.length;
      return fresh;
    },
    async close() {
      child.kill();
      await exited;
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

async function logUpTo(log: string, mark: string): Promise<readonly string[]> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const lines = readFileSync(log, 'utf8').split('\n');
    lines.pop();
    const at = lines.findIndex((line) => line.split('\t')[2] === mark);
    if (at >= 0) return lines.slice(0, at + 1);
    if (performance.now() > deadline) throw new Error('the mirror stopped writing its log');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function parseLogLine(line: string): MirrorRequest {
  const [, method = '', path = '', status = '0', bytes = '0'] = line.split('\t');
  return { method, path, status: Number(status), bytes: Number(bytes) };
}
