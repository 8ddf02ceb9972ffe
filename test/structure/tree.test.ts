import { describe, expect, test } from 'vitest';
import { trackedFiles } from './tracked-files.ts';

const tracked = trackedFiles();
const code = tracked.filter(({ path }) => /\.(?:ts|mts|js|mjs)$/.test(path));

/** Spelt so that this file does not match itself. */
const foreign = {
  'a registry host': /pyp[i][.]org|pythonhoste[d][.]org|npmj[s][.](?:org|com)/,
  'a path of a machine': /(?<![\w.])\/(?:wor[k]|far[m]|roo[t]|tm[p]\/v)\//,
};

describe('the tree', () => {
  test('has no source file over 420 lines', () => {
    const long = code
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 420);
    expect(long).toEqual([]);
  });

  test.each(Object.entries(foreign))('names %s in no tracked file', (_, pattern) => {
    const named = tracked.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
    expect(named).toEqual([]);
  });

  test('has a lock file that names no host', () => {
    const lock = tracked.find(({ path }) => path === 'pnpm-lock.yaml');
    expect(lock?.text).toContain('lockfileVersion');
    expect(lock?.text).not.toMatch(/https?:\/\//);
  });

  test('switches no check off without a reason', () => {
    const off = code.flatMap(({ path, text }) =>
      [
        ...text.matchAll(
          /@ts-(?:ignore|nocheck|expect-erro[r])|biome-ignor[e] [\w/]+:?\s*(?!.{15})|\.(?:only|todo)\(/g,
        ),
      ].map(([found]) => `${path}: ${found}`),
    );
    expect(off).toEqual([]);
  });

  test('forbids any, non-null assertions and default exports', () => {
    const biome = tracked.find(({ path }) => path === 'biome.json');
    const { rules } = JSON.parse(biome?.text ?? '{}').linter;
    expect(rules.suspicious.noExplicitAny).toBe('error');
    expect(rules.style.noNonNullAssertion).toBe('error');
    expect(rules.style.noDefaultExport).toBe('error');
  });
});
