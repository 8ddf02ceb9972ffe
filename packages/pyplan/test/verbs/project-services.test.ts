import type { ApiProject, ApiRelease, JsonApi } from '@pyplan/package-index';
import { SourceError } from '@pyplan/resolver';
import { expect, test } from 'vitest';
import { filesByPlatform } from '../../src/render/files-by-platform.ts';
import { projectServices } from '../../src/verbs/project-services.ts';

const vulnerability = {
  id: 'PYSEC-1',
  aliases: ['CVE-1'],
  summary: null,
  details: null,
  fixedIn: ['2.1'],
  link: null,
  source: null,
  withdrawn: null,
};
const withdrawn = { ...vulnerability, id: 'PYSEC-2', withdrawn: '2026-01-01' };

function release(version: string): ApiProject {
  const info = {
    name: 'demo',
    version,
    summary: 'A demo',
    description: null,
    license: null,
    licenseExpression: null,
    author: null,
    maintainer: null,
    homePage: null,
    projectUrls: {},
    keywords: null,
    classifiers: [],
    requiresPython: null,
    requiresDist: null,
    providesExtra: [],
    yanked: null,
  };
  const vulnerabilities = [vulnerability, withdrawn];
  return { info, urls: [], vulnerabilities, ownership: null, lastSerial: null, releases: new Map() };
}

function api(latest: string): JsonApi {
  return {
    project: async () => release(latest),
    release: async (_, version): Promise<ApiRelease | null> => (version === '1.0' ? release('1.0') : null),
    latest: async () => release(latest),
  };
}

test('vulnerabilities are those of the release looked at, withdrawn ones left out', async () => {
  const ask = (version: string, isNewest: boolean) =>
    projectServices({ api: api('2.0'), statistics: null }, 'demo', { version, isNewest });
  expect((await ask('2.0', true)).vulnerabilities?.map(({ id }) => id)).toEqual(['PYSEC-1']);
  expect((await ask('1.0', false)).vulnerabilities?.map(({ id }) => id)).toEqual(['PYSEC-1']);
  expect(await ask('1.5', false)).toMatchObject({
    summary: 'A demo',
    vulnerabilities: null,
    unavailable: [],
  });
});

test('a service that fails is told of, and the others answer', async () => {
  const failing = async (): Promise<never> => {
    throw new SourceError('nothing answers there', { kind: 'unreachable', url: '' });
  };
  const statistics = { recent: async () => ({ day: 1, week: 2, month: 3 }), daily: async () => null };
  const services = await projectServices(
    { api: { project: failing, release: failing, latest: failing }, statistics },
    'demo',
    { version: '2.0', isNewest: true },
  );
  expect(services).toEqual({
    summary: null,
    vulnerabilities: null,
    downloads: { day: 1, week: 2, month: 3 },
    unavailable: ['the JSON API: nothing answers there'],
  });
});

test('files are told by platform, the widest first', () => {
  const files = [
    'demo-1.0-cp312-cp312-win_amd64.whl',
    'demo-1.0-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    'demo-1.0-cp312-cp312-musllinux_1_2_x86_64.whl',
    'demo-1.0-py2.py3-none-any.whl',
    'demo-1.0.tar.gz',
    'other.txt',
  ];
  expect(filesByPlatform('demo', files)).toEqual([
    { platform: 'any', interpreters: ['py2', 'py3'], files: 1 },
    { platform: 'linux', interpreters: ['cp313', 'cp312'], files: 2 },
    { platform: 'windows', interpreters: ['cp312'], files: 1 },
    { platform: 'sdist', interpreters: [], files: 1 },
  ]);
});
