import { compareVersions, parseVersion } from '@pyplan/markers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IndexFile, projectPage } from '../../src/index.ts';

function file(filename: string): IndexFile {
  return {
    filename,
    url: `https://example.org/${filename}`,
    hashes: {},
    size: null,
    uploadTime: null,
    requiresPython: null,
    yanked: null,
    coreMetadata: false,
  };
}

const page = (...names: readonly string[]) => projectPage({ name: 'lib', files: names.map(file) });

describe('a page', () => {
  test('has its versions once each, ascending, and every file at its version, in page order', () => {
    const texts = ['1.0', '1.0a1', '1.0.post1', '2.0.dev1', '0.9', '1!0.1', '1.10', '1.9'];
    const files = fc.shuffledSubarray(
      texts.flatMap((text) => [`lib-${text}-py3-none-any.whl`, `lib-${text}.tar.gz`]),
    );
    fc.assert(
      fc.property(files, (names) => {
        const { versions, filesOf } = page(...names);
        versions.slice(1).forEach((version, i) => {
          expect(compareVersions(versions[i] ?? version, version)).toBeLessThan(0);
        });
        const grouped = versions.flatMap((_, rank) => filesOf(rank).map(({ filename }) => filename));
        expect(grouped.toSorted()).toEqual(names.toSorted());
        versions.forEach(({ text }, rank) => {
          const own = names.filter(
            (name) => name.startsWith(`lib-${text}-`) || name === `lib-${text}.tar.gz`,
          );
          expect(filesOf(rank).map(({ filename }) => filename)).toEqual(own);
        });
      }),
    );
  });

  test('takes equal spellings of a version together, under the longest', () => {
    const { versions, filesOf } = page(
      'lib-1.0.tar.gz',
      'lib-1.0.0-py3-none-any.whl',
      'lib-1-py2-none-any.whl',
    );
    expect(versions.map(({ text }) => text)).toEqual(['1.0.0']);
    expect(filesOf(0)).toHaveLength(3);
  });

  test('keeps a local version apart from its public one', () => {
    const { versions } = page('lib-1.0-py3-none-any.whl', 'lib-1.0+cpu-py3-none-any.whl');
    expect(versions.map(({ text }) => text)).toEqual(['1.0', '1.0+cpu']);
    expect(compareVersions(parseVersion('1.0'), parseVersion('1.0+cpu'))).toBeLessThan(0);
  });

  test('passes over what is no file of the project, and says why', () => {
    const { versions, passedOver } = page('lib-1.0.exe', 'other-1.0-py3-none-any.whl', 'lib-x.tar.gz');
    expect(versions).toEqual([]);
    expect(passedOver.map(({ filename }) => filename)).toEqual([
      'lib-1.0.exe',
      'other-1.0-py3-none-any.whl',
      'lib-x.tar.gz',
    ]);
    for (const { reason } of passedOver) expect(reason).not.toBe('');
  });

  test('gives no files for a rank it does not have', () => {
    expect(page('lib-1.0.tar.gz').filesOf(5)).toEqual([]);
  });
});
