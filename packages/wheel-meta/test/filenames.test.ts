import { formatVersion, normalizeName } from '@pyplan/markers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  distributionFilenameReader,
  InvalidSdistFilenameError,
  InvalidWheelFilenameError,
  parseSdistFilename,
  parseWheelFilename,
  tryParseDistributionFilename,
  wheelTags,
} from '../src/index.ts';

describe('parseWheelFilename', () => {
  it('reads name, version, build and tags', () => {
    const wheel = parseWheelFilename('Foo_Bar.baz-1.0+Local.1-12rc-py2.py3-none-any.whl');
    expect(wheel).toMatchObject({ name: 'foo-bar-baz', build: [12, 'rc'], tag: 'py2.py3-none-any' });
    expect(formatVersion(wheel.version)).toBe('1.0+local.1');
    expect(wheelTags(wheel)).toEqual(['py2-none-any', 'py3-none-any']);
  });

  it.each([
    ['foo-1.0-py3-none-any.zip', /does not end in \.whl/],
    ['foo-1.0-py3-none-any.WHL', /does not end in \.whl/],
    ['foo-1.0-py3-none.whl', /found 4 parts/],
    ['foo-1-2-3-py3-none-any.whl', /found 7 parts/],
    ['foo-bar-1.0-py3-none-any.whl', /"bar" is not a version/],
    ['foo__bar-1.0-py3-none-any.whl', /"foo__bar" is not an escaped project name/],
    ['fo o-1.0-py3-none-any.whl', /not an escaped project name/],
    ['-1.0-py3-none-any.whl', /not an escaped project name/],
    ['foo-1.0-abc-py3-none-any.whl', /build tag "abc"/],
    ['foo-1.0--py3-none-any.whl', /build tag ""/],
    ['foo-1.0-py3-none-.whl', /empty/],
    ['foo-1.0-py3..py2-none-any.whl', /empty/],
    ['foo-1.0-3py-none-any.whl', /"3py" is not an identifier/],
  ])('refuses %s', (filename, message) => {
    expect(() => parseWheelFilename(filename)).toThrow(InvalidWheelFilenameError);
    expect(() => parseWheelFilename(filename)).toThrow(message);
  });

  it('takes names and interpreters beyond ASCII, as packaging does', () => {
    expect(parseWheelFilename('grün-1.0-py3-none-any.whl').name).toBe('grün');
    expect(parseWheelFilename('a-1-ünterp-none-any.whl').tag).toBe('ünterp-none-any');
  });

  it('refuses to expand a tag set without bound', () => {
    const many = Array.from({ length: 101 }, (_, index) => `p${index}`).join('.');
    expect(() => wheelTags({ tag: `${many}-${many}-any` })).toThrow(/stands for 10201 tags/);
  });
});

describe('parseSdistFilename', () => {
  it('takes what follows the last dash for the version', () => {
    expect(parseSdistFilename('foo_bar-1.0rc1.tar.gz')).toMatchObject({ name: 'foo-bar', format: 'tar.gz' });
    expect(parseSdistFilename('foo-bar-1.0.zip')).toMatchObject({ name: 'foo-bar', format: 'zip' });
    expect(parseSdistFilename('foo-1.0-1.tar.gz').name).toBe('foo-1-0');
  });

  it.each(['foo.tar.gz', 'foo-1.0.tar.bz2', 'foo-.tar.gz', 'foo-x.tar.gz', '-1.0.tar.gz'])(
    'refuses %s',
    (filename) => {
      expect(() => parseSdistFilename(filename)).toThrow(InvalidSdistFilenameError);
    },
  );
});

describe('tryParseDistributionFilename', () => {
  it('uses the project to find where the name of an sdist ends', () => {
    const file = tryParseDistributionFilename('foo-1.0-1.tar.gz', 'Foo');
    expect(file).toMatchObject({ kind: 'sdist', name: 'foo' });
    expect(file.kind === 'sdist' && formatVersion(file.version)).toBe('1.0.post1');
    expect(tryParseDistributionFilename('Foo.Bar-2-1.0.zip', 'foo-bar-2')).toMatchObject({ kind: 'sdist' });
  });

  it.each([
    ['foo-1.0-py2.7.egg', /an egg/],
    ['foo-1.0.win32-py2.7.exe', /bdist_wininst/],
    ['foo-1.0.tar.bz2', /PEP 625/],
    ['foo-1.0.linux-x86_64.tar.gz', /bdist_dumb/],
    ['foo-latest.tar.gz', /"latest" is not a version/],
    ['bar-1.0.tar.gz', /does not begin with "foo-"/],
    ['bar-1.0-py3-none-any.whl', /another project, "bar"/],
    ['foo-1.0-py3.whl', /found 3 parts/],
    ['foo-1.0.tar.gz.asc', /does not end in/],
  ])('passes over %s, with the reason', (filename, reason) => {
    const file = tryParseDistributionFilename(filename, 'foo');
    expect(file.kind).toBe('other');
    expect(file.kind === 'other' && file.reason).toMatch(reason);
  });

  it('never throws', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('foo', '-', '1.0', 'py3-none-any', '.whl', '.tar.gz', '.zip'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.string(), (parts, project) => {
        const filename = parts.join('');
        expect(tryParseDistributionFilename(filename, project).filename).toBe(filename);
      }),
    );
  });
});

describe('distributionFilenameReader', () => {
  it('reads names as tryParseDistributionFilename does, and parses a version once', () => {
    const read = distributionFilenameReader('Foo.Bar');
    const names = [
      'foo_bar-1.0-py3-none-any.whl',
      'Foo.Bar-1.0-1-cp312-abi3-win_amd64.whl',
      'foo._bar-1.0-py3-none-any.whl',
      'foo__bar-1.0-py3-none-any.whl',
      'foo_barx-1.0-py3-none-any.whl',
      'foo-1.0-py3-none-any.whl',
      'foo-bar-1.0.tar.gz',
      'foo_bar-1.0.zip',
      'foo_bar-one.zip',
    ];
    expect(names.map(read)).toEqual(names.map((name) => tryParseDistributionFilename(name, 'foo-bar')));
    const [first, second] = names.map(read);
    expect(first?.kind === 'wheel' && second?.kind === 'wheel' && first.version === second.version).toBe(
      true,
    );
  });

  it('takes a name for the project exactly where it normalises to it', () => {
    const name = fc.stringMatching(/^[aA_.é1]{1,6}$/);
    fc.assert(
      fc.property(name, name, (written, project) => {
        const file = tryParseDistributionFilename(`${written}-1-py3-none-any.whl`, project);
        const expected = !written.includes('__') && normalizeName(written) === normalizeName(project);
        expect(file.kind === 'wheel').toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
