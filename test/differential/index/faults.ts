import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Clock, diskCache, httpSource, systemClock } from '@pyplan/package-index';
import { defaultOptions, type ResolveOptions, resolve, SourceError, target } from '@pyplan/resolver';
import { foreseenSource } from '../../support/foreseen-source.ts';
import { startMirror } from '../../support/mirror.ts';
import { shared } from '../../support/paths.ts';
import { readRequirementSet } from '../../support/requirement-set.ts';

/**
 * The recorded index, failing three times in ten: 503, half an answer, a reset.
 *
 *     node test/differential/index/faults.ts --seeds 300 --sets flask,jupyter
 *
 * Each run ends with the plan that the index gives without faults, or with one `SourceError`; after that
 * the same cache directory serves a run that ends with the plan.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    from: { type: 'string', default: '1' },
    sets: { type: 'string', default: 'flask,jupyter' },
  },
});
const snapshot = join(shared, 'snapshot');

/** Waits a twentieth of the time. */
const hasty: Clock = {
  ...systemClock,
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / 20, signal),
};

const options: ResolveOptions = { ...defaultOptions, onlyBinary: 'all' };

async function plan(indexUrl: string, set: string, cache: string | null): Promise<string> {
  const index = httpSource({
    indexUrl,
    clock: hasty,
    maxAttempts: 4,
    cache: cache === null ? null : diskCache(cache),
  });
  const requirementSet = readRequirementSet(join(snapshot, 'sets', `${set}.in`));
  try {
    const resolution = await resolve({
      ...requirementSet,
      overrides: [],
      targets: [target('3.12', 'linux')],
      source: await foreseenSource(index, requirementSet, options),
      options,
    });
    const pins = resolution.plans.map(({ packages }) =>
      packages.map(({ name, version, file }) => [name, version, file.filename, file.hashes]),
    );
    return `${resolution.status} ${hash('sha256', JSON.stringify(pins))}`;
  } finally {
    await index.close();
  }
}

const counts = { plans: 0, errors: 0, wrong: 0 };
const clean = await startMirror(snapshot);
const expected = new Map<string, string>();
for (const set of values.sets.split(',')) expected.set(set, await plan(clean.indexUrl, set, null));
await clean.close();

const first = Number(values.from);
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const mirror = await startMirror(snapshot, { flags: ['--fault', '0.3', '--seed', String(seed)] });
  try {
    for (const [set, wanted] of expected) await oneRun(mirror.indexUrl, seed, set, wanted);
  } finally {
    await mirror.close();
  }
}

async function oneRun(indexUrl: string, seed: number, set: string, wanted: string): Promise<void> {
  const cache = mkdtempSync(join(tmpdir(), 'pyplan-faults-'));
  for (let attempt = 1; attempt <= 10; attempt++) {
    const outcome = await plan(indexUrl, set, cache).catch((error: unknown) => error);
    if (outcome === wanted) {
      counts.plans++;
      break;
    }
    if (outcome instanceof SourceError) counts.errors++;
    else counts.wrong++;
    if (!(outcome instanceof SourceError) || attempt === 10) {
      console.log(`seed ${seed}, ${set}, attempt ${attempt}: ${String(outcome)}`);
      counts.wrong++;
      break;
    }
  }
  rmSync(cache, { recursive: true });
}

console.log(`${counts.plans} plans, ${counts.errors} errors on the way, ${counts.wrong} wrong`);
process.exitCode = counts.wrong === 0 ? 0 : 1;
