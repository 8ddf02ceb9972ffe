import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultyIndex } from './faulty-index.ts';
import { exampleSnapshot, inDirectory, pyplan, type Run } from './run-pyplan.ts';

const target = ['--python', '3.12', '--platform', 'linux'];

const create = (cwd: string, ...argv: string[]): Promise<Run> =>
  pyplan(['snapshot', 'create', 'index', ...argv, ...target, '--snapshot', exampleSnapshot], { cwd });

describe('pyplan snapshot', () => {
  it('keeps what locks the same offline', async () => {
    await inDirectory({ 'r.in': 'flask>=3\n' }, async (cwd) => {
      const made = await create(cwd, 'r.in');
      expect(made, made.stderr).toMatchObject({ code: 0, stdout: '' });
      expect(made.stderr).toMatch(/^Wrote index: 7 projects, \d+ files, /m);
      const versions = async (snapshot: string): Promise<unknown> => {
        const run = await pyplan(['lock', 'r.in', ...target, '--snapshot', snapshot, '--json'], { cwd });
        const { packages } = JSON.parse(run.stdout).targets[0];
        return packages.map((each: { name: string; version: string }) => [each.name, each.version]);
      };
      expect(await versions('index')).toEqual(await versions(exampleSnapshot));
    });
  });

  it('is made over an index as over a directory, and anew from what it remembers', async () => {
    await inDirectory({}, async (cwd) => {
      const index = await faultyIndex();
      const from = ['--index-url', index.url, '--no-cache'];
      const made = await pyplan(['snapshot', 'create', 'index', 'click', ...target, ...from], { cwd });
      expect(made.code, made.stderr).toBe(0);
      const manifest = readFileSync(`${cwd}/index/snapshot.json`, 'utf8');
      expect(manifest).not.toContain(index.url);
      const again = await pyplan(['snapshot', 'update', 'index', ...from, '--json'], { cwd });
      await index.close();
      expect(JSON.parse(again.stdout)).toMatchObject({ projects: 1 });
      expect(readFileSync(`${cwd}/index/snapshot.json`, 'utf8')).toBe(manifest);
    });
  });

  it('is checked', async () => {
    await inDirectory({}, async (cwd) => {
      await create(cwd, 'click');
      const right = await pyplan(['snapshot', 'verify', 'index'], { cwd });
      expect(right).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^index is right \(1 project, /),
      });
      writeFileSync(`${cwd}/index/files/click/click-8.5.0-py3-none-any.whl.metadata`, 'Name: other\n');
      const wrong = await pyplan(['snapshot', 'verify', 'index', '--json'], { cwd });
      expect(wrong.code).toBe(1);
      expect(JSON.parse(wrong.stdout).findings).toMatchObject([{ kind: 'bad-sidecar' }]);
    });
  });

  it('is served until Ctrl-C', async () => {
    const served = await pyplan(['snapshot', 'serve', exampleSnapshot], {
      onStart: (child) => {
        child.stdout?.once('data', async (line: string) => {
          const page = await fetch(`${String(line).trim()}click/`, {
            headers: { accept: 'application/vnd.pypi.simple.v1+json' },
          });
          expect(await page.json()).toMatchObject({ name: 'click' });
          child.kill('SIGINT');
        });
      },
    });
    expect(served.code).toBe(130);
    expect(served.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/simple\/\n$/);
  });

  it('is not written where there is no solution', async () => {
    await inDirectory({}, async (cwd) => {
      const run = await create(cwd, 'click<8');
      expect(run).toMatchObject({ code: 1, stdout: '' });
      expect(existsSync(`${cwd}/index`)).toBe(false);
    });
  });

  it.each([
    [['create']],
    [['wash', 'index']],
    [['serve', 'index', '--port', '70000']],
    [['update', 'index', 'flask']],
  ])('refuses %j', async (argv) => {
    const run = await pyplan(['snapshot', ...argv]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
  });
});
