import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseRequirement } from '@pyplan/markers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../support/paths.ts';
import { rootRequirement } from '../support/requests.ts';
import { idFilter } from './case-run.ts';
import { linesNamedBy } from './refusal.ts';

function conformance(...args: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'test', 'conformance', 'main.ts'), ...args],
    { encoding: 'utf8', cwd: root },
  );
  return { code: status, stdout, stderr };
}

describe('pnpm conformance', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'pyplan-cases-'));
    const names = [
      { input: 'A_b', canonical: 'a-b' },
      { input: 'A.b', canonical: 'wrong' },
    ];
    const order = { a: '1.0', b: '2.0', cmp: -1 };
    writeFileSync(join(directory, 'names.jsonl'), names.map((line) => JSON.stringify(line)).join('\n'));
    writeFileSync(join(directory, 'version-order.jsonl.gz'), gzipSync(JSON.stringify(order)));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('prints the ids that fail, why on stderr, and last the counts; gzipped files count', () => {
    const { code, stdout, stderr } = conformance('vectors', '--data', directory);
    expect(stdout).toBe('names:2\n2 passed, 1 failed\n');
    expect(stderr).toContain('the normal form of "A.b" is "a-b", expected "wrong"');
    expect(code).toBe(1);
  });

  test('runs the cases named, and exits with 0 where all passed', () => {
    const { code, stdout } = conformance('vectors', '--data', directory, 'version-order', 'names:1');
    expect(stdout).toBe('2 passed, 0 failed\n');
    expect(code).toBe(0);
  });

  test('gives the counts and failures as JSON before the last line', () => {
    const [json = '', last] = conformance('vectors', '--data', directory, '--json').stdout.split('\n');
    expect(JSON.parse(json)).toMatchObject({
      kind: 'vectors',
      passed: 2,
      failed: 1,
      failures: [{ id: 'names:2' }],
    });
    expect(last).toBe('2 passed, 1 failed');
  });

  test.each([
    ['an unknown kind', ['riddles'], 'There is no kind of case "riddles"'],
    ['a directory that is not there', ['worlds', '--data', 'no/such/place'], 'no/such/place does not exist'],
    ['an unknown flag', ['vectors', '--loud'], "Unknown option '--loud'"],
    ['no case of that name', ['vectors', '--data', '.', 'nothing'], 'holds no .jsonl'],
  ])('says what is wrong with %s, and exits with 2', (_, args, message) => {
    const { code, stdout, stderr } = conformance(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

test('a filter takes whole parts of an id', () => {
  const takes = (filter: string, id: string): boolean => idFilter([filter])(id);
  expect(takes('uv/fork', 'uv/fork/basic')).toBe(true);
  expect(takes('w-1-1', 'w-1-10')).toBe(false);
  expect(takes('py312-linux', 'flask.py312-linux')).toBe(true);
  expect(takes('py312-linux', 'flask.py312-linux-lowest-direct')).toBe(false);
  expect(takes('flask', 'flask.py312-linux')).toBe(true);
  expect(takes('versions', 'versions:7')).toBe(true);
  expect(idFilter([])('anything')).toBe(true);
});

test('the lines that an error of uv says are required', () => {
  const lines = ['s3fs==2023.12.2', 'boto3==1.35.0', 'aiobotocore<2.8', 'pyarrow'].map((text) =>
    rootRequirement(parseRequirement(text)),
  );
  const error = `Because x depends on y and you require s3fs==2023.12.2, we can conclude that z.
    And because you require boto3==1.35.0 and aiobotocore<2.8, we can conclude that you require one of:
    pyarrow<2. So your requirements are unsatisfiable.`;
  expect(linesNamedBy(error, lines)).toEqual(lines.slice(0, 3));
});
