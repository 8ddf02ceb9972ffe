import { expect, test } from 'vitest';
import { type MemoryWorld, memorySource } from '../../src/index.ts';
import { type Ask, explanationOf, solve } from '../support/solve.ts';

interface Case {
  readonly what: string;
  readonly world: MemoryWorld;
  /** What was asked of the source before. */
  readonly before: Ask;
  readonly requires: readonly string[];
  readonly says: string;
}

const cases: readonly Case[] = [
  {
    what: 'what a yanked neighbour of a version asks for',
    world: {
      menu: {
        '1.1': { extras: { x: ['icons'], y: ['menu[x]'] } },
        '1.5': { extras: { x: ['icons>1.0,<3'], y: ['menu[x]'] }, yanked: true },
        '3.0': {},
      },
    },
    before: { requires: ['menu', 'menu==1.5'] },
    requires: ['menu[y]<3'],
    says: 'menu[y]<=1.5 depends on icons, and the index has no project icons',
  },
  {
    what: 'that a yanked version would have to be built',
    world: { menu: { '1.0': { yanked: true, dynamic: true, files: ['menu-1.0.tar.gz'] } } },
    before: { requires: ['menu==1.0'] },
    requires: ['menu'],
    says: 'menu 1.0 was yanked: only the exact pin menu==1.0 admits it',
  },
  {
    what: 'that a version between others would have to be built',
    world: {
      menu: { '1.0': { requires: ['icons<2,!=1.1'] }, '2.0': {}, '3.0': {} },
      icons: {
        '1.0': { requires: ['menu>2'] },
        '1.1': { dynamic: true, files: ['icons-1.1.tar.gz'] },
        '1.2': { requires: ['menu>2'] },
        '2.0': {},
      },
    },
    before: { requires: ['icons==1.1'] },
    requires: ['menu<2'],
    says: 'icons==1.0 or icons==1.2 depends on menu>2',
  },
];

test.each(cases)('an explanation does not show $what because others have read it', async (given) => {
  const { world, before, requires, says } = given;
  const asked = memorySource(world);
  await solve(asked, before);
  const fresh = await explanationOf(world, { requires });
  expect(fresh).toContain(says);
  expect(await explanationOf(asked, { requires })).toBe(fresh);
});
