import fc from 'fast-check';

/** Numbers near one another, near the limits of the keys, and beyond 2^53. */
const number = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 3 }).map(String) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['1022', '1023', '1024', '2046', '2047', '2048', '9999', '10000', '10001', '20240101'],
      ...['24999999', '25000000', '25000001', '9007199254740991', '9007199254740992', '9007199254740993'],
      '99999999999999999999',
    ),
  },
);

const release = fc.array(number, { minLength: 1, maxLength: 6 }).map((numbers) => numbers.join('.'));

/** Texts of versions, close enough to one another that all relations between them come up. */
export const versionText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '', '1!'),
    release,
    fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom('a', 'b', 'rc'), number).map((parts) => parts.join('')),
    ),
    fc.oneof(
      fc.constant(''),
      number.map((value) => `.post${value}`),
    ),
    fc.oneof(
      fc.constant(''),
      number.map((value) => `.dev${value}`),
    ),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom('+a', '+1', '+a.1', '+1.a', '+a.b') },
    ),
  )
  .map((parts) => parts.join(''));

/** Texts of one clause. */
export const specifierText: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.constantFrom('>=', '<=', '>', '<'), versionText)
    .map(([operator, text]) => operator + text.replace(/\+.*/, '')),
  fc.tuple(fc.constantFrom('==', '!='), versionText).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('==', '!='), fc.constantFrom('', '1!'), release)
    .map(([operator, epoch, text]) => `${operator}${epoch}${text}.*`),
  fc.tuple(release, number).map(([head, last]) => `~=${head}.${last}`),
);
