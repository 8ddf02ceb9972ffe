import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findPeers } from '../../../bench/peers.ts';

/** Python with `packaging` and `pip`, asked over a pipe. */
export interface Oracle {
  ask(request: Readonly<Record<string, unknown>>): Promise<unknown>;
  close(): void;
}

/** Starts the oracle with the Python of the peers' virtual environment. */
export function startOracle(): Oracle {
  const script = join(import.meta.dirname, 'oracle.py');
  const child: ChildProcessWithoutNullStreams = spawn(findPeers().program('python'), [script]);
  child.stderr.pipe(process.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`the oracle gave up on ${JSON.stringify(request).slice(0, 200)}`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}
