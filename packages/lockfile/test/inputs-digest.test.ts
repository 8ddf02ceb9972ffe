import { parseRequirement } from '@pyplan/markers';
import { defaultOptions, type RootRequirement, target } from '@pyplan/resolver';
import { describe, expect, test } from 'vitest';
import { inputsDigest, type LockInputs } from '../src/index.ts';

const roots = (...texts: string[]): readonly RootRequirement[] =>
  texts.map((text, index) => ({
    requirement: parseRequirement(text),
    origin: { source: `${index}.in`, line: index, column: 1 },
  }));
const base: LockInputs = {
  requirements: roots('Flask[Async,dotenv] >=3', 'click'),
  constraints: [],
  overrides: [],
  targets: [target('3.12', 'linux')],
  options: defaultOptions,
};

describe('inputsDigest', () => {
  test.each([
    ['the order of requirements', { requirements: roots('click', 'Flask[Async,dotenv] >=3') }],
    ['how they are spelt', { requirements: roots('flask[dotenv,async]>=3', 'CLICK') }],
    ['preferences', { options: { ...defaultOptions, preferences: new Map([['click', '8']]) } }],
  ])('%s does not count', (_, change) => {
    expect(inputsDigest({ ...base, ...change })).toBe(inputsDigest(base));
  });

  test.each([
    ['a requirement', { requirements: roots('click') }],
    ['a specifier', { requirements: roots('Flask[Async,dotenv]>=3.1', 'click') }],
    ['an extra', { requirements: roots('Flask[dotenv]>=3', 'click') }],
    ['a constraint', { constraints: roots('click<9') }],
    ['an override', { overrides: roots('click<9') }],
    ['a target', { targets: [target('3.13', 'linux')] }],
    ['an option', { options: { ...defaultOptions, excludeNewer: 5 } }],
    ['a selection', { options: { ...defaultOptions, noBinary: new Set(['click']) } }],
    ['what else is said', { more: ['https://index.example.org/simple'] }],
  ])('%s counts', (_, change) => {
    expect(inputsDigest({ ...base, ...change })).not.toBe(inputsDigest(base));
  });

  test('is sha256 and hex', () => {
    expect(inputsDigest(base)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});
