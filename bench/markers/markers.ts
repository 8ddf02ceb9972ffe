import type { Bench } from '../bench.ts';
import { markdownTable } from '../table.ts';
import { measurePackaging, measureRust } from './children.ts';
import { benchInputs } from './inputs.ts';
import { measurePep440, measurePipRequirements } from './js-peers.ts';
import type { Measures } from './measure.ts';
import { measureOurs } from './ours.ts';

/** One operation: our time and the peers' in nanoseconds, and how many times ours theirs is. */
export interface MarkersBenchRow {
  readonly operation: string;
  readonly ours: number;
  readonly peers: readonly { readonly name: string; readonly time: number; readonly ratio: number }[];
}

/** Runs of each loop, whose median counts. */
const ROUNDS = 101;

/**
 * @pyplan/markers beside its peers, all on the same inputs: the JavaScript ones in this process, `packaging` and
 * the Rust crates as children with their own inner loops.
 */
export const runMarkersBench: Bench = async ({ runs, progress }) => {
  const inputs = benchInputs(runs ?? ROUNDS);
  progress('@pyplan/markers');
  const ours = measureOurs(inputs);
  const peers: (readonly [string, Measures])[] = [];
  for (const [name, measure] of [
    ['@renovatebot/pep440', measurePep440],
    ['pip-requirements-js', measurePipRequirements],
    ['packaging', measurePackaging],
    ['Rust', measureRust],
  ] as const) {
    progress(name);
    peers.push([name, measure(inputs)]);
  }
  const rows = Object.entries(ours).map(([operation, time]): MarkersBenchRow => {
    const beside = peers.flatMap(([name, measures]) => {
      const measure = measures[operation];
      return measure === undefined ? [] : [{ name, time: measure, ratio: measure / time }];
    });
    return { operation, ours: time, peers: beside };
  });
  return {
    markdown: table(
      rows,
      peers.map(([name]) => name),
    ),
    data: rows,
  };
};

function table(rows: readonly MarkersBenchRow[], names: readonly string[]): string {
  const cells = rows.map(({ operation, ours, peers }) => [
    operation,
    shown(ours),
    ...names.map((name) => {
      const peer = peers.find((each) => each.name === name);
      return peer === undefined
        ? ''
        : `${shown(peer.time)} (${peer.ratio.toFixed(peer.ratio < 10 ? 1 : 0)}x)`;
    }),
  ]);
  return `${markdownTable(['operation', '@pyplan/markers', ...names], cells)}

Time of one operation, and how many times ours the peer takes. Operations "of texts" parse what they are given, since
@renovatebot/pep440 does; the others work on parsed versions. Rust: pep440_rs and pep508_rs.`;
}

function shown(nanoseconds: number): string {
  return nanoseconds >= 10_000
    ? `${(nanoseconds / 1000).toFixed(0)} µs`
    : `${nanoseconds.toFixed(nanoseconds < 100 ? 1 : 0)} ns`;
}
