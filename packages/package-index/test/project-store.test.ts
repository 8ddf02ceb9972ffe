import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diskCache, type IndexCache } from '../src/cache/disk-cache.ts';
import { bodyGatherer, releaseBytes } from '../src/http/exchange/body.ts';
import { readJsonPage } from '../src/simple/json/page-json.ts';
import { movableRecord, type PageRecord } from '../src/simple/page-record.ts';
import { heldBy, type KnownProject, moveToCache, saveProject } from '../src/source/project-store.ts';
import { pageText } from './support/world.ts';

const index = 'https://index.example.org/simple/';
const none = new Map<string, never>();
let directory = '';
let cache: IndexCache;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pyplan-store-'));
  cache = diskCache(directory).forIndex(index);
});

afterEach(() => {
  cache.close();
  rmSync(directory, { recursive: true, force: true });
});

function record(text: string, digest: string): PageRecord {
  return readJsonPage(Buffer.from(text), { name: 'flask', url: `${index}flask/`, index, digest });
}

/** A page of so many versions as it came from the index, with what stands in its text. */
function fetched(count: number, digest: string, at = 0): KnownProject {
  const versions = Array.from({ length: count }, (_, i) => `1.${i}.0.post20260101`);
  const text = pageText('flask', versions, { 'x-é': 'not ASCII' }).replace(
    '"files":[',
    '"files":[{"filename":"odd","url":"odd"},',
  );
  return {
    name: 'flask',
    head: {
      ...{ base: `${index}flask/`, digest, status: { kind: 'active', reason: null }, related: [] },
      ...{ exists: true, fetched: at, etag: null, lastModified: null },
    },
    record: movableRecord(record(text, digest), text.length),
    expires: 0,
    metadata: () => null,
  };
}

function contents({ record: page }: KnownProject): unknown {
  return { files: page?.versions.map((_, i) => page.slice(i)), passedOver: page?.passedOver() };
}

describe('a page that was written to the cache', () => {
  test('is read from there, and its text let go; written again it is the same', () => {
    const project = fetched(1500, 'one');
    const before = contents(project);
    expect(heldBy(project)).toBeGreaterThan(1 << 18);
    expect(saveProject(cache, project, none)).toBe(true);
    moveToCache(cache, project);
    expect(heldBy(project)).toBe(0);
    expect(contents(project)).toEqual(before);
    expect(saveProject(cache, project, none)).toBe(true);
    expect(contents(project)).toEqual(before);
  });

  test('stays in memory where it is small, or another process has put another one there', () => {
    const small = fetched(2, 'small');
    saveProject(cache, small, none);
    moveToCache(cache, small);
    expect(heldBy(small)).toBeGreaterThan(0);
    const [older, newer] = [fetched(1500, 'older', 1), fetched(1501, 'newer', 2)];
    const before = contents(older);
    saveProject(cache, newer, none);
    saveProject(cache, older, none);
    moveToCache(cache, older);
    expect(heldBy(older)).toBeGreaterThan(0);
    expect(contents(older)).toEqual(before);
  });
});

describe('a body', () => {
  test('is its chunks one after the other, however long it was said to be', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), fc.nat(200), (chunks, expected) => {
        const body = bodyGatherer(expected);
        for (const chunk of chunks) body.add(Buffer.from(chunk));
        expect(body.whole()).toEqual(Buffer.concat(chunks));
        expect(body.size).toBe(body.whole().length);
      }),
    );
  });

  test('is given back only where its memory is its own', () => {
    const [own, shared] = [Buffer.allocUnsafeSlow(100), Buffer.from('a small one')];
    releaseBytes(own);
    releaseBytes(shared);
    expect([own.length, shared.toString()]).toEqual([0, 'a small one']);
  });
});
