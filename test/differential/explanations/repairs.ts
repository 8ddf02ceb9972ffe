import { caseFiles, jsonLines } from '../../support/case-files.ts';
import type { World, WorldTarget } from '../../support/judge/world.ts';
import { judgeRepairs } from '../../support/repairs-judge.ts';

/**
 * The repairs of refused worlds judged by brute force, over the small ones of world files:
 *
 *     node test/differential/explanations/repairs.ts DIR
 */
interface WorldCase extends World {
  readonly id: string;
  readonly targets: readonly WorldTarget[];
}

/** Trying every change and every choice of versions ends in reasonable time up to so many of either. */
const mostLines = 6;
const mostChoices = 20_000;

function isSmall({ index, root }: World): boolean {
  const choices = Object.values(index).reduce(
    (product, versions) => product * (Object.keys(versions).length + 1),
    1,
  );
  return choices <= mostChoices && root.requires.length <= mostLines;
}

let refused = 0;
let repaired = 0;
let several = 0;
let failed = 0;
for (const path of caseFiles(process.argv[2] ?? '../shared/worlds')) {
  for (const { value: world } of jsonLines<WorldCase>(path)) {
    if (!isSmall(world)) continue;
    for (const on of world.targets) {
      const judged = await judgeRepairs(world, { requires: world.root.requires, constraints: [] }, on);
      if (judged === null) continue;
      refused += 1;
      if (judged.offered > 0) repaired += 1;
      if (judged.offered > 0 && judged.fewest > 1) several += 1;
      if (judged.wrong.length > 0) {
        failed += 1;
        process.stdout.write(`${world.id} py${on.python}-${on.platform}: ${judged.wrong.join('; ')}\n`);
      }
    }
  }
}
process.stdout.write(
  `${refused} refusals of small worlds, ${repaired} with repairs, ${several} of several edits; ${failed} wrong\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
