import { readFileSync } from 'node:fs';
import { LockFormatError, parsePylock } from '@pyplan/lockfile';
import { seededRandom } from '../../support/seeded-random.ts';
import { askPackaging } from './ask-packaging.ts';
import { pick } from './environments.ts';

/*
 * Takes and refuses locks as `packaging.pylock` does: real locks with a random change each.
 *
 *   PYPLAN_PEERS=<a virtual environment with packaging 26> node test/differential/lockfile/packaging-validity.ts \
 *     [--changes 2000] [--seed 1] LOCK...
 */

// No negative size: packaging takes one, pyplan does not.
const scraps = [
  '""',
  '"x"',
  '1',
  '1.5',
  'true',
  '[]',
  '[1]',
  '["a"]',
  '{}',
  '{ a = 1 }',
  '2026-01-01',
  '07:32:00',
];
const words = [
  '"1.0"',
  '"2.0"',
  '"Some_Name"',
  '"not a version"',
  '">=3.8"',
  '">=3.8,"',
  '"os_name == \'nt\'"',
  '"os_name = \'nt\'"',
  '"a-1.0-py3-none-any.whl"',
  '"a-1.0.tar.gz"',
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00',
  '{ sha256 = "aa" }',
  '{ sha256 = 1 }',
  '{ url = "https://example.com/a-1.0.tar.gz", hashes = { sha256 = "aa" } }',
  '{ path = "." }',
  '{ type = "git", url = "https://example.com/a", commit-id = "aa" }',
];

/** One small change: a line gone or doubled, a value replaced, a key renamed or gone, a table added. */
function change(text: string, random: () => number): string {
  const lines = text.split('\n');
  const at = Math.floor(random() * lines.length);
  const line = lines[at] ?? '';
  switch (Math.floor(random() * 6)) {
    case 0:
      return lines.toSpliced(at, 1).join('\n');
    case 1:
      return lines.toSpliced(at, 0, line).join('\n');
    case 2:
      return lines.with(at, line.replace(/= .*$/, `= ${pick(random, [...scraps, ...words])}`)).join('\n');
    case 3: {
      const values = [...line.matchAll(/([\w-]+) = ("[^"]*"|\d+Z?|\{[^{}]*\})/g)];
      if (values.length === 0) return lines.toSpliced(at, 1).join('\n');
      const [whole, key = ''] = pick(random, values);
      const value = pick(random, [...scraps, ...words]);
      return lines
        .with(
          at,
          line.replace(whole, () => `${key} = ${value}`),
        )
        .join('\n');
    }
    case 4: {
      const keys = [...line.matchAll(/([\w-]+) = ("[^"]*"|[\d:TZ.+-]+)(, )?/g)];
      const [whole = ' '] = keys.length === 0 ? [] : pick(random, keys);
      return lines.with(at, line.replace(whole, '')).join('\n');
    }
    default: {
      const key = pick(random, [
        'vcs',
        'directory',
        'archive',
        'sdist',
        'marker',
        'version',
        'requires-python',
        'index',
      ]);
      return lines.toSpliced(at, 0, `${key} = ${pick(random, words)}`).join('\n');
    }
  }
}

function complaint(text: string): string | null {
  try {
    parsePylock(text);
    return null;
  } catch (error) {
    if (error instanceof LockFormatError) return error.message;
    throw error;
  }
}

function main(args: readonly string[]): number {
  const { PYPLAN_PEERS: peers } = process.env;
  if (peers === undefined) throw new Error('set PYPLAN_PEERS to a virtual environment that has packaging 26');
  const number = (name: string, otherwise: number): number => {
    const at = args.indexOf(name);
    return at === -1 ? otherwise : Number(args[at + 1]);
  };
  const [seed, count] = [number('--seed', 1), number('--changes', 2000)];
  const random = seededRandom(seed);
  const originals = args.filter((arg) => arg.endsWith('.toml')).map((path) => readFileSync(path, 'utf8'));
  const texts = Array.from({ length: count }, () => change(pick(random, originals), random));
  const theirs = askPackaging(
    peers,
    texts.map((text) => ({ text, cases: [] })),
  );
  let [same, taken, different] = [0, 0, 0];
  for (const [index, text] of texts.entries()) {
    const [ours, answer] = [complaint(text), theirs[index]];
    const refused = !Array.isArray(answer);
    if ((ours !== null) === refused) {
      same += 1;
      if (!refused) taken += 1;
      continue;
    }
    different += 1;
    if (different <= 10)
      console.log(`ours: ${ours ?? 'taken'}\n  theirs: ${refused ? JSON.stringify(answer) : 'taken'}`);
  }
  console.log(`seed ${seed}: ${same} passed (${taken} of them taken by both), ${different} failed`);
  return different === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
