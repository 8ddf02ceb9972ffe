import { afterAll, describe, expect, test } from 'vitest';
import { formRunner, fromSources, indexForms } from '../support/index-forms.ts';
import { hasShared } from '../support/paths.ts';

/** All sets: `node test/differential/index/forms.ts`. */
describe.runIf(hasShared('snapshot'))('the same bytes from every form of an index', () => {
  const runner = formRunner(fromSources);
  afterAll(() => runner.close());

  test.each(['flask', 'starlette-fastapi', 'unsat-python'])('%s', { timeout: 120_000 }, async (set) => {
    const [first, ...others] = indexForms;
    if (first === undefined) throw new Error('no forms');
    const expected = await runner.answer(first, set);
    expect(expected.code).toBe(set.startsWith('unsat') ? 1 : 0);
    for (const form of others) {
      const { withDigests, ...found } = await runner.answer(form, set);
      expect({ form, ...found }).toEqual({ form, code: expected.code, plan: expected.plan });
      if (form.hasDigests) expect({ form, withDigests }).toEqual({ form, withDigests: expected.withDigests });
    }
  });
});
