import { describe, expect, it } from 'vitest';
import { errorOf, exampleSnapshot, inDirectory, offline, pyplan } from './run-pyplan.ts';

const project = (...uv: readonly string[]): Readonly<Record<string, string>> => ({
  'pyproject.toml': [
    ...['[project]', 'name = "app"', 'version = "1"', 'dependencies = ["flask>=3"]'],
    ...['[dependency-groups]', 'dev = ["click"]', '[tool.uv]', ...uv],
  ].join('\n'),
});

async function pins(cwd: string, ...more: readonly string[]): Promise<readonly string[]> {
  const run = await pyplan(['lock', '.', ...offline, '--format', 'json', ...more], { cwd });
  expect(run.code, run.stderr).toBe(0);
  const [target] = JSON.parse(run.stdout).targets;
  return target.packages.map(({ name, version }: { name: string; version: string }) => `${name} ${version}`);
}

const flask = ['blinker 1.9.0', 'click 8.5.0', 'flask 3.1.3', 'itsdangerous 2.2.0'];

describe('overrides and excludes of one package', () => {
  it('change what it asks, by the tool.uv of the project', async () => {
    const override = 'override-dependencies = [{ package = { name = "Flask" }, dependencies = ["idna"] }]';
    const exclude =
      'exclude-dependencies = [{ package = { name = "flask", version = "3.1.3" }, dependencies = ["jinja2", "werkzeug"] }]';
    await inDirectory(project(override, exclude), async (cwd) => {
      const found = await pins(cwd);
      expect(found).toEqual(expect.arrayContaining(flask));
      expect(found.filter((pin) => /^(idna|jinja2|werkzeug) /.test(pin))).toEqual([
        expect.stringMatching(/^idna 3\./),
      ]);
    });
  });

  it('change what the project itself asks; its groups are changed by excludes alone', async () => {
    const own = [
      'override-dependencies = [{ package = { name = "app" }, dependencies = ["flask<3", "click<8", "idna"] }]',
      'exclude-dependencies = [{ package = { name = "app", version = "2" }, dependencies = ["idna"] }]',
    ];
    await inDirectory(project(...own), async (cwd) => {
      const run = await pyplan(['lock', '.', '--group', 'dev', ...offline], { cwd });
      expect(run.code).toBe(1);
      expect(run.stderr).toContain('click<8  (pyproject.toml:8)');
    });
    const [first = ''] = own;
    await inDirectory(project(first.replace('"click<8", ', '')), async (cwd) => {
      const found = await pins(cwd, '--group', 'dev');
      expect(found).toEqual(expect.arrayContaining(['flask 2.2.5', expect.stringMatching(/^idna 3/)]));
    });
  });

  it('are known by the digest of a lock, and verify takes it for right', async () => {
    const exclude = (version: string): string =>
      `exclude-dependencies = [{ package = { name = "flask", version = "${version}" }, dependencies = ["blinker"] }]`;
    const lock = ['lock', '.', '--universal', '--python', '3.13', '--snapshot', exampleSnapshot];
    await inDirectory(project(exclude('3.1.3')), async (cwd) => {
      expect((await pyplan([...lock, '-o', 'pylock.toml'], { cwd })).code).toBe(0);
      expect((await pyplan([...lock, '-o', 'pylock.toml'], { cwd })).stderr).toContain('is up to date');
      const verified = await pyplan(['verify', 'pylock.toml', '.', '--snapshot', exampleSnapshot], { cwd });
      expect(verified).toMatchObject({ code: 0, stdout: 'pylock.toml is right\n' });
      const { writeFileSync } = await import('node:fs');
      writeFileSync(`${cwd}/pyproject.toml`, project(exclude('3.1.2'))['pyproject.toml'] ?? '');
      const again = await pyplan([...lock, '-o', 'pylock.toml'], { cwd });
      expect(again.stderr).toContain('Wrote pylock.toml');
    });
  });

  it.each([
    ['override-dependencies = [{ name = "flask" }]', 'tool.uv.override-dependencies holds {"name":"flask"}'],
    [
      'exclude-dependencies = [{ package = { name = "flask", version = "three" }, dependencies = [] }]',
      'tool.uv.exclude-dependencies holds {',
    ],
    [
      'override-dependencies = [{ package = { name = "flask" }, dependencies = ["idna @ https://example.org/idna-3-py3-none-any.whl"] }]',
      'The override of what flask asks has a URL: idna @',
    ],
    [
      'override-dependencies = [{ package = { name = "flask" }, dependencies = ["Flask[async]<3"] }]',
      'The override of what flask asks is of flask itself: Flask[async]<3',
    ],
    ['override-dependencies = "flask"', 'tool.uv.override-dependencies is not a list'],
  ])('are refused in one line: %s', async (line, message) => {
    await inDirectory(project(line), async (cwd) => {
      const run = await pyplan(['lock', '.', ...offline, '--json'], { cwd });
      expect(run).toMatchObject({ code: 2, stderr: '' });
      expect(errorOf(run)).toMatchObject({
        kind: 'input',
        explanation: expect.stringContaining(message),
        file: 'pyproject.toml',
        hint: expect.any(String),
      });
    });
  });

  it('are in the evidence, which verify checks', async () => {
    const line = 'exclude-dependencies = [{ package = { name = "flask" }, dependencies = ["jinja2"] }]';
    await inDirectory(project(line), async (cwd) => {
      const run = await pyplan(['lock', '.', ...offline, '--evidence', 'e.json'], { cwd });
      expect(run.code, run.stderr).toBe(0);
      const verify = ['verify', '--evidence', 'e.json', '--snapshot', exampleSnapshot];
      expect(await pyplan(verify, { cwd })).toMatchObject({ code: 0, stderr: '' });
      const { readFileSync, writeFileSync } = await import('node:fs');
      const text = readFileSync(`${cwd}/e.json`, 'utf8');
      writeFileSync(`${cwd}/e.json`, text.replace('"names":["jinja2"]', '"names":["blinker"]'));
      expect(await pyplan(verify, { cwd })).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('needs jinja2'),
      });
    });
  });
});
