import type { Refusal, Repair, RootRequirement } from '@pyplan/resolver';

/**
 * Why there is no solution, as data: `{"kind": "no-solution", "explanation", "repairs", "targets"}`, the targets as in
 * `refusalJson`, the repairs those of all of them (docs/json.md).
 *
 * @param explanation what the refusals say together
 */
export function noSolutionJson(
  refusals: readonly Refusal[],
  explanation: string = explain(refusals),
): {
  readonly kind: 'no-solution';
  readonly explanation: string;
  readonly repairs: readonly object[];
  readonly targets: readonly object[];
} {
  return {
    kind: 'no-solution',
    explanation,
    repairs: refusals.flatMap(repairsJson),
    targets: refusals.map(refusalJson),
  };
}

/** The refusal of one target: its lines that conflict, the facts that make them, how it follows, what repairs it. */
export function refusalJson(refusal: Refusal): object {
  const { target, explanation, conflicting, reasons = [], derivation = [] } = refusal;
  return {
    python: target.python,
    platform: target.platform,
    explanation,
    conflicting: conflicting.map(lineJson),
    reasons,
    derivation,
    repairs: repairsJson(refusal),
  };
}

/** The changes under which there is a plan: what each is, for which target it was tried, the lines as they become. */
function repairsJson({ target: { python, platform }, repairs = [] }: Refusal): readonly object[] {
  return repairs.map((repair) => ({
    kind: repair.kind,
    text: repair.text,
    python,
    platform,
    target: `Python ${python} on ${platform}`,
    ...changeJson(repair),
  }));
}

function changeJson(repair: Repair): object {
  if ('lines' in repair) {
    return {
      lines: repair.lines.map((line, i) => ({ ...lineJson(line), becomes: repair.becomes[i] ?? null })),
    };
  }
  return repair.kind === 'python' ? { becomes: repair.python } : {};
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
