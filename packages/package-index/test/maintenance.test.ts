import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheInfo, cleanCache, diskCache, httpSource, pruneCache } from '../src/index.ts';
import { worldServer } from './support/world.ts';

let directory = '';

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pyplan-cache-'));
  const server = await worldServer({ flask: ['1.0'], click: ['1.0'] });
  const source = httpSource({ indexUrl: `${server.origin}/simple`, cache: diskCache(directory) });
  await Promise.all([source.page('flask'), source.page('click')]);
  await source.close();
  await server.close();
});

afterEach(() => rmSync(directory, { recursive: true }));

function put(path: string, age = 0): string {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'x');
  const then = Date.now() / 1000 - age;
  utimesSync(file, then, then);
  return file;
}

test('the cache says what it holds', () => {
  const info = cacheInfo(directory);
  expect(info.indexes).toEqual([
    {
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/simple\/$/),
      projects: 2,
      size: expect.any(Number),
    },
  ]);
  expect(info.size).toBeGreaterThan(500);
  expect(cacheInfo(join(directory, 'nowhere'))).toMatchObject({ size: 0, indexes: [] });
});

test('pruning takes old formats, leftovers and what is old, and nothing of others', () => {
  const gone = [
    put('projects-0/x/page-a'),
    put('projects-2/x/.page-a.1.tmp', 7200),
    put('projects-2/x/page-old', 91 * 86400),
  ];
  const kept = [
    put('projects-2/x/.page-b.2.tmp', 60),
    put('my-own/projects-2/file', 1e9),
    put('notes.txt', 1e9),
  ];
  expect(cacheInfo(directory).stale).toBe(2);
  expect(pruneCache(directory)).toEqual({ files: 3, bytes: 3 });
  expect(gone.some(existsSync)).toBe(false);
  expect(kept.every(existsSync)).toBe(true);
  expect(cacheInfo(directory).indexes.some((index) => index.projects === 2)).toBe(true);
});

test('cleaning takes some projects or everything, and nothing of others', () => {
  const own = put('notes.txt');
  expect(cleanCache(directory, ['Flask']).files).toBe(1);
  expect(cacheInfo(directory).indexes[0]?.projects).toBe(1);
  cleanCache(directory);
  expect(cacheInfo(directory).size).toBe(0);
  expect(existsSync(own)).toBe(true);
});
