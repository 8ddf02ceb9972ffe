import { join } from 'node:path';
import { type IndexFile, type ProjectPage, projectPage } from '@pyplan/resolver';
import { indexFile } from '../../../packages/package-index/src/simple/file-entry.ts';
import { readJsonPage } from '../../../packages/package-index/src/simple/json/page-json.ts';
import { lazyPage } from '../../../packages/package-index/src/simple/lazy-page.ts';
import { shared } from '../../support/paths.ts';
import { zipArchive } from '../../support/zip-archive.ts';

/**
 * Every recorded page, scanned, is the page that decoding all of it and grouping its files one by one gives.
 *
 *     node test/differential/index/pages.ts
 */
const archive = zipArchive(join(shared, 'snapshot', 'data', 'simple.zip'));
let failed = 0;
let files = 0;
for (const entry of archive.names) {
  const name = entry.replace(/\.json$/, '');
  const url = `https://example.org/simple/${name}/`;
  const bytes = archive.read(entry) ?? Buffer.alloc(0);
  const decoded = JSON.parse(bytes.toString('utf8')) as { readonly files: readonly object[] };
  const all = decoded.files.map((file) => indexFile(file, url));
  files += all.length;
  const scanned = lazyPage(readJsonPage(bytes, { name, url, index: null, digest: null }));
  if (describe(scanned) === describe(projectPage({ name, files: all }))) continue;
  failed++;
  console.log(`${name} differs`);
}

function describe(page: ProjectPage): string {
  const sorted = (of: readonly IndexFile[]): readonly string[] =>
    of.map((file) => JSON.stringify(file)).sort();
  return JSON.stringify([
    page.versions.map((version, index) => [version.text, sorted(page.filesOf(index))]),
    page.passedOver,
    page.status,
  ]);
}

console.log(`${files} files; ${archive.names.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
