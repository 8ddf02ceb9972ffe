import type { Comparison, TargetResult } from '../../verbs/comparing/comparison.ts';

/** A comparison as `compare --json` prints it. */
export async function comparisonJson({ targets, packages }: Comparison): Promise<object> {
  return { targets: await Promise.all(targets.map(resultJson)), packages };
}

/** A target without a plan has its refusal as `lock --json` tells it. */
export async function resultJson(result: TargetResult): Promise<object> {
  if (result.refusal === null) return result;
  const { refusalJson } = await import('@pyplan/lockfile');
  return { ...result, refusal: refusalJson(result.refusal) };
}
