import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../support/paths.ts';

const source = join(root, 'packages/markers');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

let staging = '';
let tarball = '';

// The package as it is published: compiled, its manifest as publishConfig makes it.
beforeAll(() => {
  staging = mkdtempSync(join(tmpdir(), 'pyplan-markers-'));
  run(bin('tsc'), ['-p', 'tsconfig.build.json', '--outDir', join(staging, 'dist')], source);
  cpSync(join(source, 'README.md'), join(staging, 'README.md'));
  const { publishConfig, scripts, ...manifest } = JSON.parse(
    readFileSync(join(source, 'package.json'), 'utf8'),
  );
  expect(Object.keys(scripts)).toEqual(['build']);
  writeFileSync(join(staging, 'package.json'), JSON.stringify({ ...manifest, ...publishConfig }));
  tarball = join(staging, run('npm', ['pack', '--silent'], staging).trim());
});

afterAll(() => rmSync(staging, { recursive: true, force: true }));

test('publint finds nothing', () => {
  expect(run(bin('publint'), [tarball, '--strict'], staging)).toContain('All good!');
});

test('attw resolves the types of an ESM package', () => {
  const report = run(bin('attw'), [tarball, '--profile', 'esm-only', '--format', 'json'], staging);
  const { analysis } = JSON.parse(report) as {
    analysis: { problems: readonly { kind: string; resolutionKind?: string }[] };
  };
  const ofEsm = analysis.problems.filter(
    ({ resolutionKind }) => resolutionKind !== 'node10' && resolutionKind !== 'node16-cjs',
  );
  expect(ofEsm).toEqual([]);
});

test('Node imports what was compiled', () => {
  const code = `import { parseVersion } from '${join(staging, 'dist/index.js')}'; process.stdout.write(parseVersion('1.0-1').text);`;
  expect(run(process.execPath, ['--input-type=module', '-e', code], staging)).toBe('1.0.post1');
});
