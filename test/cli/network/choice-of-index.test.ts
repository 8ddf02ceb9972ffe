import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyIndex, faultyIndex, project } from '../faulty-index.ts';
import { errorOf, exampleSnapshot, inDirectory, pyplan, type Run } from '../run-pyplan.ts';

const target = ['--python', '3.12', '--platform', 'linux'];

let inner: FaultyIndex;
let outer: FaultyIndex;
/** Both indexes, the inner one looked at first. */
let both: readonly string[];

beforeAll(async () => {
  inner = await faultyIndex({ ...project('demo', ['1.0']), ...project('own', ['1.0']) });
  outer = await faultyIndex({ ...project('demo', ['1.0', '3.0', '4.0a1']), ...project('own', ['2.0']) });
  both = ['--index', `inner=${inner.url}`, '--index-url', outer.url, '--no-cache'];
});

afterAll(async () => {
  await inner.close();
  await outer.close();
});

const lock = (argv: readonly string[]): Promise<Run> =>
  pyplan(['lock', ...argv, ...target, '--format', 'json']);

async function pins(argv: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const run = await lock(argv);
  expect(run.code, run.stderr).toBe(0);
  const packages: readonly { name: string; version: string }[] = JSON.parse(run.stdout).targets[0].packages;
  return Object.fromEntries(packages.map(({ name, version }) => [name, version]));
}

describe('--index-strategy', () => {
  it('first-index, which is the default, takes a name from the first index that has it', async () => {
    expect(await pins(['demo', ...both])).toEqual({ demo: '1.0' });
    const run = await lock(['demo>1', ...both, '--index-strategy', 'first-index']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('demo>1');
  });

  it('unsafe-first-match goes on to the next index for versions that fit', async () => {
    const strategy = ['--index-strategy', 'unsafe-first-match'];
    expect(await pins(['demo', ...both, ...strategy])).toEqual({ demo: '1.0' });
    expect(await pins(['demo>1', ...both, ...strategy])).toEqual({ demo: '3.0' });
  });

  it('unsafe-best-match takes the best version of all', async () => {
    expect(await pins(['demo', ...both, '--index-strategy', 'unsafe-best-match'])).toEqual({ demo: '3.0' });
  });

  it('of another name is refused in one line', async () => {
    const run = await lock(['demo', ...both, '--index-strategy', 'best-match', '--json']);
    expect(run.code).toBe(2);
    expect(errorOf(run)).toMatchObject({
      kind: 'usage',
      explanation: expect.stringContaining('--index-strategy'),
    });
  });
});

describe('--index-package', () => {
  it('takes a package from one index alone, whatever the strategy', async () => {
    const best = ['--index-strategy', 'unsafe-best-match'];
    expect(await pins(['demo', 'own', ...both, ...best, '--index-package', 'Demo=inner'])).toEqual({
      demo: '1.0',
      own: '2.0',
    });
  });

  it('may name an explicit index, which is asked for nothing else', async () => {
    const asked = inner.asked.length;
    const explicit = ['--explicit-index', `inner=${inner.url}`, '--index-url', outer.url, '--no-cache'];
    expect(await pins(['demo', 'own', ...explicit, '--index-package', 'demo=inner'])).toEqual({
      demo: '1.0',
      own: '2.0',
    });
    expect(inner.asked.slice(asked).filter((path) => path.startsWith('/simple/'))).toEqual(['/simple/demo/']);
    expect(await pins(['demo', ...explicit])).toEqual({ demo: '3.0' });
  });

  it('makes a lock anew that was made without it', async () => {
    await inDirectory({}, async (cwd) => {
      const argv = [
        'lock',
        'own',
        ...target,
        ...both,
        '--index-strategy',
        'unsafe-best-match',
        '-o',
        'pylock.toml',
      ];
      expect((await pyplan(argv, { cwd })).stderr).toContain('Wrote pylock.toml');
      expect((await pyplan(argv, { cwd })).stderr).toContain('is up to date');
      const pinned = await pyplan([...argv, '--index-package', 'own=inner'], { cwd });
      expect(pinned.stderr).toContain('Wrote pylock.toml');
      const again = await pyplan([...argv, '--index-package', 'own=inner'], { cwd });
      expect(again.stderr).toContain('its inputs are unchanged');
    });
  });

  it.each([
    [['--index-package', 'demo'], '--index-package takes NAME=INDEX; got "demo"'],
    [
      ['--index-package', 'demo=other'],
      '--index-package gives demo to other, which no index is called: they are inner',
    ],
    [['--explicit-index', 'https://example.org/simple'], '--explicit-index takes NAME=URL; got "https:'],
  ])('and --explicit-index are refused in one line: %j', async (argv, message) => {
    const run = await lock(['demo', ...both, ...argv]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr.match(/^error: /gm)).toHaveLength(1);
    expect(run.stderr).toContain(message);
  });

  it('is of no index where there is only a snapshot', async () => {
    const run = await lock(['click', '--snapshot', exampleSnapshot, '--index-package', 'click=inner']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('which no index is called: none has a name');
  });
});

describe('--prerelease-package', () => {
  it('says for one package when its pre-releases count', async () => {
    const alone = ['--index-url', outer.url, '--no-cache'];
    expect(await pins(['demo', ...alone])).toEqual({ demo: '3.0' });
    expect(await pins(['demo', ...alone, '--prerelease-package', 'Demo=allow'])).toEqual({ demo: '4.0a1' });
    const all = ['--prerelease', 'allow', '--prerelease-package', 'demo=disallow'];
    expect(await pins(['demo', ...alone, ...all])).toEqual({ demo: '3.0' });
    const run = await lock(['demo>3', ...alone, '--prerelease-package', 'demo=disallow']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('--prerelease-package demo=allow');
  });
});
