import { readFileSync } from 'node:fs';
import { parsePylock, selectFromPylock } from '@pyplan/lockfile';
import { seededRandom } from '../../support/seeded-random.ts';
import { askPackaging } from './ask-packaging.ts';
import { pick, type RandomEnvironment, randomEnvironment } from './environments.ts';

/*
 * Reads locks and selects from them as `packaging.pylock` does, in random environments.
 *
 *   PYPLAN_PEERS=<a virtual environment with packaging 26> node test/differential/lockfile/packaging-select.ts \
 *     [--environments 2000] [--seed 1] LOCK...
 */

interface Case extends RandomEnvironment {
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

type Answer = readonly (readonly [name: string, source: string])[] | { readonly error: string };

function main(args: readonly string[]): number {
  const { PYPLAN_PEERS: peers } = process.env;
  if (peers === undefined) throw new Error('set PYPLAN_PEERS to a virtual environment that has packaging 26');
  const option = (name: string, otherwise: number): number => {
    const at = args.indexOf(name);
    return at === -1 ? otherwise : Number(args[at + 1]);
  };
  const [seed, count] = [option('--seed', 1), option('--environments', 2000)];
  const locks = args.filter((arg, index) => arg.endsWith('.toml') && !args[index - 1]?.startsWith('--'));
  if (locks.length === 0) throw new Error('name at least one lock');
  const random = seededRandom(seed);
  const perLock = Math.ceil(count / locks.length);
  let [same, installable, different] = [0, 0, 0];
  for (const lock of locks) {
    const text = readFileSync(lock, 'utf8');
    const [cases, ours] = answers(text, lock, perLock, random);
    const [theirs] = askPackaging(peers, [{ text, cases: cases.map(request) }]);
    if (!Array.isArray(theirs))
      throw new Error(`${lock}: packaging does not read it: ${JSON.stringify(theirs)}`);
    for (const [index, answer] of ours.entries()) {
      if (JSON.stringify(answer) === JSON.stringify(theirs[index])) {
        same += 1;
        if (Array.isArray(answer)) installable += 1;
        continue;
      }
      different += 1;
      if (different <= 10) tell(lock, cases[index], answer, theirs[index]);
    }
  }
  console.log(`seed ${seed}: ${same} passed (${installable} of them installable), ${different} failed`);
  return different === 0 ? 0 : 1;
}

function request({ environment, tagTexts, extras, groups }: Case): object {
  return { environment, tags: tagTexts, extras, groups };
}

function answers(
  text: string,
  path: string,
  count: number,
  random: () => number,
): [readonly Case[], readonly Answer[]] {
  const lock = parsePylock(text, path);
  const cases = Array.from({ length: count }, () => ({
    ...randomEnvironment(random),
    extras: some(random, lock.extras),
    groups: some(random, lock.dependencyGroups),
  }));
  const ours = cases.map(({ environment, tags, extras, groups }): Answer => {
    try {
      const chosen = selectFromPylock(lock, { environment, tags, extras, dependencyGroups: groups });
      return chosen
        .map(
          ({ package: item, source }) =>
            [item.name, 'file' in source ? source.file.filename : className(source.kind)] as const,
        )
        .sort(([a], [b]) => (a < b ? -1 : 1));
    } catch (error) {
      return {
        error:
          error instanceof Error && error.name === 'LockSelectError' ? 'PylockSelectError' : String(error),
      };
    }
  });
  return [cases, ours];
}

function some(random: () => number, names: readonly string[]): readonly string[] {
  return names.length > 0 && random() < 0.5 ? [pick(random, names)] : [];
}

function className(kind: string): string {
  return `Package${kind[0]?.toUpperCase()}${kind.slice(1)}`;
}

function tell(lock: string, asked: Case | undefined, ours: Answer, theirs: Answer | undefined): void {
  const {
    python_full_version: python,
    sys_platform: platform,
    platform_machine: machine,
  } = asked?.environment ?? {};
  console.log(`${lock}: ${python} ${platform} ${machine} ${asked?.extras} ${asked?.groups}`);
  console.log(`  ours:   ${difference(ours, theirs)}`);
  console.log(`  theirs: ${difference(theirs, ours)}`);
}

function difference(a: Answer | undefined, b: Answer | undefined): string {
  if (!Array.isArray(a) || !Array.isArray(b))
    return Array.isArray(a) ? `${a.length} packages` : JSON.stringify(a);
  const other = new Set(b.map((item) => JSON.stringify(item)));
  return JSON.stringify(a.filter((item) => !other.has(JSON.stringify(item))));
}

process.exitCode = main(process.argv.slice(2));
