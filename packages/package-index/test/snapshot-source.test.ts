import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SourceError } from '@pyplan/resolver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshotSource } from '../src/index.ts';
import { pageText, sidecarText } from './support/world.ts';

let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pyplan-snapshot-'));
  put('simple/flask/index.json', pageText('flask', ['1.0', '2.0']));
  put('files/flask/flask-1.0-py3-none-any.whl.metadata', sidecarText('flask', '1.0'));
  put('files/flask/flask-2.0-py3-none-any.whl.metadata', `${sidecarText('flask', '2.0')}changed`);
  put(
    'simple/click/index.html',
    '<a href="../../files/click/click-8.0-py3-none-any.whl" data-core-metadata="true">x</a>',
  );
  put(
    'files/click/click-8.0-py3-none-any.whl.metadata',
    sidecarText('click', '8.0', ['colorama; sys_platform == "win32"']),
  );
  put('simple/broken/index.json', '{"files":[');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function failure(work: () => unknown): SourceError {
  try {
    work();
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('expected a SourceError');
}

describe('a snapshot', () => {
  test('answers at once, with absolute file URLs and checked sidecars', () => {
    const source = snapshotSource(root);
    const page = source.page('flask');
    if (page === null || page instanceof Promise) throw new Error('no page at once');
    expect(page.versions.map((version) => version.text)).toEqual(['1.0', '2.0']);
    expect(page.digest).toBe(hash('sha256', pageText('flask', ['1.0', '2.0'])));
    expect(page.index).toBeNull();
    const file = page.filesOf(0)[0];
    if (file === undefined) throw new Error('no file');
    expect(file.url).toBe(pathToFileURL(join(root, 'files/flask/flask-1.0-py3-none-any.whl')).href);
    expect(source.metadata(page, file)).toMatchObject({ kind: 'metadata' });
    expect(source.page('flask')).toBe(page);
    expect(source.page('nothing')).toBeNull();
  });

  test('with a changed sidecar is corrupt', () => {
    const source = snapshotSource(root);
    const page = source.page('flask');
    if (page === null || page instanceof Promise) throw new Error('no page at once');
    const file = page.filesOf(1)[0];
    if (file === undefined) throw new Error('no file');
    const error = failure(() => source.metadata(page, file));
    expect(error.kind).toBe('corrupt');
    expect(error.message).toContain('flask-2.0-py3-none-any.whl');
  });

  test('in HTML alone is read too', async () => {
    const source = snapshotSource(root);
    const page = await source.page('click');
    const file = page?.filesOf(0)[0];
    if (!page || file === undefined) throw new Error('no file');
    expect(await source.metadata(page, file)).toMatchObject({
      kind: 'metadata',
      metadata: { requiresDist: ['colorama; sys_platform == "win32"'] },
    });
    expect(source.page('click')).toBe(page);
  });

  test('that is broken or none says which file', () => {
    expect(failure(() => snapshotSource(root).page('broken')).message).toContain(
      join('broken', 'index.json'),
    );
    expect(failure(() => snapshotSource(join(root, 'nowhere'))).message).toContain('is no snapshot');
  });
});
