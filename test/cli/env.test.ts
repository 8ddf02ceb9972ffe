import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleSnapshot, inDirectory, pyplan } from './run-pyplan.ts';

const snapshot = ['--snapshot', exampleSnapshot];

/** What `pip inspect` prints, as far as it counts, of Python 3.13 on macOS 15. */
const inspected = JSON.stringify({
  version: '1',
  pip_version: '26.0',
  installed: [{ metadata: { name: 'Flask', version: '2.2.5' } }],
  environment: {
    implementation_name: 'cpython',
    implementation_version: '3.13.1',
    os_name: 'posix',
    platform_machine: 'arm64',
    platform_release: '24.1.0',
    platform_system: 'Darwin',
    platform_version: 'Darwin Kernel Version 24.1.0',
    python_full_version: '3.13.1',
    platform_python_implementation: 'CPython',
    python_version: '3.13',
    sys_platform: 'darwin',
  },
});

describe('pyplan env', () => {
  it('asks an interpreter, which runs nothing that is installed', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'pyplan-env-'));
    try {
      const trap = 'raise SystemExit("a start-up file ran")\n';
      mkdirSync(join(directory, 'site'));
      for (const name of ['sitecustomize.py', 'usercustomize.py', 'json.py']) {
        writeFileSync(join(directory, 'site', name), trap);
      }
      const env = { PYTHONPATH: join(directory, 'site'), PYTHONSTARTUP: join(directory, 'site/json.py') };
      const run = await pyplan(['env', '--interpreter', 'python3', '--json'], {
        env,
        cwd: join(directory, 'site'),
      });
      expect(run).toMatchObject({ code: 0 });
      const report = JSON.parse(run.stdout);
      expect(report.environment.implementation_name).toBe('cpython');
      expect(report.target.python).toBe(report.environment.python_full_version);
      expect(report.installed).toEqual(expect.any(Array));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('prints the program, whose output is a report', async () => {
    const { stdout: program } = await pyplan(['env', '--script']);
    expect(program).toMatch(/^import json/);
    expect(program).not.toContain('\\u');
  });

  it('finds python3 on PATH, tells it, and what it is for people', async () => {
    const run = await pyplan(['env']);
    expect(run.stderr).toMatch(/^Asked .*python3\n$/);
    expect(run.stdout).toMatch(/^Python 3\.\d+\.\d+ on /);
    expect(run.stdout).toMatch(/^python_full_version +3\.\d/m);
    expect(run.stdout).toMatch(/^\d+ wheel tags, cp3\d+-cp3\d+-\w+ first$/m);
  });

  it('reads the output of `pip inspect` from standard input, and tells what it assumed', async () => {
    const run = await pyplan(['env', '-'], { stdin: inspected });
    expect(run.stdout).toContain('--python 3.13.1 --platform aarch64-apple-darwin15.0');
    expect(run.stdout).toContain('1 package installed\nAssumed macOS 15, from Darwin 24.1.0\n');
  });

  it.each([
    [['env', '--interpreter', 'no-such-python'], 'there is no such program'],
    [['env', 'README.md'], 'README.md: A report of an interpreter is JSON'],
    [['env', 'a.json', 'b.json'], 'env takes one report, or one interpreter'],
    [['lock', 'flask', '--env', 'README.md', ...snapshot], 'README.md: A report of an interpreter is JSON'],
    [['lock', '-', '--env', '-', ...snapshot], 'Standard input is asked for twice'],
    [['lock', 'flask', '--env', 'README.md', '--universal'], '--universal locks for every target'],
  ])('pyplan %j is refused in one line', async (argv, message) => {
    const run = await pyplan(argv);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});

describe('a target by a report', () => {
  it('is what the verbs plan for, beside those that are named', async () => {
    await inDirectory({ 'env.json': inspected }, async (cwd) => {
      const plan = await pyplan(
        ['plan', 'flask', '--env', 'env.json', '--installed', 'env.json', ...snapshot],
        { cwd },
      );
      expect(plan.stdout).toContain('Python 3.13.1 on aarch64-apple-darwin15.0');
      expect(plan.stdout).toMatch(/cp313-cp313-macosx_11/);
      expect(plan.stdout).toMatch(/^~ +flask +2\.2\.5 → 3\./m);
      expect(plan.stderr).toContain('Assumed macOS 15, from Darwin 24.1.0');
      const argv = [
        'lock',
        'flask',
        '--env',
        'env.json',
        '--python',
        '3.12',
        '--platform',
        'linux',
        ...snapshot,
      ];
      const lock = await pyplan([...argv, '--format', 'json'], { cwd });
      const { targets } = JSON.parse(lock.stdout);
      expect(
        targets.map(({ python, platform }: { python: string; platform: string }) => [python, platform]),
      ).toEqual([
        ['3.12', 'linux'],
        ['3.13.1', 'aarch64-apple-darwin15.0'],
      ]);
    });
  });
});
