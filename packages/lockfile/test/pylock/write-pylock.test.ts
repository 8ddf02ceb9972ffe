import TOML from '@iarna/toml';
import { describe, expect, test } from 'vitest';
import { parsePylock, readPylock, writePylock } from '../../src/index.ts';
import { needs, testDemand, testFile, testPackage, testPlan, testTarget } from '../support/plans.ts';

const linux = testTarget('3.12', 'linux');
const windows = testTarget('3.12', 'windows');

describe('writePylock for one target', () => {
  test('is laid out as the specification orders it', () => {
    const plan = testPlan(linux, [
      testPackage('click', '8.2.0', { requiresPython: null }),
      testPackage('flask', '3.1.0', { requires: [needs('click', 'click>=8')], index: null }),
    ]);
    expect(writePylock([plan], { inputsDigest: 'sha256:00' })).toMatchInlineSnapshot(`
      "lock-version = "1.0"
      environments = [
          "python_version == '3.12' and implementation_name == 'cpython' and sys_platform == 'linux' and platform_machine == 'x86_64'",
      ]
      created-by = "pyplan"

      [[packages]]
      name = "click"
      version = "8.2.0"
      index = "https://index.example.org/simple/"
      wheels = [
          { upload-time = 2026-01-02T03:04:05.678Z, url = "https://files.example.org/click-8.2.0-py3-none-any.whl", size = 1028, hashes = { sha256 = "fa760e8ceb4fb674d6cb3e0395f9b181b91a5a5e2fe8dbaf66c1c84af4740209" } },
      ]

      [[packages]]
      name = "flask"
      version = "3.1.0"
      requires-python = ">=3.9"
      dependencies = [
          { name = "click" },
      ]
      wheels = [
          { upload-time = 2026-01-02T03:04:05.678Z, url = "https://files.example.org/flask-3.1.0-py3-none-any.whl", size = 1028, hashes = { sha256 = "c30697e239f1b8f6406b32bba73904fbb5a84d85fbdf79b286dcc708ae03f51c" } },
      ]

      [tool.pyplan]
      inputs-digest = "sha256:00"

      [[tool.pyplan.targets]]
      python = "3.12"
      platform = "linux"
      "
    `);
  });

  test('omits a name only where the URL ends in it', () => {
    const file = testFile('a-1.0+x-py3-none-any.whl', {
      url: 'https://files.example.org/a-1.0%2Bx-py3-none-any.whl',
    });
    const moved = testFile('b-1.0-py3-none-any.whl', { url: 'https://files.example.org/download?id=7' });
    const text = writePylock([
      testPlan(linux, [testPackage('a', '1.0+x', { file }), testPackage('b', '1.0', { file: moved })]),
    ]);
    expect(text).not.toContain('name = "a-1.0');
    expect(text).toContain('{ name = "b-1.0-py3-none-any.whl", ');
  });

  test('an sdist is the sdist, a direct reference an archive', () => {
    const url = 'https://example.com/pkg.tar.gz';
    const text = writePylock([
      testPlan(linux, [
        testPackage('direct', '2.0', {
          file: testFile('pkg.tar.gz', { url: `${url}#subdirectory=python`, size: null, uploadTime: null }),
          demands: [testDemand(null, `direct @ ${url}#subdirectory=python`)],
          index: null,
        }),
        testPackage('source', '1.0', { file: testFile('source-1.0.tar.gz') }),
      ]),
    ]);
    const lock = TOML.parse(text);
    expect(lock).toMatchObject({
      packages: [
        { archive: { url, subdirectory: 'python' } },
        { sdist: { url: 'https://files.example.org/source-1.0.tar.gz' } },
      ],
    });
    expect(lock).not.toHaveProperty(['packages', 0, 'wheels']);
  });

  test('a Requires-Python that only an index would serve is written repaired, or not at all', () => {
    const text = writePylock([
      testPlan(linux, [
        testPackage('mended', '1', { requiresPython: '>=2.7.*, ' }),
        testPackage('lost', '1', { requiresPython: 'three or so' }),
      ]),
    ]);
    expect(text.match(/^requires-python.*$/gm)).toEqual(['requires-python = ">=2.7"']);
  });

  test('refuses a file without a hash, by package', () => {
    const plan = testPlan(linux, [
      testPackage('a', '1', { file: testFile('a-1-py3-none-any.whl', { hashes: {} }) }),
    ]);
    expect(() => writePylock([plan])).toThrow('a 1: a-1-py3-none-any.whl has no hash');
  });

  test('keeps the digest of the inputs and what was assumed, and gives them back', () => {
    const text = writePylock([testPlan(linux, [])], {
      inputsDigest: 'sha256:aa',
      assumed: ['Python 3.12, the newest'],
    });
    expect(readPylock(text)).toMatchObject({
      inputsDigest: 'sha256:aa',
      assumed: ['Python 3.12, the newest'],
      targets: [{ python: '3.12', platform: 'linux' }],
    });
  });

  test('names files of this machine relative to the lock', () => {
    const local = (path: string) =>
      testFile('a-1+x-py3-none-any.whl', { url: `file:///srv/${path}/a-1%2Bx-py3-none-any.whl` });
    const text = (path: string, directory: string) =>
      parsePylock(
        writePylock([testPlan(linux, [testPackage('a', '1+x', { file: local(path) })])], { directory }),
      ).packages[0]?.wheels[0];
    expect(text('my%20app/files', 'file:///srv/my%20app/')).toMatchObject({
      url: null,
      path: 'files/a-1+x-py3-none-any.whl',
    });
    expect(text('files/a', 'file:///srv/app/deep')?.path).toBe('../../files/a/a-1+x-py3-none-any.whl');
    expect(text('files', 'https://example.com/')).toMatchObject({
      path: null,
      url: 'file:///srv/files/a-1%2Bx-py3-none-any.whl',
    });
  });

  test('says who published a package where that is known', () => {
    const identity = { kind: 'GitHub', repository: 'org/a', workflow: 'release.yml' };
    const text = writePylock([testPlan(linux, [testPackage('a', '1'), testPackage('b', '1')])], {
      attestationIdentitiesOf: ({ name }) => (name === 'a' ? [identity] : []),
    });
    expect(parsePylock(text).packages.map((item) => item.attestationIdentities)).toEqual([[identity], []]);
  });

  test('an empty plan is still a lock', () => {
    expect(TOML.parse(writePylock([testPlan(linux, [])]))).toMatchObject({ packages: [] });
  });
});

describe('writePylock for several targets', () => {
  test('marks what only some targets get, and merges the files of a version', () => {
    const wheel = (platform: string) => testFile(`fast-2.0-cp312-cp312-${platform}.whl`);
    const text = writePylock([
      testPlan(linux, [
        testPackage('fast', '2.0', { file: wheel('manylinux_2_28_x86_64') }),
        testPackage('numpy', '2.1', { requires: [needs('fast')] }),
      ]),
      testPlan(windows, [
        testPackage('colorama', '0.4.6'),
        testPackage('fast', '2.0', { file: wheel('win_amd64') }),
        testPackage('numpy', '2.0', { requires: [needs('colorama')] }),
      ]),
    ]);
    const lock = TOML.parse(text);
    expect(lock).toHaveProperty(['environments', 'length'], 2);
    const [one, two] = [[{}], [{}, {}]];
    expect(lock).toMatchObject({
      packages: [
        { name: 'colorama', version: '0.4.6', marker: "sys_platform == 'win32'", wheels: one },
        { name: 'fast', version: '2.0', wheels: two },
        { name: 'numpy', version: '2.0', marker: "sys_platform == 'win32'", wheels: one },
        { name: 'numpy', version: '2.1', marker: "sys_platform == 'linux'", wheels: one },
      ],
    });
    expect(lock).not.toHaveProperty(['packages', 1, 'marker']);
  });

  test('a dependency on one of several versions says which', () => {
    const text = writePylock([
      testPlan(linux, [testPackage('app', '1', { requires: [needs('lib')] }), testPackage('lib', '2')]),
      testPlan(windows, [testPackage('app', '1', { requires: [needs('lib')] }), testPackage('lib', '1')]),
    ]);
    expect(text).toContain('{ name = "lib", version = "2" }');
    expect(text).toContain('{ name = "lib", version = "1" }');
  });
});
