import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Answer, cutPage, faultyIndex, halfPage, otherBytes, status } from './faulty-index.ts';
import { errorOf, exampleSnapshot, inDirectory, pyplan } from './run-pyplan.ts';

const target = ['--python', '3.12', '--platform', 'linux', '--no-cache'];
const sidecar = '/files/flask/flask-3.1.3-py3-none-any.whl.metadata';

async function lockOver(
  faults: Readonly<Record<string, Answer>>,
  ...more: string[]
): Promise<Awaited<ReturnType<typeof pyplan>>> {
  const index = await faultyIndex(faults);
  try {
    return await pyplan(['lock', 'flask', ...target, '--index-url', index.url, ...more]);
  } finally {
    await index.close();
  }
}

// All at once, since a source tries again, each time after a longer wait.
describe.concurrent('an index that fails', () => {
  it('is locked from where it does not', async () => {
    const run = await lockOver({}, '--json');
    expect(run).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Locked 7 packages .*\n$/) });
    expect(JSON.parse(run.stdout).targets[0].packages).toHaveLength(7);
  });

  it.each([
    ['500 for a page', { '/simple/flask/': status(500) }, /\/simple\/flask\/.*500/],
    ['403 for a page', { '/simple/flask/': status(403) }, /\/simple\/flask\/.*403/],
    [
      'half a page, then the end of the connection',
      { '/simple/flask/': halfPage('flask') },
      /\/simple\/flask\//,
    ],
    ['half a page as if it were whole', { '/simple/flask/': cutPage('flask') }, /\/simple\/flask\//],
    ['metadata with another hash', { [sidecar]: otherBytes }, /flask-3\.1\.3-py3-none-any\.whl.*sha256/s],
    ['500 for metadata', { [sidecar]: status(500) }, /flask-3\.1\.3-py3-none-any\.whl.*500/s],
    ['half a page of a dependency', { '/simple/click/': cutPage('click') }, /\/simple\/click\//],
  ] as const)('gives one error and exit code 3: %s', async (_, faults, message) => {
    const run = await lockOver(faults);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(message);
    expect(run.stderr.match(/^error: /gm)).toHaveLength(1);
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(run.code).toBe(3);
  });

  it('gives the error as data with --json', async () => {
    const run = await lockOver({ '/simple/flask/': cutPage('flask') }, '--json');
    expect(run.code).toBe(3);
    expect(run.stderr).toBe('');
    expect(errorOf(run)).toMatchObject({
      kind: 'index',
      explanation: expect.stringContaining('/simple/flask/'),
      repairs: [],
      url: expect.stringContaining('/simple/flask/'),
    });
  });

  it('leaves no file behind', async () => {
    await inDirectory({}, async (directory) => {
      const index = await faultyIndex({ '/simple/click/': status(500) });
      const run = await pyplan(['lock', 'flask', ...target, '--index-url', index.url, '-o', 'pylock.toml'], {
        cwd: directory,
      });
      await index.close();
      expect(run.code).toBe(3);
      expect(readdirSync(directory)).toEqual([]);
    });
  });

  it('says that nothing answers at a closed port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const run = await pyplan(['lock', 'flask', ...target, '--index-url', `http://127.0.0.1:${port}/simple`]);
    expect(run.code).toBe(3);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain(`http://127.0.0.1:${port}/simple/flask/`);
    expect(run.stderr.match(/^error: /gm)).toHaveLength(1);
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });

  it('asks nobody with --offline', async () => {
    await inDirectory({}, async (directory) => {
      const index = await faultyIndex();
      const cached = [
        '--cache-dir',
        directory,
        '--index-url',
        index.url,
        '--python',
        '3.12',
        '--platform',
        'linux',
        '--json',
      ];
      const before = await pyplan(['lock', 'flask', '--offline', ...cached]);
      expect(before.code).toBe(3);
      expect(errorOf(before)).toMatchObject({ kind: 'index', hint: expect.stringContaining('--offline') });
      expect(index.asked).toEqual([]);
      const online = await pyplan(['lock', 'flask', ...cached]);
      expect(online.code).toBe(0);
      await index.close();
      const after = await pyplan(['lock', 'flask', '--offline', ...cached]);
      expect(after).toMatchObject({ code: 0, stdout: online.stdout });
    });
  });

  it('shows no password of an index URL', async () => {
    const index = await faultyIndex({ '/simple/flask/': status(401) });
    const url = index.url.replace('http://', 'http://user:hunter2@');
    const run = await pyplan(['lock', 'flask', ...target, '--index-url', url, '-v']);
    await index.close();
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('401');
    expect(run.stdout + run.stderr).not.toContain('hunter2');
  });
});

describe('a snapshot that is damaged', () => {
  const click = 'files/click/click-8.5.0-py3-none-any.whl.metadata';

  it.each<[string, string, (snapshot: string) => void]>([
    [
      'a page cut short',
      'simple/click/index.json',
      (at) => writeFileSync(`${at}/simple/click/index.json`, '{"files": ['),
    ],
    ['an empty page', 'simple/click/index.json', (at) => writeFileSync(`${at}/simple/click/index.json`, '')],
    ['metadata with another hash', click, (at) => writeFileSync(`${at}/${click}`, 'Metadata-Version: 2.1\n')],
    ['metadata that is not there', click, (at) => rmSync(`${at}/${click}`)],
  ])('gives one error and exit code 3: %s', async (_, path, damage) => {
    await inDirectory({}, async (cwd) => {
      const snapshot = `${cwd}/snapshot`;
      cpSync(exampleSnapshot, snapshot, { recursive: true });
      damage(snapshot);
      const run = await pyplan([
        'lock',
        'flask',
        '--python',
        '3.12',
        '--platform',
        'linux',
        '--snapshot',
        snapshot,
      ]);
      expect(run).toMatchObject({ code: 3, stdout: '' });
      expect(run.stderr.match(/^error: /gm)).toHaveLength(1);
      expect(run.stderr).toContain(path);
      expect(run.stderr).toContain('hint: The snapshot is damaged: make it anew');
    });
  });
});
