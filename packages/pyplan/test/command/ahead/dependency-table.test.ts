import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTable } from '../../../build/known-dependencies/format-table.ts';
import { dependencyTable, readDependencyTable } from '../../../src/command/ahead/dependency-table.ts';

const key = fc.stringMatching(/^[a-d]{1,2}(-[a-d])?(\[[a-d]\])?$/);
const entries = fc.dictionary(key, fc.array(key, { minLength: 1, maxLength: 3 }));

describe('a table of dependencies', () => {
  it('gives what was written for each key, and nothing for any other', () => {
    fc.assert(
      fc.property(entries, fc.array(key), (written, others) => {
        const projects = Object.values(written)
          .flat()
          .map((each) => [each.replace(/\[.*/, ''), []] as const);
        const required = new Map<string, readonly string[]>([...projects, ...Object.entries(written)]);
        const table = dependencyTable(formatTable(required, '2026-11-01'));
        expect(table.asOf).toBe(Date.parse('2026-11-01'));
        for (const each of [...required.keys(), ...others]) {
          expect(table.of(each), each).toEqual(required.get(each) ?? []);
        }
      }),
    );
  });

  it('leaves out what was not looked at', () => {
    const text = formatTable(
      new Map([
        ['a', ['b', 'c[x]']],
        ['c', []],
      ]),
      '2026-11-01',
    );
    expect(text).toMatch(/^# 2026-11-01 .*\na c\[x\]\n$/);
  });
});

describe('the table that comes with the command', () => {
  const text = readFileSync(
    new URL('../../../src/command/ahead/known-dependencies.txt', import.meta.url),
    'utf8',
  );

  it('is sorted, of normalised names, and says when it was true', () => {
    const [head, ...lines] = text.trimEnd().split('\n');
    expect(head).toMatch(/^# \d{4}-\d{2}-\d{2} /);
    expect(lines).toEqual(lines.toSorted());
    const word = '[a-z0-9]+(?:-[a-z0-9]+)*(?:\\[[a-z0-9]+(?:-[a-z0-9]+)*\\])?';
    const form = new RegExp(`^${word}(?: ${word})+$`);
    expect(lines.filter((line) => !form.test(line))).toEqual([]);
  });

  it('knows what everybody knows', () => {
    const table = readDependencyTable();
    expect(table.of('flask')).toEqual(expect.arrayContaining(['click', 'jinja2', 'werkzeug']));
    expect(table.of('uvicorn[standard]')).toContain('httptools');
    expect(table.of('flask-of-nobody')).toEqual([]);
  });
});
