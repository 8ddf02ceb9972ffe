import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { parseMetadata } from '@pyplan/wheel-meta';
import { describe, expect, test } from 'vitest';
import {
  type CyclonedxOptions,
  type LockedSet,
  lockPlans,
  readCondaList,
  readPipfileLock,
  readPoetryLock,
  writeCyclonedx,
} from '../../src/index.ts';
import { needs, testDemand, testFile, testPackage, testPlan, testTarget } from '../support/plans.ts';

const plans = (['linux', 'windows'] as const).map((platform) =>
  testPlan(testTarget('3.12', platform), [
    testPackage('app', '1.0', { requires: [needs('lib'), needs('direct')], extras: ['x'] }),
    testPackage('direct', '2.0', {
      file: testFile('direct-2.0.zip', {
        url: 'https://example.com/direct-2.0.zip?a=b',
        hashes: { sha256: 'short', md5: 'a'.repeat(32) },
      }),
      demands: [testDemand('app', 'direct @ https://example.com/direct-2.0.zip?a=b')],
      index: null,
    }),
    testPackage('lib', platform === 'linux' ? '1.1' : '1.0', { demands: [testDemand('app', 'lib')] }),
  ]),
);
const lock = lockPlans(plans);
const metadata = parseMetadata(
  'Metadata-Version: 2.4\nName: app\nVersion: 1.0\nSummary: An app\nLicense-Expression: MIT OR Apache-2.0\n',
);
const options: CyclonedxOptions = {
  project: { name: 'mine', version: '0.1' },
  metadataOf: (item) => (item.name === 'app' ? metadata : null),
  defaultIndex: 'https://index.example.org/simple',
};

async function problems(text: string, version: '1.6' | '1.7'): Promise<unknown> {
  const validator = new Validation.JsonStrictValidator(
    version === '1.6' ? Spec.Version.v1dot6 : Spec.Version.v1dot7,
  );
  return validator.validate(text);
}

describe('writeCyclonedx', () => {
  test.each(['1.6', '1.7'] as const)('is valid by the official schema of %s', async (specVersion) => {
    expect(await problems(await writeCyclonedx(lock, { ...options, specVersion }), specVersion)).toBeNull();
    const timed = await writeCyclonedx(lock, {
      specVersion,
      timestamp: '2026-01-02T03:04:05Z',
      toolVersion: '1.0',
    });
    expect(await problems(timed, specVersion)).toBeNull();
  });

  test('the check of the schema finds what is wrong', async () => {
    const broken = (await writeCyclonedx(lock, options)).replace('"type": "library"', '"type": "book"');
    expect(await problems(broken, '1.6')).not.toBeNull();
  });

  test('is valid for locks of other tools', async () => {
    const sets: readonly LockedSet[] = [
      readCondaList('[{"channel": "conda-forge", "name": "openssl", "version": "3.0.2"}]'),
      readPipfileLock(
        '{"_meta": {}, "default": {"here": {"path": "."}, "there": {"git": "https://example.com/x", "ref": "a"}, "star": {"version": "*"}}}',
      ),
      readPoetryLock(
        '[metadata]\n[[package]]\nname = "a"\nversion = "1"\nfiles = [{file = "a-1.tar.gz", hash = "sha256:aa"}]',
      ),
    ];
    for (const set of sets) expect(await problems(await writeCyclonedx(set), '1.6')).toBeNull();
  });

  test('has purls, licences, hashes and the graph', async () => {
    const bom = JSON.parse(await writeCyclonedx(lock, options));
    expect(bom.components.map((item: { purl: string }) => item.purl)).toEqual([
      'pkg:pypi/app@1.0',
      'pkg:pypi/direct@2.0?download_url=https%3A%2F%2Fexample.com%2Fdirect-2.0.zip%3Fa%3Db',
      'pkg:pypi/lib@1.0',
      'pkg:pypi/lib@1.1',
    ]);
    expect(bom.components[0]).toMatchObject({
      description: 'An app',
      licenses: [{ expression: 'MIT OR Apache-2.0' }],
      hashes: [{ alg: 'SHA-256' }],
      scope: 'required',
    });
    expect(bom.components[1].hashes).toEqual([{ alg: 'MD5', content: 'a'.repeat(32) }]);
    expect(bom.components[2]).toMatchObject({
      scope: 'optional',
      properties: expect.arrayContaining([{ name: 'pyplan:marker', value: "sys_platform == 'win32'" }]),
    });
    expect(bom.dependencies).toContainEqual({
      ref: 'pkg:pypi/app@1.0',
      dependsOn: [expect.stringMatching('direct'), 'pkg:pypi/lib@1.0', 'pkg:pypi/lib@1.1'],
    });
    expect(bom.dependencies[0]).toEqual({ ref: 'project', dependsOn: ['pkg:pypi/app@1.0'] });
  });

  test('a package of another index says which', async () => {
    const bom = JSON.parse(await writeCyclonedx(lock));
    expect(bom.components[0].purl).toBe(
      'pkg:pypi/app@1.0?repository_url=https%3A%2F%2Findex.example.org%2Fsimple%2F',
    );
  });

  test.each([
    ['License: BSD\n and more', ['BSD']],
    ['License: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License', ['MIT License']],
    ['Classifier: Topic :: X', undefined],
  ])('licence of %j', async (header, names) => {
    const metadataOf = () => parseMetadata(`Metadata-Version: 2.1\nName: app\nVersion: 1.0\n${header}\n`);
    const bom = JSON.parse(await writeCyclonedx(lock, { metadataOf }));
    const found = bom.components[0].licenses?.map((item: { license: { name: string } }) => item.license.name);
    expect(found).toEqual(names);
  });

  test('the same lock gives the same bytes, another one another serial number', async () => {
    expect(await writeCyclonedx(lock)).toBe(await writeCyclonedx(lockPlans(plans)));
    const serial = async (set: LockedSet) => JSON.parse(await writeCyclonedx(set)).serialNumber;
    expect(await serial(lock)).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(await serial(lock)).not.toBe(await serial({ ...lock, packages: lock.packages.slice(1) }));
  });
});
