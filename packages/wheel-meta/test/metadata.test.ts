import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStaticProject, isStaticSdist, parseMetadata, readResolutionMetadata } from '../src/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('parseMetadata', () => {
  it('reads fields of every shape', () => {
    const metadata = parseMetadata(
      [
        'Metadata-Version: 2.4',
        'Name: Example',
        'version: 1.0',
        'Keywords: a, b,,c',
        'Project-URL: Home, https://example.com/?a,b',
        'Project-URL: Source ,https://example.org',
        'Requires-Dist: a>=1',
        'Requires-Dist: b; extra == "x"',
        'Summary: one',
        '        two',
        'Import-Name:',
        '',
        'The body.',
        '',
      ].join('\n'),
    );
    expect(metadata).toMatchObject({
      metadataVersion: '2.4',
      name: 'Example',
      version: '1.0',
      keywords: ['a', 'b', '', 'c'],
      requiresDist: ['a>=1', 'b; extra == "x"'],
      summary: 'one\n        two',
      importNames: [],
      description: 'The body.\n',
      author: null,
      classifiers: [],
    });
    expect([...metadata.projectUrls]).toEqual([
      ['Home', 'https://example.com/?a,b'],
      ['Source', 'https://example.org'],
    ]);
    expect(metadata.unparsed.size).toBe(0);
  });

  it('keeps apart what is unknown, repeated, or not UTF-8', () => {
    const text = 'Name: a\nName: b\nX-Thing: 1\nProject-URL: A, x\nProject-URL: A, y\nAuthor: ';
    const metadata = parseMetadata(new Uint8Array([...bytes(text), 0xe9, 0x0a]));
    expect(metadata.name).toBeNull();
    expect(metadata.author).toBeNull();
    expect(Object.fromEntries(metadata.unparsed)).toEqual({
      name: ['a', 'b'],
      'x-thing': ['1'],
      'project-url': ['A, x', 'A, y'],
      author: ['é'],
    });
  });

  it('keeps a header in UTF-8 beside one that is not', () => {
    const metadata = parseMetadata(new Uint8Array([...bytes('Author: é\nSummary: '), 0xe9, 0x0a]));
    expect(metadata.author).toBe('é');
    expect(metadata.summary).toBeNull();
  });

  it('takes a description from header or body, and neither where both are given', () => {
    expect(parseMetadata('Description: a\n  b\n').description).toBe('a\n  b');
    expect(parseMetadata('Name: a\n\nbody').description).toBe('body');
    const both = parseMetadata('Description: a\n\nbody');
    expect(both.description).toBeNull();
    expect(both.unparsed.get('description')).toEqual(['a', 'body']);
  });

  it('ends the headers at the first line that is none', () => {
    expect(parseMetadata('Name: a\nVersion : 1\nSummary: x\n')).toMatchObject({
      name: 'a',
      version: null,
      description: 'Version : 1\nSummary: x\n',
    });
    expect(parseMetadata('\ufeffName: a\n').name).toBeNull();
  });

  it('reads lines that end in CR, LF or both, and passes over envelope lines and stray continuations', () => {
    expect(
      parseMetadata(
        ' stray\nFrom me\nName: a\rVersion: 1\r\nFrom you\nAuthor: b\n: no name\n  of that\n\nbody',
      ),
    ).toMatchObject({
      name: 'a',
      version: '1',
      author: 'b',
      description: 'body',
    });
    expect(parseMetadata('Name: a\nFrom here on\nit is text').description).toBe('From here on\nit is text');
  });
});

describe('readResolutionMetadata', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'Metadata-Version: 2.1',
      'Name: x',
      'VERSION:  1',
      'Requires-Dist: a (>=1)',
      'Requires-Dist: b',
      'Requires-Dist: c\r',
      'Requires-Python: >=3',
      'Provides-Extra: e',
      'Dynamic: Requires-Dist',
      '  ; continued',
      '\tcontinued',
      'Requires : x',
      ': nothing',
      'From me',
      'Summary: é',
      'License: MIT\rName: y',
      '',
      '\r',
      'text',
    ),
    fc.string(),
  );

  it('equals parseMetadata but where a field that may stand once is repeated', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), fc.boolean(), (lines, asBytes) => {
        const text = lines.join('\n');
        const whole = parseMetadata(text);
        const fast = readResolutionMetadata(asBytes ? bytes(text) : text);
        const first = (header: string, value: string | null): string | null =>
          whole.unparsed.get(header)?.[0] ?? value;
        expect(fast).toEqual({
          metadataVersion: first('metadata-version', whole.metadataVersion),
          name: first('name', whole.name),
          version: first('version', whole.version),
          requiresPython: first('requires-python', whole.requiresPython),
          requiresDist: whole.requiresDist,
          providesExtra: whole.providesExtra,
          dynamic: whole.dynamic,
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the headers of a file whose description is not UTF-8, and of one whose headers are not', () => {
    expect(readResolutionMetadata(new Uint8Array([...bytes('Name: a\n\n'), 0xff])).name).toBe('a');
    expect(
      readResolutionMetadata(new Uint8Array([...bytes('Author: '), 0xe9, ...bytes('\nName: a\n')])).name,
    ).toBe('a');
  });
});

describe('isStaticSdist', () => {
  it.each([
    [{ metadataVersion: '2.1', dynamic: [] }, 'Metadata-Version'],
    [{ metadataVersion: null, dynamic: [] }, 'Metadata-Version'],
    [{ metadataVersion: '3.0', dynamic: [] }, 'Metadata-Version'],
    [{ metadataVersion: '2.2', dynamic: ['License', 'requires-dist'] }, 'Requires-Dist'],
    [{ metadataVersion: '2.10', dynamic: ['Requires-Python'] }, 'Requires-Python'],
    [{ metadataVersion: '2.4', dynamic: ['Provides-Extra'] }, 'Provides-Extra'],
  ])('names the field that prevents it: %o', (metadata, field) => {
    expect(isStaticSdist(metadata)).toEqual({ static: false, field });
  });

  it('holds from 2.2 on where nothing that matters is dynamic', () => {
    expect(isStaticSdist({ metadataVersion: '2.2', dynamic: ['License', 'Summary'] })).toEqual({
      static: true,
    });
  });
});

describe('isStaticProject', () => {
  const project = { name: 'a', version: '1', dependencies: ['b'], 'optional-dependencies': { x: ['c'] } };

  it.each([
    [{}, 'project'],
    [{ project: { version: '1' } }, 'project.name'],
    [{ project: { name: 'a', dynamic: ['version'] } }, 'project.version'],
    [{ project: { ...project, dependencies: [1] } }, 'project.dependencies'],
    [{ project: { ...project, 'optional-dependencies': ['x'] } }, 'project.optional-dependencies'],
    [{ project: { ...project, dynamic: ['requires-python'] } }, 'project.requires-python'],
    ['text', 'project'],
  ])('names the field that prevents it: %o', (pyproject, field) => {
    expect(isStaticProject(pyproject)).toEqual({ static: false, field });
  });

  it('holds for a table that states everything, dependencies left out meaning none', () => {
    expect(isStaticProject({ project })).toEqual({ static: true });
    expect(isStaticProject({ project: { name: 'a', version: '1' } })).toEqual({ static: true });
  });
});

describe('white space', () => {
  it('is what Python takes for it, and costs no more the more of it there is', () => {
    const blank = ' \t\u001c\u0085\u2003'.repeat(100_000);
    const metadata = parseMetadata(`Keywords: a${blank}b ,${blank}\nProject-URL:${blank}x${blank},y\ufeff\n`);
    expect(metadata.keywords.map((keyword) => keyword.length)).toEqual([blank.length + 2, 0]);
    expect([...metadata.projectUrls]).toEqual([['x', 'y\ufeff']]);
  });
});
