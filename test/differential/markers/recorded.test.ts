import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Answered, disagreement, newAlgebra } from './agreement.ts';

test.each(['ranges', 'markers', 'texts'])('%s agree with the recorded answers of the oracle', (kind) => {
  const lines = readFileSync(join(import.meta.dirname, 'recorded', `${kind}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n');
  const algebra = newAlgebra();
  expect(lines.length).toBeGreaterThan(500);
  expect(
    lines
      .map((line) => disagreement(algebra, JSON.parse(line) as Answered))
      .filter((difference) => difference !== null),
  ).toEqual([]);
});
