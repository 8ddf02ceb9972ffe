import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasShared, root } from '../support/paths.ts';

/** What the differential run says last, of the cases named. */
function lastLineOf(...args: readonly string[]): string {
  const program = join(root, 'test', 'differential', 'evidence', 'main.ts');
  const { stdout } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: root });
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}

describe.runIf(hasShared('scenarios') && hasShared('worlds') && hasShared('snapshot'))(
  'the evidence of recorded cases holds',
  () => {
    test('of every scenario, universal ones too', () => {
      expect(lastLineOf('scenarios')).toMatch(/^[1-9]\d* passed, 0 failed$/);
    });

    test('of two hundred worlds', () => {
      const ids = Array.from({ length: 200 }, (_, place) => `w-1-${place}`);
      expect(lastLineOf('worlds', ...ids)).toBe('200 passed, 0 failed');
    });

    test('of real sets that have no solution', () => {
      const sets = ['unsat-deep.py312-linux', 'unsat-protobuf.py312-linux', 'unsat-python.py312-linux'];
      expect(lastLineOf('resolutions', ...sets)).toBe('3 passed, 0 failed');
    });
  },
);
