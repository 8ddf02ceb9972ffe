import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inDirectory, runPyplan, runUv } from './answers.ts';

/** A requirements file with hashes that is spoilt in one way or none. uv's dry run compares no hash with a file's. */
const variants: readonly (readonly [id: string, spoil: (text: string) => string])[] = [
  ['all pinned and hashed', (text) => text],
  ['one without a hash', (text) => text.replace(/(werkzeug==[^\s\\]+)(?:[ \\\n]+--hash=\S+)+/, '$1')],
  ['one without a pin', (text) => text.replace(/click==[^\s\\]+/, 'click>=8')],
  ['one left out', (text) => text.replace(/^jinja2==[^\s\\]+(?:[ \\\n]+--hash=\S+)+/m, '')],
];

/** Whether `--require-hashes` takes a file or refuses it, for pyplan and for `uv pip install`. */
export function hashDifferences(
  peers: string,
  indexUrl: string,
): Promise<readonly { readonly id: string; readonly wrong: string | null }[]> {
  return inDirectory({}, async (cwd) => {
    const target = ['--python', '3.11.7', '--platform', 'linux', '--only-binary', ':all:'];
    const made = await runPyplan(
      ['lock', 'flask', ...target, '-o', 'good.txt', '--no-annotate'],
      indexUrl,
      cwd,
    );
    if (made.code !== 0) throw new Error(made.stderr);
    const good = readFileSync(join(cwd, 'good.txt'), 'utf8');
    const answers = [];
    for (const [id, spoil] of variants) {
      const text = spoil(good);
      if (id !== variants[0]?.[0] && text === good) throw new Error(`${id}: nothing was spoilt`);
      writeFileSync(join(cwd, 'r.txt'), text);
      const ours = await runPyplan(['plan', 'r.txt', '--require-hashes', ...target], indexUrl, cwd);
      const argv = ['pip', 'install', '--dry-run', '--require-hashes', '-r', 'r.txt', '--target', 'into'];
      const platform = ['--python-version', '3.11.7', '--python-platform', 'linux', '--only-binary', ':all:'];
      const theirs = await runUv(peers, [...argv, ...platform], indexUrl, cwd);
      const [own, other] = [ours, theirs].map(({ code }) => (code === 0 ? 'taken' : 'refused'));
      const wrong = own === other ? null : `pyplan: ${own} ${ours.stderr}; uv: ${other} ${theirs.stderr}`;
      answers.push({ id: `require-hashes: ${id} (${own})`, wrong });
    }
    return answers;
  });
}
