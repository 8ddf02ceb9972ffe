import { expect, test } from 'vitest';
import { peakMemory } from '../../bench/memory/peak-memory.ts';

test('the peak of a program’s memory has what it filled, even where it ends with 1', async () => {
  const filled = 200 * 2 ** 20;
  const program = process.execPath;
  const idle = await peakMemory({ program, args: ['-e', ''] });
  const full = await peakMemory({ program, args: ['-e', `Buffer.alloc(${filled}, 1); process.exit(1)`] });
  expect(full - idle).toBeGreaterThan(0.9 * filled);
  expect(full - idle).toBeLessThan(1.5 * filled);
});

test('a program that fails is told with its words', async () => {
  const failing = {
    program: process.execPath,
    args: ['-e', 'console.error("no such set"); process.exit(2)'],
  };
  await expect(peakMemory(failing)).rejects.toThrow(/ended with 2: no such set/);
});
