import { join } from 'node:path';
import { compareVersions, parseVersion } from '@pyplan/markers';
import { bestWheel, parseWheelFilename } from '@pyplan/wheel-meta';
import { describe, expect, test } from 'vitest';
import { type ExpectedPlan, expectedPlans } from '../../conformance/expected-plan.ts';
import { hasShared, shared } from '../paths.ts';
import { openRecordedSnapshot } from '../recorded-snapshot.ts';
import { recordedIndexUrl } from '../recorded-source.ts';
import { readRequirementSet } from '../requirement-set.ts';
import type { Choice } from './choice.ts';
import type { IndexFacts } from './index-facts.ts';
import { judgeChoices, type PlanCase } from './plan.ts';
import { recordedFacts } from './recorded-facts.ts';
import { judgeTarget } from './target.ts';

const directory = join(shared, 'snapshot');

/** A recorded answer as choices: of each pinned version the best wheel for the target. */
function choicesOf({ pins, python, platform }: ExpectedPlan, facts: IndexFacts): readonly Choice[] {
  const { tags } = judgeTarget(python, platform);
  return [...pins].map(([name, version]) => {
    const pinned = parseVersion(version);
    const wheels = (facts.files(name) ?? []).flatMap((listed) => {
      const { file } = listed;
      if (listed.version === null || !file.filename.endsWith('.whl')) return [];
      if (compareVersions(listed.version, pinned) !== 0) return [];
      return [{ ...parseWheelFilename(file.filename), file }];
    });
    const best = bestWheel(wheels, tags);
    if (best === null) throw new Error(`${name} ${version} has no wheel for the target`);
    return { name, version, file: best.file };
  });
}

describe.runIf(hasShared('snapshot'))('the judge of plans', () => {
  const caseOf = (expected: ExpectedPlan, facts: IndexFacts): PlanCase => ({
    requirements: readRequirementSet(join(directory, 'sets', `${expected.set}.in`)).requirements.map(
      ({ requirement }) => requirement,
    ),
    constraints: [],
    target: judgeTarget(expected.python, expected.platform),
    facts,
    onlyBinary: 'all',
    noBinary: new Set(),
    excludeNewer: expected.cutoff,
    allowPrereleases: false,
  });

  test('calls every recorded plan of uv and pip valid, but for those that pass over Requires-Python', () => {
    const facts = recordedFacts(openRecordedSnapshot(directory), recordedIndexUrl);
    const single = [...expectedPlans(directory)].filter(({ universal, ok }) => ok && !universal);
    const faults = single.flatMap((expected) =>
      judgeChoices(choicesOf(expected, facts), caseOf(expected, facts)).map(
        (fault) => `${expected.id} ${fault}`,
      ),
    );
    expect(faults.filter((fault) => !/ requires Python /.test(fault))).toEqual([]);
    expect([...new Set(faults.map((fault) => fault.split(' ')[0]))]).toEqual(['llm-stack.py314-linux']);
  });
});
