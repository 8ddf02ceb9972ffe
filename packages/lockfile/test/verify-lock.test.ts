import { parseRequirement } from '@pyplan/markers';
import { memorySource, type PackageSource, projectPage, type RootRequirement } from '@pyplan/resolver';
import { describe, expect, test } from 'vitest';
import {
  type LockedSet,
  lockPlans,
  readPylock,
  readRequirementsLock,
  ruleQuestions,
  type VerifyOptions,
  verifyLock,
} from '../src/index.ts';
import { needs, testDemand, testFile, testPackage, testPlan, testTarget } from './support/plans.ts';

const linux = testTarget('3.12', 'linux');
const windows = testTarget('3.12', 'windows');
const root = (text: string, line = 1): RootRequirement => ({
  requirement: parseRequirement(text),
  origin: { source: 'requirements.in', line, column: 1 },
});
const inputs = (...texts: string[]) => ({
  requirements: texts.map((text, index) => root(text, index + 1)),
  constraints: [],
  digest: null,
});
const sound = lockPlans([
  testPlan(linux, [
    testPackage('click', '8.1', { demands: [testDemand('flask', 'click>=8')] }),
    testPackage('flask', '3.0', { requires: [needs('click', 'click>=8')] }),
  ]),
]);

async function rules(lock: LockedSet, options: VerifyOptions = {}): Promise<readonly string[]> {
  return (await verifyLock(lock, options)).map(({ rule, package: name }) =>
    name === null ? rule : `${rule} ${name}`,
  );
}

function pylock(...packages: string[]): LockedSet {
  return readPylock(
    `lock-version = "1.0"\ncreated-by = "x"\n${packages.map((text) => `[[packages]]\n${text}\n`).join('')}`,
  );
}
const wheel = (filename: string, hash = 'sha256 = "aa"') =>
  `wheels = [{ url = "https://example.com/${filename}", hashes = { ${hash} } }]`;

describe('verifyLock', () => {
  test('finds nothing in a sound lock', async () => {
    const source = pagesOf(sound, (file) => file);
    expect(await verifyLock(sound, { inputs: inputs('flask>=3'), targets: [linux], source })).toEqual([]);
  });

  test('says what a finding is about, and where', async () => {
    const [first] = await verifyLock(sound, { inputs: inputs('click', 'flask>=3.1') });
    expect(first).toEqual({
      rule: 'requirement-not-met',
      severity: 'error',
      package: 'flask',
      version: '3.0',
      message: 'requirements.in:2 asks for flask>=3.1, and flask 3.0 is locked',
      origin: { source: 'requirements.in', line: 2, column: 1 },
    });
  });

  describe('against the inputs', () => {
    test.each([
      [['flask>=3.1'], ['requirement-not-met flask']],
      [['flask', 'jinja2'], ['requirement-missing jinja2']],
      [['flask', 'colorama; sys_platform == "win32"'], []],
      [['flask', 'jinja2; sys_platform == "linux"'], ['requirement-missing jinja2']],
      [['flask', 'click<8; sys_platform == "win32"'], []],
      [['flask @ https://example.com/flask.zip'], ['requirement-not-met flask']],
      [['click'], ['unreachable-package flask']],
    ])('%j gives %j', async (texts, expected) => {
      expect(await rules(sound, { inputs: inputs(...texts), targets: [linux] })).toEqual(expected);
    });

    test('a constraint binds, and asks for nothing', async () => {
      const constrained = { ...inputs('flask'), constraints: [root('click<8'), root('other==1')] };
      expect(await rules(sound, { inputs: constrained })).toEqual(['requirement-not-met click']);
    });

    test('a digest that differs is told', async () => {
      const lock = { ...sound, inputsDigest: 'sha256:aa' };
      const given = (digest: string) => ({ inputs: { ...inputs('flask'), digest } });
      expect(await rules(lock, given('sha256:bb'))).toEqual(['inputs-changed']);
      expect(await rules(lock, given('sha256:aa'))).toEqual([]);
    });
  });

  describe('against itself', () => {
    test.each([
      [
        'marker-never-holds a',
        pylock(
          `name = "a"\nmarker = "sys_platform == 'linux' and os_name == 'nt'"\n${wheel('a-1-py3-none-any.whl')}`,
        ),
      ],
      [
        'ambiguous-package a',
        pylock(
          `name = "a"\nversion = "1"\n${wheel('a-1-py3-none-any.whl')}`,
          `name = "a"\nversion = "2"\nmarker = "os_name == 'nt'"\n${wheel('a-2-py3-none-any.whl')}`,
        ),
      ],
      [
        'dependency-missing a',
        pylock(`name = "a"\ndependencies = [{ name = "b" }]\n${wheel('a-1-py3-none-any.whl')}`),
      ],
      ['hash-weak a', pylock(`name = "a"\n${wheel('a-1-py3-none-any.whl', 'md5 = "aa"')}`)],
      ['hash-missing a', readRequirementsLock('a==1\n')],
      [
        'hash-weak a',
        {
          ...sound,
          packages: sound.packages
            .map((item) => ({ ...item, name: 'a', files: [], hashes: ['md5:aa'], dependencies: null }))
            .slice(0, 1),
        },
      ],
    ])('%s', async (expected, lock) => {
      expect(await rules(lock)).toEqual([expected]);
    });

    test('versions that only different environments get are no ambiguity', async () => {
      const fork = (marker: string, version: string) =>
        `name = "a"\nversion = "${version}"\nmarker = "${marker}"\n${wheel(`a-${version}-py3-none-any.whl`)}`;
      expect(
        await rules(pylock(fork("python_version < '3.12'", '1'), fork("python_version >= '3.12'", '2'))),
      ).toEqual([]);
    });

    test('an edge that the locked version does not meet', async () => {
      const lock = lockPlans([
        testPlan(linux, [testPackage('a', '1', { requires: [needs('b', 'b>=2')] }), testPackage('b', '1')]),
      ]);
      expect(await rules(lock)).toEqual(['dependency-not-met a']);
    });

    test.each([
      [windows, ['target-not-covered']],
      [linux, ['no-file-for-target fast', 'python-not-allowed new']],
    ])('for a target', async (target, expected) => {
      const lock = lockPlans([
        testPlan(linux, [
          testPackage('fast', '1', { file: testFile('fast-1-cp312-cp312-win_amd64.whl') }),
          testPackage('new', '1', { requiresPython: '>=3.13' }),
        ]),
      ]);
      expect(await rules(lock, { targets: [target] })).toEqual(expected);
    });
  });

  describe('against the index', () => {
    test('projects, versions and files that are gone', async () => {
      expect(await rules(sound, { source: memorySource({ click: { '8.2': {} } }) })).toEqual([
        'version-gone click',
        'project-gone flask',
      ]);
      const moved = memorySource({
        click: { '8.1': { files: ['click-8.1.tar.gz'] } },
        flask: { '3.0': { files: ['flask-3.0.tar.gz'] } },
      });
      expect(await rules(sound, { source: moved })).toEqual(['file-gone click', 'file-gone flask']);
    });

    test('a hash that changed, a release that was yanked', async () => {
      const source = pagesOf(sound, (file) =>
        file.filename.startsWith('click')
          ? { ...file, hashes: { sha256: 'bb' } }
          : { ...file, yanked: 'broken' },
      );
      const found = await verifyLock(sound, { source });
      expect(found.map(({ rule }) => rule)).toEqual(['hash-changed', 'yanked']);
      expect(found[1]?.message).toBe('flask 3.0 is yanked: broken');
    });

    test('hashes without file names', async () => {
      const hash = 'ab'.repeat(32);
      const lock = readRequirementsLock(`click==8.1 --hash=sha256:${hash}\n`);
      expect(await rules(lock, { source: pagesOf(sound, (file) => file) })).toEqual(['hash-changed click']);
      const same = pagesOf(sound, (file) => ({ ...file, hashes: { sha256: hash } }));
      expect(await rules(lock, { source: same })).toEqual([]);
    });

    test.each([
      ['quarantined', 'error'],
      ['archived', 'warning'],
      ['deprecated', 'warning'],
    ] as const)('a project that is %s', async (kind, severity) => {
      const source = pagesOf(sound, (file) => file, { click: { kind, reason: 'why' } });
      expect(await verifyLock(sound, { source })).toMatchObject([{ rule: kind, severity, package: 'click' }]);
    });
  });

  test('every rule says what it finds', () => {
    for (const question of Object.values(ruleQuestions)) expect(question).toMatch(/^[A-Z].*\.$/);
  });
});

type Statuses = Parameters<typeof memorySource>[1];

type IndexFileOf = ReturnType<typeof testFile>;

/** An index that has the files of the lock, each changed by a function. */
function pagesOf(
  lock: LockedSet,
  change: (file: IndexFileOf) => IndexFileOf,
  statuses: Statuses = {},
): PackageSource {
  const inner = memorySource({});
  return {
    ...inner,
    page: (name) => {
      const files = lock.packages
        .filter((item) => item.name === name)
        .flatMap((item) => item.files.map(({ filename, hashes }) => change(testFile(filename, { hashes }))));
      const status = statuses[name];
      return files.length === 0
        ? null
        : projectPage({ name, files, ...(status === undefined ? {} : { status }) });
    },
  };
}
