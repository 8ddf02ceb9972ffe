import { describe, expect, it } from 'vitest';
import { namesEverywhere, readExistingLock } from '../../src/command/locking/existing-lock.ts';
import type { InputFiles } from '../../src/input/input-files.ts';

function names(text: string): readonly string[] | null {
  const files: InputFiles = {
    kindOf: () => 'file',
    read: () => new TextEncoder().encode(text),
    readStdin: async () => '',
  };
  const existing = readExistingLock('lock.txt', files);
  return existing === null ? null : namesEverywhere(existing);
}

describe('what an existing lock has everywhere', () => {
  it('is its packages from an index that stand under no marker', () => {
    const lines = [
      'Flask==3.0',
      "colorama==0.4 ; sys_platform == 'win32'",
      'a @ https://example.org/a-1.zip',
    ];
    expect(names(`${lines.join('\n')}\n`)).toEqual(['flask']);
  });

  it('is all that JSON for targets has', () => {
    const lock = { targets: [{ packages: [{ name: 'Flask', version: '3.0' }] }] };
    expect(names(JSON.stringify(lock))).toEqual(['flask']);
  });
});
