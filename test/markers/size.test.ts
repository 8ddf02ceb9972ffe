import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** Bytes of what a bundle of these exports of @pyplan/markers comes to, minified and gzipped. */
async function gzippedSize(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild gave no bundle');
  return gzipSync(bundle.contents, { level: 9 }).length;
}

test('versions and specifiers are under 4.2 kB', async () => {
  const names = [
    ...[
      'parseVersion',
      'tryParseVersion',
      'versionOf',
      'formatVersion',
      'compareVersions',
      'sortVersions',
      'bumpVersion',
    ],
    ...['isPrerelease', 'isPostrelease', 'isDevrelease', 'publicVersion', 'baseVersion'],
    ...['parseSpecifierSet', 'tryParseSpecifierSet', 'formatSpecifierSet', 'specifierSetContains'],
    ...[
      'specifierSetPrereleases',
      'filterVersions',
      'newestOf',
      'oldestOf',
      'InvalidVersionError',
      'InvalidSpecifierError',
    ],
  ];
  expect(await gzippedSize(`export { ${names.join(', ')} } from '@pyplan/markers';`)).toBeLessThan(4200);
});

test('all but the marker sets is under 11.3 kB', async () => {
  const exported = Object.keys(await import('@pyplan/markers'));
  const sets = new Set(['createMarkerAlgebra', 'platformFacts', 'MarkerBudgetError']);
  const names = exported.filter((name) => !sets.has(name));
  expect(names.length).toBe(exported.length - sets.size);
  expect(await gzippedSize(`export { ${names.join(', ')} } from '@pyplan/markers';`)).toBeLessThan(11_300);
});

test('the whole package is under 16 kB', async () => {
  expect(await gzippedSize("export * from '@pyplan/markers';")).toBeLessThan(16_000);
});
