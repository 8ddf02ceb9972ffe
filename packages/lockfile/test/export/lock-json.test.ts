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
    const refusals = [{ target, explanation: 'a needs b<1\nand c needs b>=2', conflicting: [] }];
    const text = writeLockJson({ status: 'no-solution', plans: [], refusals, notes: [] });
    expect(JSON.parse(text)).toEqual({
      error: { kind: 'no-solution', explanation: 'a needs b<1\nand c needs b>=2', repairs: [] },
    });
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
  expect(JSON.parse(writeUniversalJson({ status: 'no-solution', refusals, notes: [] }))).toEqual({
    error: { kind: 'no-solution', explanation: 'why', repairs: [] },
  });
});
