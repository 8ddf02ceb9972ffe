import { defaultOptions } from '@pyplan/resolver';
import { describe, expect, it } from 'vitest';
import { dependencyTable } from '../../../src/command/ahead/dependency-table.ts';
import { type Foreknowledge, foreknowledge } from '../../../src/command/ahead/foreknowledge.ts';
import { type Foresight, newForesight } from '../../../src/command/ahead/foresight.ts';
import { readInputs } from '../../../src/input/read-inputs.ts';

const table = `# 2026-11-01 a table
black click
black[d] aiohttp
click colorama
flask click jinja2
jinja2 markupsafe
${Array.from({ length: 80 }, (_, i) => `story-${i} story-${i + 1}`)
  .toSorted()
  .join('\n')}
tower story-0
`;

async function knowledge(
  sources: readonly string[],
  given: Partial<Foreknowledge> = {},
): Promise<Foreknowledge> {
  const inputs = await readInputs({ sources }, { kindOf: () => 'absent', read: noFile, readStdin: noFile });
  return { ...foreknowledge(inputs, defaultOptions, []), ...given };
}

function noFile(): never {
  throw new Error('there is no file');
}

/** A foresight that has begun, and the names that it asked for since it was last looked at. */
async function begun(
  known: Foreknowledge,
  text: string = table,
): Promise<{ foresight: Foresight; asked: () => readonly string[] }> {
  const names: string[] = [];
  const foresight = newForesight(
    known,
    (name) => names.push(name),
    async () => dependencyTable(text),
  );
  for (const key of known.wanted) foresight.want(key);
  await foresight.begin();
  return { foresight, asked: () => names.splice(0) };
}

describe('foresight', () => {
  it.each([
    ['a project', ['flask'], ['click', 'jinja2', 'colorama', 'markupsafe']],
    ['an extra', ['black[D]'], ['click', 'aiohttp', 'colorama']],
    ['one with an upper bound', ['flask<3', 'black'], ['click', 'colorama']],
    ['a version', ['flask==3.0'], []],
    ['one under a marker', ["flask; sys_platform == 'linux'"], []],
    ['what nobody knows', ['unknown'], []],
  ])('begins with what %s leads to', async (_, sources, wanted) => {
    const { asked } = await begun(await knowledge(sources));
    expect(asked()).toEqual(wanted);
  });

  it.each([
    ['old versions are sought', { seeksNewest: false }],
    ['the upload limit is more than a year before the table', { uploadedBefore: Date.parse('2025-10-31') }],
  ])('has nothing to go by where %s', async (_, given) => {
    const { foresight, asked } = await begun(await knowledge(['flask'], given));
    foresight.see('flask', true);
    expect(asked()).toEqual([]);
  });

  it('has nothing to go by where the table does not say of when it is', async () => {
    const { asked } = await begun(await knowledge(['flask']), table.replace('2026-11-01', 'lately'));
    expect(asked()).toEqual([]);
  });

  it('asks for what an earlier lock has, and nothing that this leads to', async () => {
    const { asked } = await begun(
      await knowledge(['flask'], { locked: ['flask', 'jinja2'], held: new Set(['flask', 'jinja2']) }),
    );
    expect(asked()).toEqual(['jinja2']);
  });

  it('asks for nothing of what comes from elsewhere or is left out', async () => {
    const { asked } = await begun(await knowledge(['flask'], { apart: new Set(['jinja2']) }));
    expect(asked()).toEqual(['click', 'colorama']);
  });

  it('goes on from the newest version of what is looked at', async () => {
    const { foresight, asked } = await begun(await knowledge(['flask<3']));
    foresight.see('flask', true);
    expect(asked()).toEqual(['click', 'jinja2', 'colorama', 'markupsafe']);
    foresight.see('flask', true);
    expect(asked()).toEqual([]);
  });

  it('ends once the search turns to older versions of what no line bounds', async () => {
    const { foresight, asked } = await begun(await knowledge(['flask<3']));
    foresight.see('flask', false);
    foresight.see('unknown', true);
    foresight.see('flask', true);
    expect(asked()).not.toEqual([]);
    foresight.see('unknown', false);
    foresight.see('black', true);
    expect(asked()).toEqual([]);
  });

  it('keeps no more than fifty pages ahead of what is wanted, but for those next in line', async () => {
    const { foresight, asked } = await begun(await knowledge(['tower']));
    const first = asked();
    expect(first).toHaveLength(50);
    foresight.see('flask', true);
    expect(asked()).toEqual(['click', 'jinja2']);
    for (const name of [...first, 'click', 'jinja2']) foresight.want(name);
    foresight.see('story-49', true);
    expect(asked()).toHaveLength(31);
  });
});
