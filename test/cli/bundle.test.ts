import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/paths.ts';
import { faultyIndex } from './faulty-index.ts';
import { inDirectory, offline, pyplan } from './run-pyplan.ts';

const program = join(root, 'packages/pyplan/dist/pyplan.cjs');

/** Parts of Node that take long to load. */
const heavy = [
  'assert',
  'child_process',
  'crypto',
  'http',
  'http2',
  'net',
  'perf_hooks',
  'tls',
  'worker_threads',
  'zlib',
];

/** A module that tells, at the end of a process, what of Node was loaded. */
const tellLoaded = `process.on('exit', () => {
  const names = process.moduleLoadList.map((name) => name.replace('NativeModule ', '')).sort();
  process.stderr.write('\\n' + names.join('\\n') + '\\n');
});`;

/** A module that tells of each file that was read whole. */
const tellRead = `const fs = require('node:fs');
const read = fs.readFileSync;
fs.readFileSync = (file, ...more) => {
  const bytes = read(file, ...more);
  process.stderr.write('\\nread ' + file + '\\n');
  return bytes;
};`;

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

  it('finds the table of what projects depend on', async () => {
    const index = await faultyIndex();
    await inDirectory({ 'read.cjs': tellRead }, async (cwd) => {
      const target = ['--python', '3.12', '--platform', 'linux', '--no-cache'];
      const argv = ['lock', 'click', ...target, '--index-url', index.url];
      const run = await pyplan(argv, { program, cwd, node: ['--require', './read.cjs'] });
      expect(run.code, run.stderr).toBe(0);
      expect(run.stderr).toMatch(/^read .*dist\/command\/known-dependencies\.txt$/m);
    });
    await index.close();
  });

  it('loads of Node what a run needs: neither TLS nor HTTP/2 for plain HTTP, no network where the cache answers', async () => {
    const index = await faultyIndex();
    await inDirectory({ 'loaded.cjs': tellLoaded }, async (cwd) => {
      const target = ['--python', '3.12', '--platform', 'linux', '--format', 'requirements'];
      const argv = ['lock', 'click', ...target, '--cache-dir', 'cache', '--index-url', index.url];
      const loadedBy = async (...more: readonly string[]): Promise<readonly string[]> => {
        const run = await pyplan([...argv, ...more], { program, cwd, node: ['--require', './loaded.cjs'] });
        expect(run.code, run.stderr).toBe(0);
        return run.stderr.split('\n').filter((line) => heavy.includes(line));
      };
      expect(await loadedBy()).toEqual(['crypto', 'net', 'zlib']);
      expect((await loadedBy('--offline')).filter((name) => name !== 'net')).toEqual(['zlib']);
    });
    await index.close();
  });
});
