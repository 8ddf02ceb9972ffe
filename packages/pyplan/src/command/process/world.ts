import type { Machine } from '../../input/default-targets.ts';

/** Everything that the command takes from the process that runs it. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory, absolute. */
  readonly cwd: string;
  readonly machine: Machine;
  readonly now: () => number;
  readonly readStdin: () => Promise<string>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Takes memory more freely from now on, so that less time goes into saving it. */
  readonly takeMemory: () => void;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The part of a writable stream that the command needs. */
export interface OutputStream {
  readonly isTTY: boolean;
  readonly columns: number | null;
  write(text: string): void;
}
