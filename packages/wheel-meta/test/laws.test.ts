import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareBuildTags,
  normalizeLicenseExpression,
  parseEntryPoints,
  parseRecord,
  parseSdistFilename,
  parseWheelFilename,
  type RecordEntry,
  readSdist,
  readZipDirectory,
  readZipMember,
  tryParseDistributionFilename,
  wheelTags,
} from '../src/index.ts';
import { parseContentRange } from '../src/remote/content-range.ts';
import { defaultLimits } from '../src/zip/limits.ts';
import { zipStream } from '../src/zip/zip-stream.ts';
import { buildTarGz } from './support/tar-builder.ts';
import { buildZip, type ZipMember } from './support/zip-builder.ts';

const name = fc
  .stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9._]{0,8}[A-Za-z0-9])?$/)
  .filter((text) => !text.includes('__'));
const version = fc.stringMatching(/^[1-9]\d{0,2}(?:\.\d{1,2}){0,3}(?:rc[1-9])?(?:\.post[1-9])?$/);
const tagPart = fc.uniqueArray(fc.stringMatching(/^[a-z_][a-z0-9_]{0,6}$/), { minLength: 1, maxLength: 3 });

describe('file names', () => {
  it('a wheel is read back from the parts that it is made of', () => {
    const build = fc.option(fc.tuple(fc.nat(999), fc.stringMatching(/^[a-z]{0,3}$/)), { nil: null });
    fc.assert(
      fc.property(
        name,
        version,
        build,
        tagPart,
        tagPart,
        tagPart,
        (project, text, number, pythons, abis, platforms) => {
          const middle = number === null ? '' : `-${number[0]}${number[1]}`;
          const filename = `${project}-${text}${middle}-${pythons.join('.')}-${abis.join('.')}-${platforms.join('.')}.whl`;
          const wheel = parseWheelFilename(filename);
          expect([...wheel.build]).toEqual(number === null ? [] : [...number]);
          expect(wheelTags(wheel)).toHaveLength(pythons.length * abis.length * platforms.length);
          expect(tryParseDistributionFilename(filename, project)).toEqual(wheel);
        },
      ),
    );
  });

  it('an sdist is the same with and without its project known', () => {
    fc.assert(
      fc.property(name, version, fc.constantFrom('tar.gz', 'zip'), (project, text, format) => {
        const filename = `${project}-${text}.${format}`;
        expect(tryParseDistributionFilename(filename, project)).toEqual(parseSdistFilename(filename));
      }),
    );
  });

  it('the order of build tags is total', () => {
    const build = fc.oneof(fc.constant([] as const), fc.tuple(fc.nat(3), fc.constantFrom('', 'a', 'b')));
    fc.assert(
      fc.property(build, build, build, (a, b, c) => {
        expect(Math.sign(compareBuildTags(a, b))).toBe(-Math.sign(compareBuildTags(b, a)) + 0);
        expect(compareBuildTags(a, a)).toBe(0);
        if (compareBuildTags(a, b) <= 0 && compareBuildTags(b, c) <= 0)
          expect(compareBuildTags(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('archives', () => {
  const member: fc.Arbitrary<Omit<ZipMember, 'name'>> = fc.record({
    data: fc.uint8Array({ maxLength: 300 }),
    stored: fc.boolean(),
    zip64: fc.boolean(),
    localExtra: fc.nat(20),
  });
  const members = fc
    .uniqueArray(fc.tuple(fc.stringMatching(/^[a-zé]{1,8}(?:\/[a-z]{1,3})?$/), member), {
      minLength: 1,
      maxLength: 6,
      selector: ([path]) => path,
    })
    .map((list) => list.map(([path, rest]) => ({ name: path, ...rest })));

  it('a zip gives back what was put in, by its directory and from a stream', () => {
    fc.assert(
      fc.property(members, fc.uint8Array({ maxLength: 40 }), fc.boolean(), (list, comment, zip64) => {
        const zip = buildZip(list, { comment, zip64 });
        const expected = list.map(({ name: path, data }) => [path, data] as const);
        expect(readZipDirectory(zip).entries.map(({ name: path }) => path)).toEqual(
          expected.map(([path]) => path),
        );
        for (const [path, data] of expected) expect(readZipMember(zip, path)).toEqual(data);
        const reader = zipStream({ wanted: () => true, enough: () => false }, defaultLimits);
        reader.push(zip);
        reader.end();
        expect([...reader.found]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('an sdist gives back its PKG-INFO whatever surrounds it', () => {
    const info = 'Metadata-Version: 2.2\nName: foo\nVersion: 1\n';
    fc.assert(
      fc.property(members, fc.nat(6), (list, at) => {
        const files = list.map(({ name: path, data }) => ({ name: `foo-1/src/${path}`, data }));
        const sdist = buildTarGz(
          files.toSpliced(at, 0, { name: 'foo-1/PKG-INFO', data: new TextEncoder().encode(info) }),
        );
        expect(new TextDecoder().decode(readSdist(sdist, 'foo-1.tar.gz').pkgInfo?.bytes)).toBe(info);
      }),
      { numRuns: 100 },
    );
  });
});

describe('texts', () => {
  it('a RECORD is read back from its lines', () => {
    const entry: fc.Arbitrary<RecordEntry> = fc.record({
      path: fc.string({ minLength: 1, maxLength: 12 }),
      hash: fc.option(
        fc.record({ algorithm: fc.constant('sha256'), digest: fc.stringMatching(/^[\w-]{1,8}$/) }),
        { nil: null },
      ),
      size: fc.option(fc.nat(), { nil: null }),
    });
    const line = ({ path, hash, size }: RecordEntry): string =>
      `"${path.replaceAll('"', '""')}",${hash === null ? '' : `${hash.algorithm}=${hash.digest}`},${size ?? ''}`;
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), fc.constantFrom('\n', '\r\n', '\r'), (entries, end) => {
        expect(parseRecord(entries.map((each) => line(each) + end).join(''))).toEqual(entries);
      }),
    );
  });

  it('entry points are read back from their lines', () => {
    const word = fc.stringMatching(/^[a-z_]{1,6}$/);
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(word, word, word, word), { maxLength: 5 }), (list) => {
        const text = list
          .map(([group, key, module, attribute]) => `[${group}]\n${key} = ${module}:${attribute}\n`)
          .join('\n');
        expect(parseEntryPoints(text)).toEqual(
          list.map(([group, key, module, attribute]) => ({
            ...{ group, name: key, value: `${module}:${attribute}`, module, attribute, extras: [] },
          })),
        );
      }),
    );
  });

  it('a licence expression in normal form is its own normal form', () => {
    const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => ({
      operand: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('mit', 'apache-2.0', 'GPL-2.0-only WITH classpath-exception-2.0', 'licenseref-x'),
        tie('expression').map((inner) => `( ${inner})`),
      ),
      expression: fc.array(tie('operand'), { minLength: 1, maxLength: 3 }).map((list) => list.join(' or ')),
    }));
    fc.assert(
      fc.property(expression, (text) => {
        const normal = normalizeLicenseExpression(text);
        expect(normalizeLicenseExpression(normal)).toBe(normal);
      }),
    );
  });

  it('a Content-Range is read as it was meant, or not at all', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.nat(1000),
        fc.option(fc.nat(2000), { nil: null }),
        (start, last, total) => {
          const isRight = start <= last && (total === null || last < total);
          expect(parseContentRange(`bytes ${start}-${last}/${total ?? '*'}`)).toEqual(
            isRight ? { start, end: last + 1, total } : null,
          );
        },
      ),
    );
  });
});
