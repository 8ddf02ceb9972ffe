import { expect, test } from 'vitest';
import { trackedFiles } from './tracked-files.ts';

test('every package has a README that names it and shows code', () => {
  const tracked = trackedFiles();
  const manifests = tracked.filter(({ path }) => /^packages\/[^/]+\/package\.json$/.test(path));
  expect(manifests.length).toBeGreaterThan(0);
  const wanting = manifests.flatMap(({ path, text }) => {
    const readme = path.replace('package.json', 'README.md');
    const found = tracked.find((file) => file.path === readme)?.text ?? '';
    return found.includes(JSON.parse(text).name) && found.includes('```') ? [] : [readme];
  });
  expect(wanting).toEqual([]);
});
