import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pinDifferences } from '../support/judge/pins.ts';
import { root } from '../support/paths.ts';
import { isArgued, readArguedDifferences, readArguedScenarios } from './argued.ts';

test('each argued difference stands in docs/decisions.md with its versions', () => {
  const entries = readFileSync(join(root, 'docs', 'decisions.md'), 'utf8').split(/\n(?=[-#])/);
  const missing = readArguedDifferences().filter(({ set, target, pins }) => {
    const words = Object.entries(pins).flatMap(([name, versions]) => [
      name,
      ...versions.filter((one) => one !== null),
    ]);
    return !entries.some(
      (entry) => entry.startsWith(`- **${set} on ${target}**`) && words.every((word) => entry.includes(word)),
    );
  });
  expect(missing).toEqual([]);
});

test('each argued scenario stands in docs/decisions.md', () => {
  const decisions = readFileSync(join(root, 'docs', 'decisions.md'), 'utf8');
  const missing = readArguedScenarios().filter(({ id }) => !decisions.includes(`\`${id}\``));
  expect(missing).toEqual([]);
});

test('a difference is argued only as a whole', () => {
  const argued = [{ set: 's', target: 't', pins: { a: ['1', '2'], b: [null, '3'] }, reason: '' }] as const;
  const theirs = new Map([
    ['a', '2'],
    ['b', '3'],
    ['c', '4.0'],
  ]);
  const ours = new Map([
    ['a', '1'],
    ['c', '4'],
  ]);
  const differences = pinDifferences(ours, theirs);
  expect([...differences.keys()]).toEqual(['a', 'b']);
  expect(isArgued(argued, 's', 't', differences)).toBe(true);
  expect(isArgued(argued, 's', 'other', differences)).toBe(false);
  expect(isArgued(argued, 's', 't', pinDifferences(new Map([...ours, ['b', '3']]), theirs))).toBe(false);
  expect(isArgued(argued, 's', 't', pinDifferences(new Map([...ours, ['c', '5']]), theirs))).toBe(false);
});
