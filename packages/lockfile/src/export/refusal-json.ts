import type { Refusal, Repair, RootRequirement } from '@pyplan/resolver';

/**
 * Why there is no solution, as data: `{"kind": "no-solution", "explanation", "repairs", "untried", "targets"}`, the targets
 * as in `refusalJson`, the repairs those of all of them (docs/json.md).
 *
 * @param explanation what the refusals say together
 * @param universe what is said of a universe as a whole
 */
export function noSolutionJson(
  refusals: readonly Refusal[],
  explanation: string = explain(refusals),
  universe: { readonly repairs?: readonly Repair[]; readonly untried?: boolean } = {},
): {
  readonly kind: 'no-solution';
  readonly explanation: string;
  readonly repairs: readonly object[];
  readonly untried: boolean;
  readonly targets: readonly object[];
} {
  const { repairs = [], untried = false } = universe;
  return {
    kind: 'no-solution',
    explanation,
    repairs: [...repairs.map(repairJson), ...refusals.flatMap(repairsJson)],
    untried: untried || refusals.some((refusal) => refusal.untried === true),
    targets: refusals.map(refusalJson),
  };
}

/** The refusal of one target: its lines that conflict, the facts that make them, how it follows, what repairs it. */
export function refusalJson(refusal: Refusal): object {
  const { target, explanation, conflicting, reasons = [], derivation = [], untried = false } = refusal;
  return {
    python: target.python,
    platform: target.platform,
    explanation,
    conflicting: conflicting.map(lineJson),
    reasons,
    derivation,
    repairs: repairsJson(refusal),
    untried,
  };
}

/** The changes under which there is a plan, and for which target each was tried. */
function repairsJson({ target: { python, platform }, repairs = [] }: Refusal): readonly object[] {
  const target = `Python ${python} on ${platform}`;
  return repairs.map((repair) => ({ ...repairJson(repair), python, platform, target }));
}

/** What a repair is, and the lines or the Python as they become. */
function repairJson(repair: Repair): object {
  const { kind, text } = repair;
  switch (repair.kind) {
    case 'loosen':
    case 'drop':
    case 'yanked':
    case 'spelling': {
      const becomes = repair.becomes;
      return {
        kind,
        text,
        lines: repair.lines.map((line, i) => ({ ...lineJson(line), becomes: becomes[i] ?? null })),
      };
    }
    case 'python':
      return { kind, text, becomes: repair.python };
    case 'platforms':
      return { kind, text, platforms: repair.platforms };
    case 'environments':
      return { kind, text, environments: repair.environments };
    case 'prereleases':
    case 'sdists':
    case 'newer-files':
      return { kind, text };
  }
}

function lineJson({ requirement, origin: { source, line } }: RootRequirement): object {
  return { requirement: requirement.text, source, line };
}

/** One explanation where all targets have the same; else each under the targets that it is for. */
function explain(refusals: readonly Refusal[]): string {
  const byText = Map.groupBy(refusals, (refusal) => refusal.explanation);
  if (byText.size === 1) return refusals[0]?.explanation ?? '';
  return [...byText]
    .map(([text, group]) => {
      const targets = group.map(({ target }) => `Python ${target.python} on ${target.platform}`);
      return `${targets.join(', ')}:\n${text}`;
    })
    .join('\n\n');
}
