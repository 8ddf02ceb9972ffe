import { measurePackaging, measureRust } from './children.ts';
import { benchInputs } from './inputs.ts';
import { measurePep440, measurePipRequirements } from './js-peers.ts';
import type { Measures } from './measure.ts';
import { measureOurs } from './ours.ts';

/** How the bench is run. */
export type MarkersBenchOptions = {
  /** Runs of each loop, whose median counts. Default: 101. */
  readonly rounds?: number;
  /** Prints JSON instead of a table. */
  readonly json?: boolean;
  readonly write?: (text: string) => void;
};

/** One operation: our time, the peers' in nanoseconds, and how many times ours theirs is. */
export type MarkersBenchRow = {
  readonly operation: string;
  readonly ours: number;
  readonly peers: readonly { readonly name: string; readonly time: number; readonly ratio: number }[];
};

/** Measures @pyplan/markers beside its peers, all on the same inputs, and prints medians and ratios. */
export function runMarkersBench(options: MarkersBenchOptions = {}): readonly MarkersBenchRow[] {
  const inputs = benchInputs(options.rounds ?? 101);
  const write = options.write ?? ((text: string) => void process.stdout.write(text));
  const ours = measureOurs(inputs);
  const peers: readonly (readonly [string, Measures])[] = [
    ['@renovatebot/pep440', measurePep440(inputs)],
    ['pip-requirements-js', measurePipRequirements(inputs)],
    ['packaging', measurePackaging(inputs)],
    ['pep440_rs, pep508_rs', measureRust(inputs)],
  ];
  const rows = Object.entries(ours).map(([operation, time]): MarkersBenchRow => {
    const beside = peers.flatMap(([name, measures]) => {
      const measure = measures[operation];
      return measure === undefined ? [] : [{ name, time: measure, ratio: measure / time }];
    });
    return { operation, ours: time, peers: beside };
  });
  write(options.json ? `${JSON.stringify(rows)}\n` : table(rows));
  return rows;
}

function table(rows: readonly MarkersBenchRow[]): string {
  const lines = rows.flatMap(({ operation, ours, peers }) => [
    `${operation.padEnd(22)}${'@pyplan/markers'.padEnd(24)}${shown(ours)}`,
    ...peers.map(
      ({ name, time, ratio }) =>
        `${''.padEnd(22)}${name.padEnd(24)}${shown(time)}${`${ratio.toFixed(2)}x`.padStart(12)}`,
    ),
  ]);
  return `${lines.join('\n')}\n`;
}

function shown(nanoseconds: number): string {
  return (
    nanoseconds >= 10_000 ? `${(nanoseconds / 1000).toFixed(0)} µs` : `${nanoseconds.toFixed(1)} ns`
  ).padStart(12);
}
