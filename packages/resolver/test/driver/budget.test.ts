import { expect, test } from 'vitest';
import { BudgetError, type MemoryVersion } from '../../src/index.ts';
import { solve } from '../support/solve.ts';

const versions = (count: number, facts: (i: number) => MemoryVersion): Record<string, MemoryVersion> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i + 1}.0`, facts(i + 1)]));

/** Each version of `app` needs its own `lib`, of which only the oldest will do. */
const world = {
  app: versions(40, (i) => ({ requires: [`lib==${i}.0`] })),
  lib: versions(40, (i) => ({ requires: [`base<${i === 1 ? 3 : 2}`] })),
  base: { '1.0': {}, '2.0': {} },
};

test('a search that is given up says what it went back and forth on, in words and as data', async () => {
  const giveUp = solve(world, { requires: ['app', 'base>=2'], options: { maxSteps: 30 } });
  const error = await giveUp.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BudgetError);
  expect(error).toMatchObject({
    message: expect.stringMatching(
      /^No answer for Python 3\.12 on linux: the search was given up after 30 decisions and \d+ conflicts; it went back and forth between app \(\d+ of 40 versions tried\), lib \(\d+ of 40 versions tried\)$/,
    ),
    steps: 31,
    unit: 'decisions',
    tried: [
      { project: 'app', candidates: 40 },
      { project: 'lib', candidates: 40 },
    ],
  });
});

test('with more steps there is an answer', async () => {
  const { status } = await solve(world, { requires: ['app', 'base>=2'], options: { maxSteps: 1000 } });
  expect(status).toBe('resolved');
});
