import { expect, test } from 'vitest';
import type { MemoryVersion } from '../../src/index.ts';
import { solve } from '../support/solve.ts';

/** `count` versions of a package, each with its own facts. */
function versions(count: number, facts: (i: number) => MemoryVersion): Record<string, MemoryVersion> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i + 1}.0`, facts(i + 1)]));
}

test('a proof that nobody would follow is told by the facts it rests on, each once', async () => {
  const resolution = await solve(
    {
      app: versions(20, (i) => ({ requires: [`lib==${i}.0`, 'base<2'] })),
      lib: versions(20, () => ({ requires: ['base>=2'] })),
      base: { '1.0': {}, '2.0': {} },
    },
    { requires: ['app'] },
  );
  expect(resolution.status === 'no-solution' && resolution.refusals[0]?.explanation).toBe(
    `No solution for Python 3.12 on linux.
This can not be met:
  app  (requirements.in:1)
Because
  app depends on lib (20 different specifiers, by version) and base<2
  lib depends on base>=2`,
  );
});
