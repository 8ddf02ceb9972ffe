import { parseRequirement } from '@pyplan/markers';
import { defaultOptions, memorySource, resolve } from '@pyplan/resolver';
import { describe, expect, test } from 'vitest';
import { writeLockJson, writeUniversalJson } from '../../src/index.ts';
import { needs, testFile, testPackage, testPlan, testTarget } from '../support/plans.ts';

describe('writeLockJson', () => {
  const plan = testPlan(testTarget('3.12', 'linux'), [
    testPackage('flask', '3.1.0', {
      requires: [needs('colorama', 'Colorama>=0.4; sys_platform == "win32"')],
    }),
  ]);

  test('has the keys of the format and nothing else', () => {
    const value = JSON.parse(writeLockJson({ status: 'resolved', plans: [plan], notes: [] }));
    expect(value).toEqual({
      targets: [
        {
          python: '3.12',
          platform: 'linux',
          packages: [
            {
              name: 'flask',
              version: '3.1.0',
              file: {
                filename: 'flask-3.1.0-py3-none-any.whl',
                url: 'https://files.example.org/flask-3.1.0-py3-none-any.whl',
                size: 1028,
                hashes: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
              },
              requires: ['Colorama>=0.4; sys_platform == "win32"'],
            },
          ],
        },
      ],
    });
  });

  test('gives an error object where there is no solution', () => {
    const target = testTarget('3.12', 'linux');
    const explanation = 'a needs b<1\nand c needs b>=2';
    const refusals = [{ target, explanation, conflicting: [] }];
    const text = writeLockJson({ status: 'no-solution', plans: [], refusals, notes: [] });
    const refusal = { conflicting: [], reasons: [], derivation: [], repairs: [], untried: false };
    expect(JSON.parse(text)).toEqual({
      error: {
        ...{ kind: 'no-solution', explanation, repairs: [], untried: false },
        targets: [{ python: '3.12', platform: 'linux', explanation, ...refusal }],
      },
    });
  });

  test('tells of a refusal its lines, its reasons, its derivation and its repairs', async () => {
    const source = memorySource({ a: { '1': { requires: ['b<1'] } }, b: { '1': {}, '2.0a1': {} } });
    const origin = { source: 'r.in', line: 3, column: 1 };
    const line = { requirement: parseRequirement('a==1'), origin };
    const resolution = await resolve({
      ...{ requirements: [line], constraints: [], overrides: [], source, options: defaultOptions },
      ...{ targets: [testTarget('3.12', 'linux')], repairTrials: 24 },
    });
    const { error } = JSON.parse(writeLockJson(resolution));
    expect(error.targets).toEqual([
      {
        python: '3.12',
        platform: 'linux',
        explanation: error.explanation,
        conflicting: [{ requirement: 'a==1', source: 'r.in', line: 3 }],
        reasons: [
          {
            kind: 'absent',
            project: 'b',
            text: 'a depends on b<1, and the index has no b<1 (it has 1 to 2.0a1)',
          },
        ],
        derivation: expect.arrayContaining([
          { kind: 'conclusion', text: 'your requirements can not be met', because: [1, 0] },
        ]),
        repairs: error.repairs,
        untried: false,
      },
    ]);
  });

  test('tells of a repair the lines as they become, or the Python', async () => {
    const refusal = {
      target: testTarget('3.12', 'linux'),
      explanation: 'why',
      conflicting: [],
      repairs: [
        {
          kind: 'loosen',
          text: 'change a<1 to a',
          lines: [{ requirement: parseRequirement('a<1'), origin: { source: 'r.in', line: 1, column: 1 } }],
          becomes: ['a'],
          versions: ['2'],
        },
        { kind: 'python', python: '3.13', text: 'take Python 3.13' },
        { kind: 'sdists', text: 'allow source distributions' },
      ],
    } as const;
    const text = writeLockJson({ status: 'no-solution', plans: [], refusals: [refusal], notes: [] });
    const on = { python: '3.12', platform: 'linux', target: 'Python 3.12 on linux' };
    expect(JSON.parse(text).error.repairs).toEqual([
      {
        ...{ kind: 'loosen', text: 'change a<1 to a', ...on },
        lines: [{ requirement: 'a<1', source: 'r.in', line: 1, becomes: 'a' }],
      },
      { kind: 'python', text: 'take Python 3.13', ...on, becomes: '3.13' },
      { kind: 'sdists', text: 'allow source distributions', ...on },
    ]);
  });

  test('says which target each of several explanations is for', () => {
    const refusals = (['linux', 'macos', 'windows'] as const).map((platform) => ({
      target: testTarget('3.12', platform),
      explanation: platform === 'macos' ? 'no wheel' : 'too old',
      conflicting: [],
    }));
    const text = writeLockJson({ status: 'no-solution', plans: [], refusals, notes: [] });
    expect(JSON.parse(text).error.explanation).toBe(
      'Python 3.12 on linux, Python 3.12 on windows:\ntoo old\n\nPython 3.12 on macos:\nno wheel',
    );
  });
});

test('writeUniversalJson has the keys of the format and nothing else', () => {
  const target = testTarget('3.12', 'linux');
  const lock = {
    requiresPython: '>=3.12',
    environments: ["sys_platform == 'linux'"],
    uncovered: [{ python: '3.12', platform: 'macos', reason: 'no wheel' }],
    plans: [],
    packages: [
      {
        name: 'a',
        version: '1',
        marker: null,
        files: [testFile('a-1-py3-none-any.whl', { hashes: { sha256: 'aa' } })],
        requires: [needs('b', 'B>=1')],
        demands: [],
        requiresPython: null,
        index: null,
      },
    ],
  };
  expect(JSON.parse(writeUniversalJson({ status: 'resolved', lock, notes: [] }))).toEqual({
    universe: { requires_python: '>=3.12', environments: ["sys_platform == 'linux'"] },
    uncovered: [{ python: '3.12', platform: 'macos', reason: 'no wheel' }],
    packages: [
      {
        name: 'a',
        version: '1',
        marker: null,
        files: [
          {
            filename: 'a-1-py3-none-any.whl',
            url: 'https://files.example.org/a-1-py3-none-any.whl',
            size: 1020,
            hashes: { sha256: 'aa' },
          },
        ],
        requires: ['B>=1'],
      },
    ],
  });
  const refusals = [{ target, explanation: 'why', conflicting: [] }];
  const refused = { status: 'no-solution', refusals, notes: [] } as const;
  expect(JSON.parse(writeUniversalJson(refused))).toEqual(
    JSON.parse(writeLockJson({ ...refused, plans: [] })),
  );
});
