import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mirror, startMirror } from './mirror.ts';
import { hasShared, shared } from './paths.ts';
import { openRecordedSnapshot } from './recorded-snapshot.ts';

const directory = join(shared, 'snapshot');

describe.runIf(hasShared('snapshot'))('the recorded snapshot read in-process', () => {
  let mirror: Mirror;
  beforeAll(async () => {
    mirror = await startMirror(directory);
  });
  afterAll(() => mirror.close());

  const fromMirror = async (path: string): Promise<Buffer> => {
    const response = await fetch(new URL(path, mirror.indexUrl), {
      headers: { accept: 'application/vnd.pypi.simple.v1+json' },
    });
    expect(response.status, path).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };

  // Projects with odd versions (eggs, epochs, dates, local versions), many versions, or few sidecars.
  test.each([
    'boto3',
    'torch',
    'pytz',
    'setuptools',
    'protobuf',
    'numpy',
    'zope-interface',
    'pywin32',
    'jupyter',
  ])('answers for %s as the mirror does, byte for byte', async (name) => {
    const snapshot = openRecordedSnapshot(directory);
    const page = snapshot.page(name);
    if (page === null) throw new Error(`${name} is not in the snapshot`);
    expect(snapshot.pageBytes(name)?.equals(await fromMirror(`/simple/${name}/`))).toBe(true);
    const wheels = page.files.map(({ filename }) => filename).filter((file) => file.endsWith('.whl'));
    const stride = Math.max(1, Math.floor(wheels.length / 40));
    for (const wheel of wheels.filter((_, index) => index % stride === 0)) {
      const ours = snapshot.metadata(name, wheel)?.toString('utf8');
      const theirs = await fromMirror(`/files/${name}/${encodeURIComponent(wheel)}.metadata`);
      expect(ours, wheel).toBe(theirs.toString('utf8'));
    }
  });
});
