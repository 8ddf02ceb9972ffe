import { setFlagsFromString } from 'node:v8';
import { thisMachine } from '../../machine.ts';
import { exitCode } from '../output/report-error.ts';
import type { OutputStream, World } from './world.ts';

/** How long the command may take after Ctrl-C to leave things in order, in milliseconds. */
const interruptGrace = 500;

/** The world of this process. Takes over Ctrl-C and broken pipes, so it is called once. */
export function processWorld(): World {
  return {
    env: process.env,
    cwd: process.cwd(),
    machine: thisMachine(),
    now: Date.now,
    readStdin,
    stdout: outputStream(process.stdout),
    stderr: outputStream(process.stderr),
    takeMemory,
    signal: interruption(),
  };
}

/** Undoes what `bin.ts` asked for: both generations grow as V8 sees fit. */
function takeMemory(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
  setFlagsFromString('--heap-growing-percent=0');
}

/** Aborted at the first Ctrl-C; a second one, or work that does not stop in time, ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(exitCode.interrupted);
    controller.abort(new DOMException('Interrupted', 'AbortError'));
    setTimeout(() => {
      process.stderr.write('error: Interrupted\n');
      process.exit(exitCode.interrupted);
    }, interruptGrace).unref();
  });
  return controller.signal;
}

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  // A reader that has seen enough (`| head`) is no fault.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode.done);
    throw error;
  });
  return {
    isTTY: stream.isTTY === true,
    columns: stream.isTTY === true ? stream.columns : null,
    write: (text) => void stream.write(text),
  };
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
