import { expect, test } from 'vitest';
import { writePipReport } from '../../src/index.ts';
import { needs, testDemand, testFile, testPackage, testPlan, testTarget } from '../support/plans.ts';

const plan = testPlan(testTarget('3.12', 'linux'), [
  testPackage('direct', '2.0', {
    file: testFile('direct-2.0.zip', { url: 'https://example.com/direct-2.0.zip' }),
    demands: [testDemand('flask', 'direct @ https://example.com/direct-2.0.zip')],
    index: null,
  }),
  testPackage('flask', '3.1.0', {
    file: testFile('flask-3.1.0-py3-none-any.whl', { hashes: { sha256: 'aa' }, yanked: '' }),
    requires: [needs('click', 'click>=8')],
    extras: ['async', 'dotenv'],
    demands: [testDemand(null, 'Flask[Async]>=3')],
  }),
]);

test('writePipReport has the keys of the installation report, version 1', () => {
  const report = JSON.parse(writePipReport(plan));
  expect(Object.keys(report)).toEqual(['version', 'pip_version', 'install', 'environment']);
  expect(report).toMatchObject({
    version: '1',
    environment: { python_version: '3.12', sys_platform: 'linux' },
  });
  expect(report.install[1]).toEqual({
    download_info: {
      url: 'https://files.example.org/flask-3.1.0-py3-none-any.whl',
      archive_info: { hash: 'sha256=aa', hashes: { sha256: 'aa' } },
    },
    is_direct: false,
    is_yanked: true,
    requested: true,
    requested_extras: ['async'],
    metadata: {
      metadata_version: '2.1',
      name: 'flask',
      version: '3.1.0',
      requires_dist: ['click>=8'],
      requires_python: '>=3.9',
    },
  });
  expect(report.install[0]).toMatchObject({ is_direct: true, is_yanked: false, requested: false });
  expect(report.install[0]).not.toHaveProperty('requested_extras');
});

test('writePipReport gives all requirements where it is told the metadata', () => {
  const metadata = {
    requiresDist: ['a', 'b; extra == "x"'],
    requiresPython: null,
    providesExtra: ['x'],
    digest: null,
  };
  const report = JSON.parse(writePipReport(plan, { metadataOf: () => metadata }));
  expect(report.install[1].metadata).toEqual({
    metadata_version: '2.1',
    name: 'flask',
    version: '3.1.0',
    requires_dist: ['a', 'b; extra == "x"'],
    provides_extra: ['x'],
  });
});
