import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releasedPythons, type Target, target } from '@pyplan/resolver';
import { startMirror } from '../../support/mirror.ts';
import { root, shared } from '../../support/paths.ts';
import { explanationCases } from './cases/all.ts';
import { cutIndex, packIndex } from './cut-index.ts';
import { type Answered, explanationsDocument } from './document.ts';
import { type Peers, tellByPip, tellByUv } from './peers.ts';
import { tellByPyplan } from './run-pyplan.ts';

/**
 * Puts every case to pyplan, uv and pip over the recorded index, and writes docs/explanations.md.
 *
 *     PYPLAN_PEERS=DIR node test/differential/explanations/main.ts [--record] [ID…]
 *
 * `DIR` is a virtual environment with uv and pip. `--record` cuts anew the part of the index that the test
 * reads. With ids only those cases are told, on standard output.
 */
async function run(): Promise<void> {
  const venv = process.env['PYPLAN_PEERS'];
  if (venv === undefined) throw new Error('PYPLAN_PEERS must name a virtual environment with uv and pip');
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const scratch = mkdtempSync(join(tmpdir(), 'pyplan-explained-'));
  const mirror = await startMirror(join(shared, 'snapshot'));
  try {
    const { indexUrl } = mirror;
    const index = ['--index-url', indexUrl, '--cache-dir', join(scratch, 'pyplan')];
    if (process.argv.includes('--record')) await record(indexUrl, index, () => mirror.requests());
    else await write({ venv, indexUrl, cache: scratch }, index, wanted);
  } finally {
    await mirror.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function record(
  indexUrl: string,
  index: readonly string[],
  requests: () => Promise<readonly { readonly path: string }[]>,
): Promise<void> {
  const words = new Set<string>();
  const targets = new Map<string, Target>();
  for (const each of Object.values(explanationCases).flat()) {
    const { text } = await tellByPyplan(each, index);
    for (const [word] of text.matchAll(/[a-z][a-z0-9-]*/g)) words.add(word);
    for (const python of releasedPythons) {
      for (const platform of (each.platform ?? 'linux').split(',')) {
        targets.set(`${python} ${platform}`, target(python, platform));
      }
    }
  }
  const asked = (await requests()).map(({ path }) => path);
  const bytes = packIndex(await cutIndex(indexUrl, asked, words, [...targets.values()]));
  writeFileSync(join(import.meta.dirname, 'recorded', 'index.json.gz'), bytes);
  process.stdout.write(`${new Set(asked).size} answers, ${bytes.length} bytes\n`);
}

async function write(peers: Peers, index: readonly string[], wanted: readonly string[]): Promise<void> {
  const groups = new Map<string, readonly Answered[]>();
  for (const [heading, cases] of Object.entries(explanationCases)) {
    const answered: Answered[] = [];
    for (const each of cases) {
      if (wanted.length > 0 && !wanted.includes(each.id)) continue;
      const ours = await tellByPyplan(each, index);
      const [uv, pip] = await Promise.all([tellByUv(each, peers), tellByPip(each, peers)]);
      process.stderr.write(`${each.id}\n`);
      answered.push({ each, ours, uv, pip });
      if (wanted.length > 0) {
        process.stdout.write(`== ${each.id}\n${ours.text}\n-- uv\n${uv?.text}\n-- pip\n${pip?.text}\n`);
      }
    }
    groups.set(heading, answered);
  }
  if (wanted.length > 0) return;
  const version = (tool: string): string =>
    execFileSync(join(peers.venv, 'bin', tool), ['--version'], { encoding: 'utf8' })
      .split(' ')
      .slice(0, 2)
      .join(' ');
  const document = explanationsDocument(groups, [version('uv').trim(), version('pip').trim()]);
  writeFileSync(join(root, 'docs', 'explanations.md'), document);
}

await run();
