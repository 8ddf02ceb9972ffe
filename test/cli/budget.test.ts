import { expect, it } from 'vitest';
import { errorOf, offline, pyplan } from './run-pyplan.ts';

it('a search is given up after --max-steps, which the hint names', async () => {
  const run = await pyplan(['lock', 'flask', ...offline, '--max-steps', '2', '--json']);
  expect(run.code).toBe(1);
  expect(errorOf(run)).toMatchObject({
    kind: 'budget',
    explanation: expect.stringMatching(
      /^No answer for Python 3\.12 on linux: the search was given up after 2 decisions/,
    ),
    hint: expect.stringContaining('--max-steps'),
  });
  expect((await pyplan(['lock', 'flask', ...offline, '--max-steps', 'some'])).stderr).toContain(
    '--max-steps takes a number from 1 on; got "some"',
  );
});
