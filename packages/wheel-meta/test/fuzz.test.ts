import { expect, it } from 'vitest';
import { runFuzz } from './fuzz/cases.ts';

it('gives a named error or the right answer for mutated archives', () => {
  const seed = 20260901;
  const { failures, errors, answers } = runFuzz(seed, 1300);
  expect(failures, `seed ${seed}`).toEqual([]);
  expect(errors).toBeGreaterThan(300);
  expect(answers).toBeGreaterThan(100);
});
