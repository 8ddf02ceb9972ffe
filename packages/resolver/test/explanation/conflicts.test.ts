import { describe, expect, test } from 'vitest';
import { explanationOf } from '../support/solve.ts';

const lib = { '1.0': {}, '2.0': {} };

describe('what conflicts is told in the user’s terms', () => {
  test('two lines of the user’s', async () => {
    expect(await explanationOf({ lib }, { requires: ['lib>=2', 'lib<2'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        lib>=2  (requirements.in:1)
        lib<2  (requirements.in:2)"
    `);
  });

  test('a line and what a package depends on', async () => {
    const world = { app: { '1.0': { requires: ['lib<2'] }, '2.0': { requires: ['lib<2'] } }, lib };
    expect(await explanationOf(world, { requires: ['app', 'lib>=2'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        app  (requirements.in:1)
        lib>=2  (requirements.in:2)
      Because app depends on lib<2."
    `);
  });

  test('two packages that depend on different versions of a third', async () => {
    const world = {
      a: { '1.0': { requires: ['lib<2'] } },
      b: { '1.0': { requires: ['lib>=2'] } },
      lib,
      z: lib,
    };
    expect(await explanationOf(world, { requires: ['z', 'a', 'b'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        a  (requirements.in:2)
        b  (requirements.in:3)
      Because
        a depends on lib<2
        b depends on lib>=2"
    `);
  });

  test('three packages, of which no two conflict', async () => {
    const world = {
      a: { '1.0': { requires: ['lib!=1.0'] } },
      b: { '1.0': { requires: ['lib!=2.0'] } },
      c: { '1.0': { requires: ['lib!=3.0'] } },
      lib: { '1.0': {}, '2.0': {}, '3.0': {} },
    };
    expect(await explanationOf(world, { requires: ['a', 'b', 'c'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        a  (requirements.in:1)
        b  (requirements.in:2)
        c  (requirements.in:3)
      Because
        a depends on lib!=1.0
        b depends on lib!=2.0
        c depends on lib!=3.0
        no lib on the index is !=1.0, !=2.0 and !=3.0 (it has 1.0, 2.0 and 3.0)"
    `);
  });

  test('a chain of dependencies', async () => {
    const world = {
      foo: { '1.0': { requires: ['bar>=2'] }, '1.1': { requires: ['bar>=2'] } },
      bar: { '1.0': {}, '2.0': { requires: ['baz>=3'] } },
      baz: { '1.0': {}, '3.0': {} },
    };
    expect(await explanationOf(world, { requires: ['foo<2', 'baz<2'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        foo<2  (requirements.in:1)
        baz<2  (requirements.in:2)
      Because
        foo depends on bar>=2
        bar==2.0 depends on baz>=3"
    `);
  });

  test('two branches, each version for its own reason', async () => {
    const world = {
      foo: { '1.0': { requires: ['a', 'b<2'] }, '1.1': { requires: ['x', 'y<2'] } },
      a: { '1.0': { requires: ['b>=2'] } },
      b: lib,
      x: { '1.0': { requires: ['y>=2'] } },
      y: lib,
    };
    expect(await explanationOf(world, { requires: ['foo'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        foo  (requirements.in:1)
      Because
        foo==1.0 depends on a and b<2
        foo==1.1 depends on x and y<2
        a depends on b>=2
        x depends on y>=2"
    `);
  });

  test('what follows twice is told once, and referred to', async () => {
    const world = {
      a: { '1.0': { requires: ['b>=1'] }, '2.0': { requires: ['b>=2'] } },
      b: { '1.0': { requires: ['lib>=2'] }, '2.0': { requires: ['lib>=3'] } },
      lib: { '1.0': {}, '2.0': {}, '3.0': {} },
    };
    expect(await explanationOf(world, { requires: ['a'], constraints: ['lib<2'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        a  (requirements.in:1)
        lib<2  (constraints.txt:1, a constraint)
      Because
        a==1.0 depends on b>=1
        a==2.0 depends on b>=2
        b==1.0 depends on lib>=2
        b==2.0 depends on lib>=3"
    `);
  });

  test('many versions with the same dependency are one', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`1.${i}`, { requires: ['lib>=2'] }]),
    );
    const world = { app: many, lib };
    expect(await explanationOf(world, { requires: ['app>=1.3', 'lib<2'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        app>=1.3  (requirements.in:1)
        lib<2  (requirements.in:2)
      Because app>=1.3 depends on lib>=2."
    `);
  });

  test('an extra', async () => {
    const world = { app: { '1.0': { extras: { x: ['lib>=2'] } } }, lib };
    expect(await explanationOf(world, { requires: ['app[x]', 'lib<2'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        app[x]  (requirements.in:1)
        lib<2  (requirements.in:2)
      Because app[x] depends on lib>=2."
    `);
  });

  test('a requirement under a marker', async () => {
    const world = { app: { '1.0': { requires: ['lib>=2; sys_platform == "linux"'] } }, lib };
    expect(await explanationOf(world, { requires: ['app', 'lib<2'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        app  (requirements.in:1)
        lib<2  (requirements.in:2)
      Because app depends on lib>=2."
    `);
  });
});

describe('constraints and overrides are told as what they are', () => {
  test('a constraint against a line', async () => {
    expect(
      await explanationOf({ lib }, { requires: ['lib>=2'], constraints: ['lib<2'] }),
    ).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        lib>=2  (requirements.in:1)
        lib<2  (constraints.txt:1, a constraint)"
    `);
  });

  test('a constraint against what a package depends on', async () => {
    const world = { app: { '1.0': { requires: ['lib>=2'] } }, lib };
    expect(await explanationOf(world, { requires: ['app'], constraints: ['lib<2'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        app  (requirements.in:1)
        lib<2  (constraints.txt:1, a constraint)
      Because app depends on lib>=2."
    `);
  });

  test('two constraints against each other', async () => {
    expect(
      await explanationOf({ lib }, { requires: ['lib'], constraints: ['lib>=2', 'lib<2'] }),
    ).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        lib  (requirements.in:1)
        lib>=2  (constraints.txt:1, a constraint)
        lib<2  (constraints.txt:2, a constraint)"
    `);
  });

  test('versions that ask for different versions that are not there', async () => {
    const world = {
      app: { '1.0': { requires: ['lib<1'] }, '2.0': { requires: ['lib>5'] }, '3.0': { requires: ['lib>5'] } },
      lib,
    };
    expect(await explanationOf(world, { requires: ['app'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        app  (requirements.in:1)
      Because app depends on lib<1 or lib>5, and the index has none of these (it has 1.0 to 2.0)."
    `);
    expect(await explanationOf({ app: world.app }, { requires: ['app<3'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        app<3  (requirements.in:1)
      Because app<=2.0 depends on lib<1 or lib>5, and the index has no project lib."
    `);
  });

  test('an override instead of what a package depends on', async () => {
    const world = { app: { '1.0': { requires: ['lib<2'] } }, lib };
    expect(await explanationOf(world, { requires: ['app'], overrides: ['lib>=5'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        app  (requirements.in:1)
        lib>=5  (overrides.txt:1, an override)
      Because the override lib>=5 stands in for what app asks of lib, and the index has no lib>=5 (it has 1.0 to 2.0)."
    `);
  });

  test('an override instead of the user’s own line', async () => {
    expect(
      await explanationOf({ lib }, { requires: ['lib<2'], overrides: ['lib>=5'] }),
    ).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        lib<2  (requirements.in:1)
        lib>=5  (overrides.txt:1, an override)
      Because the override lib>=5 stands in for lib<2, and the index has no lib>=5 (it has 1.0 to 2.0)."
    `);
  });
});
