import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPylock, lockUniversal, toPylock } from '@pyplan/lockfile';
import { resolveUniversal, target, targetName, type UniversalLock } from '@pyplan/resolver';
import { tagStrings } from '@pyplan/wheel-meta';
import { shared } from '../../support/paths.ts';
import { openRecordedSnapshot } from '../../support/recorded-snapshot.ts';
import { recordedSource } from '../../support/recorded-source.ts';
import { conformanceOptions } from '../../support/requests.ts';
import { readRequirementSet } from '../../support/requirement-set.ts';
import { askPackaging } from './ask-packaging.ts';

/*
 * Locks the recorded sets universally and has `packaging.pylock` read each lock and select from it: on every
 * target covered just the files of its plan, on every other none.
 *
 *   PYPLAN_PEERS=<a virtual environment with packaging 26> node test/differential/lockfile/packaging-universal.ts \
 *     [--write DIRECTORY] [SET...]
 */

type Selected = readonly (readonly [name: string, file: string])[];

async function main(args: readonly string[]): Promise<number> {
  const { PYPLAN_PEERS: peers } = process.env;
  if (peers === undefined) throw new Error('set PYPLAN_PEERS to a virtual environment that has packaging 26');
  const at = args.indexOf('--write');
  const directory = at === -1 ? null : (args[at + 1] ?? null);
  const named = args.filter((_, index) => at === -1 || (index !== at && index !== at + 1));
  const snapshot = join(shared, 'snapshot');
  const sets = readdirSync(join(snapshot, 'sets')).map((name) => name.replace(/\.in(\.gz)?$/, ''));
  const source = recordedSource(openRecordedSnapshot(snapshot));
  let [passed, failed] = [0, 0];
  for (const set of named.length > 0 ? named : sets) {
    const resolution = await resolveUniversal({
      ...readRequirementSet(join(snapshot, 'sets', `${set}.in`)),
      overrides: [],
      source,
      options: {
        ...conformanceOptions,
        excludeNewer: Date.parse('2026-11-01T00:00:00Z'),
        onlyBinary: 'all',
      },
      requiresPython: '>=3.10',
      platforms: null,
    });
    if (resolution.status === 'no-solution') continue;
    const text = formatPylock(toPylock(lockUniversal(resolution.lock)));
    if (directory !== null) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, `pylock.${set}.toml`), text);
    }
    for (const [name, fault] of compare(peers, resolution.lock, text)) {
      if (fault === null) passed += 1;
      else {
        failed += 1;
        console.log(`${set} ${name}: ${fault}`);
      }
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** By target, how packaging's selection differs from the plan; null where it does not. */
function compare(peers: string, lock: UniversalLock, text: string): readonly [string, string | null][] {
  const covered = lock.plans.map((plan) => ({
    target: plan.target,
    files: plan.packages.map(({ name, file }) => [name, file.filename] as const),
  }));
  const uncovered = lock.uncovered.map(({ python, platform }) => ({
    target: target(python, platform),
    files: null,
  }));
  const all = [...covered, ...uncovered];
  const cases = all.map(({ target: { environment, tags } }) => ({
    environment,
    tags: tagStrings(tags),
    extras: [],
    groups: [],
  }));
  const [answers] = askPackaging(peers, [{ text, cases }]);
  if (!Array.isArray(answers))
    return [['the lock', `packaging does not read it: ${JSON.stringify(answers)}`]];
  return all.map(({ target: on, files }, index) => [targetName(on), faultOf(files, answers[index])]);
}

function faultOf(planned: Selected | null, answer: Selected | { readonly error: string }): string | null {
  if ('error' in answer) return planned === null ? null : `is refused: ${answer.error}`;
  if (planned === null) return 'is served, though the lock does not cover it';
  const texts = (selected: Selected): readonly string[] => selected.map((pair) => pair.join(' ')).sort();
  const [ours, theirs] = [texts(planned), texts(answer)];
  const missing = ours.filter((line) => !theirs.includes(line));
  const others = theirs.filter((line) => !ours.includes(line));
  return missing.length + others.length === 0 ? null : `lacks [${missing}], has [${others}]`;
}

process.exitCode = await main(process.argv.slice(2));
