import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explanationCases } from './cases/all.ts';
import { unpackIndex } from './cut-index.ts';
import { tellByPyplan } from './run-pyplan.ts';

/** The part of the recorded index that the cases ask for, cut by `main.ts --record`. */
const recorded = join(import.meta.dirname, 'recorded', 'index.json.gz');

describe.each(Object.entries(explanationCases))('explanations: %s', (heading, cases) => {
  const snapshot = mkdtempSync(join(tmpdir(), 'pyplan-explained-'));
  beforeAll(() => unpackIndex(readFileSync(recorded), snapshot));
  afterAll(() => rmSync(snapshot, { recursive: true, force: true }));

  test('are those that were read', async () => {
    const texts: string[] = [];
    for (const each of cases) {
      const { code, text } = await tellByPyplan(each, ['--snapshot', snapshot]);
      texts.push(`${each.id}: ${each.title} (exit code ${code})\n\n${text}\n`);
    }
    const name = heading.toLowerCase().replaceAll(/\W+/g, '-');
    await expect(texts.join('\n')).toMatchFileSnapshot(join('recorded', `${name}.txt`));
  });
});
