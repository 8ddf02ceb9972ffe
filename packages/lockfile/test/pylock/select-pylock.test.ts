import { describe, expect, test } from 'vitest';
import { LockSelectError, type PylockSelection, parsePylock, selectFromPylock } from '../../src/index.ts';
import { type TestPlatform, testTarget } from '../support/plans.ts';

const head = 'lock-version = "1.0"\ncreated-by = "me"\n';

function entry(name: string, files: readonly string[], more = ''): string {
  const rows = files.map((file) => `{ url = "https://example.com/${file}", hashes = { sha256 = "aa" } }`);
  const wheels = rows.filter((row) => row.includes('.whl'));
  const sdist = rows.find((row) => row.includes('.tar.gz'));
  return `[[packages]]\nname = "${name}"\n${more}\nwheels = [${wheels.join(', ')}]\n${sdist ? `sdist = ${sdist}` : ''}\n`;
}

function select(
  text: string,
  more: Partial<PylockSelection> = {},
  python = '3.12',
  platform: TestPlatform = 'linux',
) {
  const { environment, tags } = testTarget(python, platform);
  return selectFromPylock(parsePylock(text), { environment, tags, ...more }).map(
    ({ package: item, source }) => {
      return `${item.name}: ${'file' in source ? source.file.filename : source.kind}`;
    },
  );
}

describe('selectFromPylock, step by step', () => {
  test('requires-python of the lock must be met', () => {
    const text = `${head}requires-python = ">=3.13"\n${entry('a', ['a-1.0-py3-none-any.whl'])}`;
    expect(() => select(text)).toThrow('the lock requires Python >=3.13, and this is 3.12.0');
    expect(select(text, {}, '3.13')).toEqual(['a: a-1.0-py3-none-any.whl']);
  });

  test('one of the environments must be satisfied', () => {
    const text = `${head}environments = ["sys_platform == 'win32'", "sys_platform == 'darwin'"]\npackages = []`;
    expect(() => select(text)).toThrow('Python 3.12.0 on linux x86_64 is none of the environments');
    expect(select(text, {}, '3.12', 'macos')).toEqual([]);
  });

  test('a package whose marker does not hold is passed over, its requires-python too', () => {
    const text = `${head}${entry('a', ['a-1.0-py3-none-any.whl'], 'marker = "os_name == \'nt\'"\nrequires-python = ">=4"')}`;
    expect(select(text)).toEqual([]);
    expect(() => select(text, {}, '3.12', 'windows')).toThrow('a (packages[0]) requires Python >=4');
  });

  test('two entries of a name that both hold are an error', () => {
    const text = `${head}${entry('a', ['a-1.0-py3-none-any.whl'])}${entry('a', ['a-2.0-py3-none-any.whl'])}`;
    expect(() => select(text)).toThrow('a would be installed twice: by packages[0] and packages[1]');
  });

  test('extras and groups come from the request, groups else from default-groups', () => {
    const parts = ['docs', 'lint', 'base'].map((part, index) => {
      const set = index === 0 ? 'extras' : 'dependency_groups';
      return entry(part, [`${part}-1.0-py3-none-any.whl`], `marker = "'${part}' in ${set}"`);
    });
    const text = `${head}extras = ["docs"]\ndependency-groups = ["lint"]\ndefault-groups = ["base"]\n${parts.join('')}`;
    expect(select(text)).toEqual(['base: base-1.0-py3-none-any.whl']);
    expect(select(text, { extras: ['Docs'], dependencyGroups: ['lint'] })).toEqual([
      'docs: docs-1.0-py3-none-any.whl',
      'lint: lint-1.0-py3-none-any.whl',
    ]);
    expect(() => select(text, { extras: ['dcos'] })).toThrow('the lock has no extra "dcos": it has docs');
    expect(() => select(text, { dependencyGroups: ['test'] })).toThrow(
      'no dependency group "test": it has lint',
    );
  });

  test('the best wheel is taken, of equals the first, else the sdist, else it is an error', () => {
    const wheels = [
      'a-1.0-py3-none-any.whl',
      'a-1.0-cp312-cp312-manylinux_2_17_x86_64.whl',
      'a-1.0-cp312-cp312-win_amd64.whl',
    ];
    expect(select(`${head}${entry('a', wheels)}`)).toEqual([`a: ${wheels[1]}`]);
    const twins = ['a-1.0-2-py3-none-any.whl', 'a-1.0-1-py3-none-any.whl'];
    expect(select(`${head}${entry('a', twins)}`)).toEqual([`a: ${twins[0]}`]);
    const foreign = ['a-1.0-cp311-cp311-win_amd64.whl'];
    expect(select(`${head}${entry('a', [...foreign, 'a-1.0.tar.gz'])}`)).toEqual(['a: a-1.0.tar.gz']);
    expect(() => select(`${head}${entry('a', foreign)}`)).toThrow('no wheel of the lock fits');
  });

  test('the sdist is preferred where asked for and there', () => {
    const text = `${head}${entry('a', ['a-1.0-py3-none-any.whl', 'a-1.0.tar.gz'])}${entry('b', ['b-1.0-py3-none-any.whl'])}`;
    expect(select(text, { preferSdist: () => true })).toEqual([
      'a: a-1.0.tar.gz',
      'b: b-1.0-py3-none-any.whl',
    ]);
  });

  test('direct sources are taken as they are', () => {
    const text = `${head}
[[packages]]
name = "a"
directory = { path = "." }
[[packages]]
name = "b"
archive = { path = "b.zip", hashes = { sha256 = "aa" } }
[[packages]]
name = "c"
vcs = { type = "git", url = "https://example.com/c", commit-id = "aa" }
`;
    expect(select(text)).toEqual(['a: directory', 'b: archive', 'c: vcs']);
  });

  test('every error says of what kind it is', () => {
    const text = `${head}requires-python = ">=3.13"\npackages = []`;
    const kind = (run: () => unknown) => {
      try {
        return run();
      } catch (error) {
        return error instanceof LockSelectError ? error.kind : error;
      }
    };
    expect(kind(() => select(text))).toBe('requires-python');
    expect(kind(() => select(text, { extras: ['x'] }))).toBe('unknown-extra');
  });
});
