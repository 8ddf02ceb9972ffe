import { describe, expect, it } from 'vitest';
import {
  InvalidLicenseExpressionError,
  normalizeLicenseExpression,
  parseMetadata,
  rawFields,
  validateMetadata,
} from '../src/index.ts';

const problemsOf = (...lines: readonly string[]): readonly string[] =>
  validateMetadata(
    parseMetadata(['Metadata-Version: 2.5', 'Name: a', 'Version: 1', ...lines, ''].join('\n')),
  ).map(({ message }) => message);

describe('validateMetadata', () => {
  it('finds nothing in metadata that is right', () => {
    expect(
      problemsOf(
        'Summary: one line',
        'Description-Content-Type: text/markdown; charset="UTF-8"; variant=CommonMark',
        'Requires-Dist: b[x] >=1; python_version < "3.9"',
        'Requires-Python: >=3.9,<4',
        'Provides-Extra: x',
        'License-Expression: MIT OR Apache-2.0',
        'License-File: licenses/LICENSE.txt',
        'Import-Name: a.b',
        'Import-Name: _c ; private',
        'Dynamic: Description',
        'Requires-External: libpng (>=1.5, maybe)',
      ),
    ).toEqual([]);
  });

  it.each([
    ['Summary: a\n  b', /single line/],
    ['Description-Content-Type: UNKNOWN', /not a valid content type/],
    ['Description-Content-Type: text/html', /must be one of/],
    ['Description-Content-Type: text/plain; charset=latin-1', /UTF-8 charset/],
    ['Description-Content-Type: text/markdown; variant=Pandoc', /GFM and CommonMark/],
    ['Description-Content-Type: text/markdown; variant', /not a valid content type/],
    ['Description-Content-Type: text/plain; x=1; x=2', /not a valid content type/],
    ['Description-Content-Type: text/markdown; charset="UTF-8', /not a valid content type/],
    ['Description-Content-Type: text/markdown (never closed', /not a valid content type/],
    ['Requires-Dist: b (>1', /'b \(>1' is invalid for 'requires-dist'/],
    ['Requires-Python: three', /'three' is invalid for 'requires-python'/],
    ['Provides-Extra: -x', /'-x' is invalid for 'provides-extra'/],
    ['Dynamic: Name', /not allowed as a dynamic field/],
    ['Dynamic: Weather', /not a valid dynamic field/],
    ['License-Expression: MIT or', /invalid for 'license-expression'/],
    ['License-File: ../LICENSE', /parent directory/],
    ['License-File: LICEN?E*', /must be resolved/],
    ['License-File: /LICENSE', /must be relative/],
    ['License-File: C:\\LICENSE', /must be relative/],
    ['License-File: licenses\\MIT', /'\/' delimiter/],
    ['License-File: ./MIT', /'\/' delimiter/],
    ['Import-Name: a.1b', /'1b' is not a valid identifier/],
    ['Import-Name: a.class', /'class' is a keyword/],
    ['Import-Name: a; public', /only valid option is 'private'/],
    ['X-Unknown: 1', /unrecognized field: 'x-unknown'/],
    ['Author: a\nAuthor: b', /'author' has invalid data/],
  ])('says what is wrong with %j', (lines, message) => {
    const problems = problemsOf(...lines.split('\n'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
  });

  it('demands the three required fields, and that no field is newer than the file says it is', () => {
    expect(validateMetadata(parseMetadata('')).map(({ field }) => field)).toEqual([
      'metadata-version',
      'name',
      'version',
    ]);
    expect(
      validateMetadata(parseMetadata('Metadata-Version: 2.3\nName: a\nVersion: 1\nLicense-File: b\n')),
    ).toEqual([
      { field: 'license-file', message: 'license-file introduced in metadata version 2.4, not 2.3' },
    ]);
  });
});

describe('rawFields', () => {
  it('holds the fields that are given under the names of packaging, in plain data', () => {
    const metadata = parseMetadata('Name: a\nProject-URL: __proto__, x\nImport-Name:\nClassifier: c\n\nbody');
    expect(JSON.stringify(rawFields(metadata))).toBe(
      '{"name":"a","description":"body","classifiers":["c"],"project_urls":{"__proto__":"x"},"import_names":[]}',
    );
  });
});

describe('normalizeLicenseExpression', () => {
  it.each([
    ['mit', 'MIT'],
    ['mit and (apache-2.0 or bsd-2-clause)', 'MIT AND (Apache-2.0 OR BSD-2-Clause)'],
    ['GPL-2.0+ with classpath-exception-2.0', 'GPL-2.0+ WITH Classpath-exception-2.0'],
    ['licenseref-My.Own OR ((MIT))', 'LicenseRef-My.Own OR ((MIT))'],
  ])('spells %j as SPDX does', (expression, normal) => {
    expect(normalizeLicenseExpression(expression)).toBe(normal);
    expect(normalizeLicenseExpression(normal)).toBe(normal);
  });

  it.each([
    '',
    ' ',
    '(mit',
    'mit)',
    '()',
    'mit mit',
    'mit or',
    'and mit',
    'mit (mit)',
    'mit with',
    'mit with mit',
    '(mit) with classpath-exception-2.0',
    'licenseref-a+',
    'licenseref-ä',
    'Use-it-after-midnight',
  ])('refuses %j', (expression) => {
    expect(() => normalizeLicenseExpression(expression)).toThrow(InvalidLicenseExpressionError);
  });
});
