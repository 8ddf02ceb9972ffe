import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mirror, startMirror } from '../../support/mirror.ts';
import { hasShared, root, shared } from '../../support/paths.ts';
import { ourPins, type Pins } from './answers.ts';
import { optionCases } from './cases.ts';

/** uv's answers, written by `node test/differential/options/main.ts --record FILE`. */
const recorded: Readonly<Record<string, Pins>> = JSON.parse(
  readFileSync(join(root, 'test/differential/options/recorded.json'), 'utf8'),
);

/** The first use of each option: the rest is for the run beside uv. */
const cut = [...Map.groupBy(optionCases, ({ option }) => option).values()].flatMap((cases) =>
  cases.filter(({ isTimed }) => isTimed !== true).slice(0, 1),
);

test('every use of an option that can be recorded is recorded', () => {
  const ids = optionCases.filter(({ isTimed }) => isTimed !== true).map(({ id }) => id);
  expect(Object.keys(recorded).sort()).toEqual(ids.sort());
});

describe.runIf(hasShared('snapshot'))('an option gives what uv gave for it', () => {
  let mirror: Mirror;
  beforeAll(async () => {
    mirror = await startMirror(join(shared, 'snapshot'));
  });
  afterAll(() => mirror.close());

  test.each(cut.map((each) => [each.id, each] as const))('%s', async (id, each) => {
    expect(await ourPins(each, mirror.indexUrl)).toEqual(recorded[id]);
  });
});
