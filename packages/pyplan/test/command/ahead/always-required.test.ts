import { memorySource } from '@pyplan/resolver';
import { describe, expect, it } from 'vitest';
import { alwaysRequired, type ReleaseMetadata } from '../../../build/known-dependencies/always-required.ts';
import { readReleases } from '../../../build/known-dependencies/read-releases.ts';

function releases(...each: readonly (readonly string[])[]): readonly ReleaseMetadata[] {
  return each.map((requiresDist) => ({ requiresDist, providesExtra: ['Fast_Start'] }));
}

function required(...each: readonly (readonly string[])[]): Record<string, readonly string[]> {
  return Object.fromEntries(alwaysRequired('app', releases(...each)));
}

describe('what is always required', () => {
  it('is what every release requires, its extras with it', () => {
    expect(required(['Click>=8', 'new-one', 'uvicorn[standard]'], ['click', 'uvicorn[standard]>=1'])).toEqual(
      {
        app: ['click', 'uvicorn', 'uvicorn[standard]'],
        'app[fast-start]': [],
      },
    );
  });

  it.each([
    ['python_version >= "3.8"', ['dep']],
    ['python_version < "3.12"', []],
    ['sys_platform != "win32"', []],
    ['sys_platform == "win32" or os_name == "posix"', ['dep']],
    ['platform_machine == "x86_64"', []],
  ])('under a marker counts where that holds everywhere: %s', (marker, wanted) => {
    expect(required([`dep; ${marker}`])).toMatchObject({ app: wanted });
  });

  it('under an extra is told of the extra, and not again what is required without it', () => {
    const lines = ['click', 'uvloop; extra == "fast-start"', 'click; extra == "fast-start"'];
    expect(required(lines)).toEqual({ app: ['click'], 'app[fast-start]': ['uvloop'] });
  });

  it('is nothing from a URL, and nothing that can not be read', () => {
    expect(required(['dep @ https://example.org/dep-1.0.zip', '???'])).toMatchObject({ app: [] });
    expect(alwaysRequired('app', [])).toEqual(new Map());
  });
});

describe('the releases that count', () => {
  const source = memorySource({
    app: {
      '1.0': { requires: ['old'] },
      '1.1': { requires: ['kept'] },
      '2.0': { requires: ['gone'], yanked: true },
      '2.1': { requires: ['kept', 'new'], uploadTime: '2026-01-01T00:00:00Z' },
      '2.2': { requires: ['later'], uploadTime: '2026-02-01T00:00:00Z' },
      '3.0rc1': { requires: ['next'] },
    },
  });

  it('are the newest stable ones that were not yanked and not uploaded later', async () => {
    const read = await readReleases(source, 'app', { newest: 2, before: Date.parse('2026-01-15') });
    expect(read?.map(({ requiresDist }) => requiresDist)).toEqual([['kept', 'new'], ['kept']]);
    expect(await readReleases(source, 'nobody', { newest: 2, before: Number.POSITIVE_INFINITY })).toBeNull();
  });
});
