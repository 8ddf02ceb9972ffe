/** How a bench is run. */
export interface BenchOptions {
  /** The directory of requirement sets, `<name>.in`. */
  readonly sets: string;
  /** The snapshot that the mirror serves. */
  readonly snapshot: string;
  /** Sets by name; empty: all. */
  readonly names: readonly string[];
  /** Runs of each contender; null: as many as the bench thinks right. */
  readonly runs: number | null;
  /** Milliseconds before each answer of the index. */
  readonly latencyMs: number;
  /** Numbers of packages, for the benches of made-up indexes; null: the usual ones. */
  readonly sizes?: readonly number[] | null;
  /** The table of known dependencies that the command is to have; empty: none; null: its own. */
  readonly knownDependencies?: string | null;
  /** Tells how far it is, on a line of its own. */
  progress(text: string): void;
}

/** What a bench measured: as a text of Markdown tables and as data. */
export interface BenchReport {
  readonly markdown: string;
  readonly data: unknown;
}

export type Bench = (options: BenchOptions) => Promise<BenchReport>;

/** The recorded index's cutoff (snapshot/README.md). */
export const cutoff = '2026-11-01T00:00:00Z';
