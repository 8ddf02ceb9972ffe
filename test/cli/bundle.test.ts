import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/paths.ts';
import { faultyIndex } from './faulty-index.ts';
import { offline, pyplan } from './run-pyplan.ts';

const program = join(root, 'packages/pyplan/dist/pyplan.js');

describe('the bundled command', () => {
  beforeAll(() => {
    execFileSync(process.execPath, [join(root, 'packages/pyplan/build.ts')]);
  });

  it.each([
    ['lock', 'fastapi', '--format', 'pylock'],
    ['plan', 'flask'],
    ['tree', 'flask'],
    ['lock', 'falsk', '--json'],
  ])('prints what the sources print: %s', async (...argv) => {
    const bundled = await pyplan([...argv, ...offline], { program });
    const fromSources = await pyplan([...argv, ...offline]);
    expect(bundled.stdout).toBe(fromSources.stdout);
    expect(bundled.code).toBe(fromSources.code);
  });

  it('finds what it loads late: the HTTP client, the version', async () => {
    const index = await faultyIndex();
    const argv = [
      'lock',
      'click',
      '--python',
      '3.12',
      '--platform',
      'linux',
      '--no-cache',
      '--index-url',
      index.url,
    ];
    const run = await pyplan(argv, { program });
    await index.close();
    expect(run.code, run.stderr).toBe(0);
    expect((await pyplan(['--version'], { program })).stdout).toBe((await pyplan(['--version'])).stdout);
  });
});
