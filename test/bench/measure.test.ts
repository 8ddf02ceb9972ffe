import { expect, test } from 'vitest';
import { alternate, duration, median, ratio } from '../../bench/measure.ts';
import { plainEnvironment } from '../../bench/run-program.ts';
import { markdownTable } from '../../bench/table.ts';

test('the median is the middle, or between the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([10, 9])).toBe(9.5);
});

test('contenders take turns, and each round begins with another', async () => {
  const order: string[] = [];
  const times = await alternate({ a: () => order.push('a'), b: () => order.push('b') }, 3);
  expect(order.join('')).toBe('abbaab');
  expect(times.a).toHaveLength(3);
  expect(times.b).toHaveLength(3);
});

test('contenders hear nothing of what the machine sets for installers', () => {
  const variables = { PATH: '/usr/bin', PIP_FIND_LINKS: 'wheels', UV_OFFLINE: '1', PYPLAN_INDEX_URL: 'x' };
  expect(plainEnvironment(variables)).toEqual({
    PATH: '/usr/bin',
    PIP_CONFIG_FILE: '/dev/null',
    UV_NO_CONFIG: '1',
  });
});

test('figures read as a person writes them', () => {
  expect([duration(0.516), duration(48.4), duration(1204)]).toEqual(['0.52 ms', '48 ms', '1.20 s']);
  expect(ratio(30, 20)).toBe('1.50x');
  expect(markdownTable(['set', 'ms'], [['flask', '7']])).toBe(
    '| set   |  ms |\n|-------|----:|\n| flask |   7 |',
  );
});
