import { expect, test } from 'vitest';
import { poetryConstraint } from '../../src/read/poetry-constraint.ts';

test.each([
  ['*', null],
  [null, null],
  ['^3.8', '>=3.8,<4'],
  ['^0.3', '>=0.3,<0.4'],
  ['^0.0.3', '>=0.0.3,<0.0.4'],
  ['~3.9', '>=3.9,<3.10'],
  ['~3', '>=3,<4'],
  ['>=3.8,<4.0', '>=3.8,<4.0'],
  ['>=2.7, !=3.0.*, !=3.1.*', '>=2.7,!=3.0.*,!=3.1.*'],
  ['>=3.8 <4.0', '>=3.8,<4.0'],
  ['3.9.*', '==3.9.*'],
  ['3.9', '==3.9'],
  ['~=3.9', '~=3.9'],
  ['^2.7 || ^3.6', null],
  ['nonsense', null],
])('poetryConstraint of %j is %j', (text, expected) => {
  expect(poetryConstraint(text)).toBe(expected);
});
