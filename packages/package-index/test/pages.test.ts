import { tryParseVersion } from '@pyplan/markers';
import { type IndexFile, type ProjectPage, projectPage, SourceError } from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJsonPage } from '../src/simple/json/page-json.ts';
import { lazyPage } from '../src/simple/lazy-page.ts';
import { PageError } from '../src/simple/page-error.ts';
import { readHtmlPage } from '../src/simple/page-html.ts';
import { pageText } from './support/world.ts';

/** Mutations a form; more of them in a longer run: `PYPLAN_FUZZ=100000`. */
const FUZZ = Number(process.env['PYPLAN_FUZZ'] ?? 2000);

const origin = { name: 'foo', url: 'https://example.org/simple/foo/', index: null, digest: null };

function jsonPage(text: string): ProjectPage {
  return lazyPage(readJsonPage(Buffer.from(text), origin));
}

function htmlPage(text: string, charset: string | null = null): ProjectPage {
  return lazyPage(readHtmlPage(Buffer.from(text), charset, origin));
}

function allFiles(page: ProjectPage): readonly IndexFile[] {
  return page.versions.flatMap((_, index) => page.filesOf(index));
}

const version = fc
  .tuple(
    fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', 'a1', 'rc1', '.post1', '.dev0', '+local', '-1', ' ', 'x'),
  )
  .map(([release, suffix]) => release.join('.') + suffix);

const filename = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('foo', 'Foo', 'foo-', 'foo_', 'bar', 'f.oo', ''),
      version,
      fc.constantFrom('', '-1', '-1build', '-x'),
      fc.constantFrom(
        'py3-none-any',
        'cp312-cp312-win_amd64',
        'py2.py3-none-any',
        'py3-none',
        'py3--any',
        '-',
      ),
      fc.constantFrom('.whl', '.WHL', ''),
    )
    .map(([name, text, build, tag, end]) => `${name}-${text}${build}-${tag}${end}`),
  fc
    .tuple(
      fc.constantFrom('foo', 'Foo', 'foo-bar', 'bar'),
      version,
      fc.constantFrom('.tar.gz', '.zip', '.egg', '.exe', '.tar.bz2', '.win32.exe'),
    )
    .map(([name, text, end]) => `${name}-${text}${end}`),
);

const entry = fc.record({
  filename,
  url: fc.webUrl({ withFragments: false }),
  hashes: fc.record({ sha256: fc.constantFrom('ab12', 'cd34') }),
  'requires-python': fc.constantFrom(null, '>=3.8', '<"4"&'),
  yanked: fc.oneof(fc.boolean(), fc.string()),
  'core-metadata': fc.oneof(fc.boolean(), fc.record({ sha256: fc.constantFrom('ef56') })),
});

describe('a page in JSON', () => {
  test('groups its files as the resolver groups them', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (files) => {
        const page = jsonPage(JSON.stringify({ files, meta: {} }));
        const plain = projectPage({ name: 'foo', files: allFiles(jsonPage(JSON.stringify({ files }))) });
        expect(page.versions.map((found) => found.text)).toEqual(plain.versions.map((found) => found.text));
        const counted = projectPage({
          name: 'foo',
          files: files.map((file) => ({
            filename: file.filename,
            url: file.url,
            hashes: {},
            size: null,
            uploadTime: null,
            requiresPython: null,
            yanked: null,
            coreMetadata: false,
          })),
        });
        expect(page.versions.map((found) => found.text)).toEqual(counted.versions.map((found) => found.text));
        expect(page.passedOver).toEqual(counted.passedOver);
        page.versions.forEach((_, index) => {
          expect(
            page
              .filesOf(index)
              .map((file) => file.filename)
              .sort(),
          ).toEqual(
            counted
              .filesOf(index)
              .map((file) => file.filename)
              .sort(),
          );
        });
      }),
      { numRuns: 500 },
    );
  });

  test('gives the files of a version in page order, the same array each time', () => {
    const page = jsonPage(
      JSON.stringify({
        files: [
          'foo-1.0.tar.gz',
          'foo-2.0-py3-none-any.whl',
          'foo-1.0.0-py3-none-any.whl',
          'foo-1-py2-none-any.whl',
        ].map((name) => ({ filename: name, url: `../../files/foo/${name}` })),
      }),
    );
    expect(page.versions.map((found) => found.text)).toEqual(['1.0.0', '2.0']);
    expect(page.filesOf(0).map((file) => file.filename)).toEqual([
      'foo-1.0.tar.gz',
      'foo-1.0.0-py3-none-any.whl',
      'foo-1-py2-none-any.whl',
    ]);
    expect(page.filesOf(0)).toBe(page.filesOf(0));
    expect(page.filesOf(0)[0]?.url).toBe('https://example.org/files/foo/foo-1.0.tar.gz');
    expect(page.filesOf(7)).toEqual([]);
  });

  test('reads yanked, metadata and status by their specifications', () => {
    const file = (extra: object): object => ({ filename: 'foo-1-py3-none-any.whl', url: 'x', ...extra });
    const page = jsonPage(
      JSON.stringify({
        'project-status': { status: 'quarantined', reason: 'bad' },
        files: [
          file({ yanked: true }),
          file({ yanked: 'broken' }),
          file({ yanked: '', 'dist-info-metadata': { sha256: 'AB' } }),
          file({ 'core-metadata': false, 'dist-info-metadata': true }),
          file({ 'data-dist-info-metadata': true, size: '7', hashes: { sha256: 3 } }),
        ],
      }),
    );
    expect(page.status).toEqual({ kind: 'quarantined', reason: 'bad' });
    expect(page.filesOf(0).map((found) => found.yanked)).toEqual(['', 'broken', '', null, null]);
    expect(page.filesOf(0).map((found) => found.coreMetadata)).toEqual([
      false,
      false,
      { sha256: 'ab' },
      false,
      true,
    ]);
    expect(page.filesOf(0)[4]).toMatchObject({ size: null, hashes: {} });
  });

  test('passes over files without a name or a URL', () => {
    const page = jsonPage('{"files":[{"url":"x"},{"filename":"foo-1.tar.gz"},{"filename":7,"url":8}]}');
    expect(page.versions).toEqual([]);
    expect(page.passedOver).toHaveLength(3);
  });

  test('loses credentials in URLs, however they are written', () => {
    for (const url of [
      'https://me:pw@example.org/foo-1.tar.gz',
      'https:\\/\\/me:pw\\u0040example.org/foo-1.tar.gz',
    ]) {
      const page = jsonPage(`{"files":[{"filename":"foo-1.tar.gz","url":"${url}"}]}`);
      expect(page.filesOf(0)[0]?.url).toBe('https://example.org/foo-1.tar.gz');
    }
  });

  test('with names beyond ASCII keeps them', () => {
    const page = jsonPage('{"files":[{"filename":"foo-1.tar.gz","url":"x","yanked":"zurückgezogen 🐍"}]}');
    expect(page.filesOf(0)[0]?.yanked).toBe('zurückgezogen 🐍');
  });
});

describe('a page in HTML', () => {
  const html = (file: object & { filename: string; url: string; hashes: object }): string => {
    const entities = (text: string): string =>
      text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
    const {
      yanked,
      'requires-python': requires,
      'core-metadata': metadata,
      hashes,
    } = file as Record<string, unknown>;
    const digest = (hashes as { sha256: string }).sha256;
    const attributes = [
      `href="${entities(`${file.url}#sha256=${digest}`)}"`,
      typeof requires === 'string' ? `data-requires-python="${entities(requires)}"` : '',
      yanked === false ? '' : `data-yanked="${yanked === true ? '' : entities(String(yanked))}"`,
      metadata === false ? '' : `data-core-metadata="${metadata === true ? 'true' : 'sha256=ef56'}"`,
    ];
    return `<A ${attributes.join(' ')}>${entities(file.filename)}</a><br>`;
  };

  test('is the same page as in JSON', () => {
    const plain = entry
      .map((file) => ({
        ...file,
        filename: file.filename.replaceAll(' ', '_').replaceAll('+', '_'),
        yanked: typeof file.yanked === 'string' ? file.yanked.replaceAll(/[\r\0]/g, '') : file.yanked,
      }))
      .map((file) => ({ ...file, url: `https://example.org/files/${file.filename}` }));
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 10 }), (files) => {
        const asJson = jsonPage(JSON.stringify({ files }));
        const asHtml = htmlPage(`<!DOCTYPE html><html><body>${files.map(html).join('\n')}</body></html>`);
        expect(allFiles(asHtml)).toEqual(allFiles(asJson));
        expect(asHtml.passedOver).toEqual(asJson.passedOver);
      }),
      { numRuns: 300 },
    );
  });

  test('reads base, entities, odd quotes and old attribute names', () => {
    const page = htmlPage(`
      <html><head><base href="https://files.example.org/a/?x#y"><base href="/second/">
      <META NAME="pypi:repository-version" CONTENT="1.3">
      <meta name="pypi:project-status" content="archived"><meta name="pypi:project-status-reason" content="done &amp; over">
      </head><body>
      <a href='../b/foo-1.0.tar.gz#md5=00ff&amp;egg=foo' data-requires-python='&gt;=3.6,&lt;4'>foo-1.0.tar.gz</a>
      <a href=foo-2.0-py3-none-any.whl#sha512=AA data-yanked data-dist-info-metadata="sha256=01">x</a>
      <a href="foo-3%2E0.tar.gz?token=1" DATA-YANKED="a &lt;b&gt;">x</a>
      <!-- <a href="foo-4.0.tar.gz">no</a> --><a name="nothing">x</a><a href="#top">x</a><a href="../">up</a>
      <script>"<a href='foo-5.0.tar.gz'>"</script>`);
    expect(page.status).toEqual({ kind: 'archived', reason: 'done & over' });
    expect(allFiles(page)).toEqual([
      {
        filename: 'foo-1.0.tar.gz',
        url: 'https://files.example.org/b/foo-1.0.tar.gz',
        hashes: { md5: '00ff' },
        size: null,
        uploadTime: null,
        requiresPython: '>=3.6,<4',
        yanked: null,
        coreMetadata: false,
      },
      expect.objectContaining({
        filename: 'foo-2.0-py3-none-any.whl',
        url: 'https://files.example.org/a/foo-2.0-py3-none-any.whl',
        hashes: { sha512: 'aa' },
        yanked: '',
        coreMetadata: { sha256: '01' },
      }),
      expect.objectContaining({
        filename: 'foo-3.0.tar.gz',
        url: 'https://files.example.org/a/foo-3%2E0.tar.gz?token=1',
        yanked: 'a <b>',
      }),
    ]);
  });

  test('is read in the encoding that its type names', () => {
    const page = lazyPage(
      readHtmlPage(
        Buffer.from('<a href="foo-1.tar.gz" data-yanked="\xe9t\xe9">', 'latin1'),
        'iso-8859-1',
        origin,
      ),
    );
    expect(page.filesOf(0)[0]?.yanked).toBe('été');
    expect(() => readHtmlPage(Buffer.from([0x3c, 0xff]), null, origin)).toThrow(PageError);
  });

  test('of another major version is refused', () => {
    expect(() => htmlPage('<meta name="pypi:repository-version" content="2.0">')).toThrow('API version 2.0');
  });
});

describe('mutated pages', () => {
  const base = pageText('foo', ['1.0', '1.1', '2.0rc1'], { 'project-status': { status: 'active' } });
  const htmlBase = `<html><head><base href="/x/"></head><body><a href="foo-1.0.tar.gz#sha256=ab" data-requires-python="&gt;=3" data-core-metadata="true">f</a></body>`;
  const mutations = fc.array(
    fc.tuple(
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.constantFrom('"', '\\', '<', '>', '&#', '{', '}', ',', 'null', '\0', 'é', 'http://[', '@'),
    ),
    { minLength: 1, maxLength: 4 },
  );
  const mutate = (text: string, changes: readonly (readonly [number, number, string])[]): string => {
    let mutated = text;
    for (const [place, drop, put] of changes) {
      const at = place % (mutated.length + 1);
      mutated = mutated.slice(0, at) + put + mutated.slice(at + drop);
    }
    return mutated;
  };

  for (const [form, text, read] of [
    ['JSON', base, jsonPage],
    ['HTML', htmlBase, htmlPage],
  ] as const) {
    test(`in ${form} are a page or a typed error`, () => {
      fc.assert(
        fc.property(mutations, (changes) => {
          try {
            const page = read(mutate(text, changes));
            for (const file of allFiles(page)) expect(typeof file.url).toBe('string');
            for (const found of page.versions) expect(tryParseVersion(found.text)).not.toBeNull();
          } catch (error) {
            if (!(error instanceof PageError) && !(error instanceof SourceError)) throw error;
          }
        }),
        { numRuns: FUZZ },
      );
    });
  }
});

describe('the Requires-Python texts of a version', () => {
  const page = (texts: readonly string[]): string =>
    JSON.stringify({
      meta: { 'api-version': '1.1' },
      name: 'foo',
      files: texts.map((text, i) => ({
        filename: `foo-${i % 2}.0-${i}-py3-none-any.whl`,
        url: `foo-${i}.whl`,
        hashes: {},
        'requires-python': text,
      })),
    });

  test('are those of its files, escaped or not', () => {
    const texts = fc.oneof(fc.constantFrom('>=3.8', '!=3.9.1,>=3.8', '~=3.10'), fc.string());
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 6 }), (given) => {
        const read = jsonPage(page(given));
        for (const [index] of read.versions.entries()) {
          const said = read.requiresPythonsOf?.(index);
          expect(said).toEqual(read.filesOf(index).map(({ requiresPython }) => requiresPython));
        }
      }),
    );
  });
});
