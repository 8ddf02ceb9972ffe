import { resolveUniversal } from '@pyplan/resolver';
import { conformanceOptions } from '../test/support/requests.ts';
import { readRequirementSet } from '../test/support/requirement-set.ts';
import { type Bench, cutoff } from './bench.ts';
import { type ManyTargets, runManyTargets } from './many-targets.ts';

const fromTen: ManyTargets = {
  title: 'Universal: from Python 3.10, ours checked on each Python on six platforms',
  runs: 5,
  theirs: 'uv --universal',
  resolve: (set, source) =>
    resolveUniversal({
      ...readRequirementSet(set.path),
      overrides: [],
      requiresPython: '>=3.10',
      platforms: null,
      source,
      options: { ...conformanceOptions, excludeNewer: Date.parse(cutoff), onlyBinary: 'all' },
    }),
  pyplan: ['--universal', '--python', '3.10'],
  uv: [['--universal', '--python-version', '3.10']],
  nab: false,
};

/** One lock for all targets, beside uv's universal resolution. */
export const runUniversalBench: Bench = (options) => runManyTargets(fromTen, options);
