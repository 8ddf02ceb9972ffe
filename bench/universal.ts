import { resolveUniversal } from '@pyplan/resolver';
import type { Bench } from './bench.ts';
import { type ManyTargets, runManyTargets } from './many-targets.ts';
import { benchRequest } from './request.ts';

const fromTen: ManyTargets = {
  title: 'Universal: from Python 3.10, ours checked on each Python on six platforms',
  runs: 5,
  theirs: 'uv --universal',
  resolve: (set, source, edit) =>
    resolveUniversal(edit({ ...benchRequest(set, source), requiresPython: '>=3.10', platforms: null })),
  pyplan: ['--universal', '--python', '3.10'],
  uv: [['--universal', '--python-version', '3.10']],
  nab: false,
};

/** One lock for all targets, beside uv's universal resolution. */
export const runUniversalBench: Bench = (options) => runManyTargets(fromTen, options);
