import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/paths.ts';
import { pyplan } from './run-pyplan.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const packageReadme = readFileSync(join(root, 'packages/pyplan/README.md'), 'utf8');

function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, found, body]) =>
    found === language && body !== undefined ? [body] : [],
  );
}

function runTypeScript(code: string): string {
  const flags = ['--input-type=module-typescript', '--eval', code];
  return execFileSync(process.execPath, flags, { cwd: root, encoding: 'utf8' });
}

describe('README.md', () => {
  it('shows the library in eight lines that run', () => {
    const [code = ''] = blocks(readme, 'ts');
    expect(code.trimEnd().split('\n')).toHaveLength(8);
    const printed = runTypeScript(code);
    expect(printed).toContain('flask 3.1.3 103424\n');
    expect(printed).toMatch(/^sqlalchemy 2\.0\.55 2\.1\.6$/m);
  });

  it('shows what the command prints', async () => {
    const shown = blocks(readme, 'console');
    expect(shown.length).toBeGreaterThan(0);
    for (const block of shown) {
      const [command = '', ...output] = block.split('\n');
      const words = command.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
      expect(words.slice(0, 4)).toEqual(['$', 'pnpm', '--silent', 'pyplan']);
      const run = await pyplan(words.slice(4), { env: { COLUMNS: '100' } });
      expect(run.stdout).toBe(output.join('\n'));
    }
  });

  it('names its two commands in the first screen', () => {
    const screen = readme.split('\n').slice(0, 40).join('\n');
    expect(screen).toContain('npx -y pnpm@12.21.0 start');
    expect(screen).toContain('npx -y pnpm@12.21.0 test');
    expect(screen).toContain('```console');
    expect(screen).toContain('```ts');
  });
});

describe('packages/pyplan/README.md', () => {
  it('shows code that runs', () => {
    const [code = ''] = blocks(packageReadme, 'ts');
    expect(runTypeScript(code)).toBe('app 1.0, lib 2.0\nlib 1.0 -> 2.0\n');
  });
});
