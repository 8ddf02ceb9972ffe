import { resolve, target } from '@pyplan/resolver';
import type { Bench } from './bench.ts';
import { type ManyTargets, runManyTargets } from './many-targets.ts';
import { benchRequest } from './request.ts';

const pythons = ['3.10', '3.11', '3.12', '3.13', '3.14'];
const platforms = ['linux', 'macos', 'windows'];
const places = pythons.flatMap((python) => platforms.map((platform) => ({ python, platform })));

const fifteenTargets: ManyTargets = {
  title: 'Compare: 15 targets, Python 3.10 to 3.14 on Linux, macOS and Windows',
  runs: 3,
  theirs: '15 runs of uv',
  resolve: (set, source, edit) =>
    resolve(
      edit({
        ...benchRequest(set, source),
        targets: places.map(({ python, platform }) => target(python, platform)),
      }),
    ),
  pyplan: ['--python', pythons.join(','), '--platform', platforms.join(',')],
  uv: places.map(({ python, platform }) => ['--python-version', python, '--python-platform', platform]),
  nab: true,
};

/** 15 targets in one resolution, beside uv asked 15 times, and nab's matrix. */
export const runCompareBench: Bench = (options) => runManyTargets(fifteenTargets, options);
