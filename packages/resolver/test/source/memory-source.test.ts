import { describe, expect, test } from 'vitest';
import { type MemoryVersion, memorySource, type ProjectPage } from '../../src/index.ts';

function pageOf(name: string, versions: Readonly<Record<string, MemoryVersion>>): ProjectPage {
  const page = memorySource({ [name]: versions }).page('my-app');
  if (page === null || page instanceof Promise) throw new Error('a page in memory is there at once');
  return page;
}

describe('a world in memory', () => {
  test('has its projects under their normalised names', () => {
    expect(pageOf('My_App', { '1.0': {} }).name).toBe('my-app');
    expect(memorySource({}).page('my-app')).toBeNull();
  });

  test('gives a version one pure wheel where no files are named', () => {
    const [file] = pageOf('my-app', { '1.0': {} }).filesOf(0);
    expect(file?.filename).toBe('my_app-1.0-py3-none-any.whl');
  });

  test('says of a file what its version says', () => {
    const facts = { requiresPython: '>=3.9', yanked: 'bad', uploadTime: '2026-01-01T00:00:00Z' };
    const [file] = pageOf('my-app', { '1.0': facts }).filesOf(0);
    expect(file).toMatchObject(facts);
    const plain = pageOf('my-app', { '1.0': { yanked: true }, '2.0': {} });
    expect([0, 1].map((rank) => plain.filesOf(rank)[0]?.yanked)).toEqual(['', null]);
  });

  test('puts the requirements of an extra under its marker, beside one of their own', () => {
    const source = memorySource({
      app: {
        '1.0': { requires: ['a'], extras: { x: ['b', 'c; python_version < "3.9" or os_name == "nt"'] } },
      },
    });
    const page = source.page('app');
    if (page === null || page instanceof Promise) throw new Error('no page');
    const [file] = page.filesOf(0);
    if (file === undefined) throw new Error('no file');
    expect(source.metadata(page, file)).toMatchObject({
      kind: 'metadata',
      metadata: {
        requiresDist: [
          'a',
          'b; extra == "x"',
          'c; (python_version < "3.9" or os_name == "nt") and extra == "x"',
        ],
        providesExtra: ['x'],
      },
    });
  });

  test('has no direct references', () => {
    const url = 'https://example.org/a-1.0-py3-none-any.whl';
    expect(() => memorySource({}).direct('a', url)).toThrow(`no direct references (a @ ${url})`);
  });
});
