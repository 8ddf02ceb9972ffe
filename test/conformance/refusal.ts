import { normalizeName } from '@pyplan/markers';
import {
  type Plan,
  type Refusal,
  type Resolution,
  type ResolveRequest,
  type RootRequirement,
  resolve,
} from '@pyplan/resolver';

/** What is wrong with a plan for a part of the requirements. */
type JudgeSubset = (requirements: readonly RootRequirement[], plan: Plan) => readonly string[];

/**
 * What is wrong with how an unsatisfiable request was refused; null where nothing is.
 *
 * The lines that the refusal names are lines of the input, the explanation speaks of each, and they
 * have no plan by themselves. Either without any one of them the others have a valid plan, so that
 * no smaller part of them is a conflict, or they are the very lines that the recorded error names.
 */
export async function refusalFault(
  resolution: Resolution,
  request: ResolveRequest,
  judge: JudgeSubset,
  errorText: string,
): Promise<string | null> {
  if (resolution.status === 'resolved') return 'is resolved';
  const [refusal] = resolution.refusals;
  if (refusal === undefined) return 'is refused without a refusal';
  const { conflicting } = refusal;
  if (conflicting.length === 0) return 'names no line that conflicts';
  const worded = wordingFault(refusal, request.requirements);
  if (worded !== null) return worded;

  const alone = await resolve({ ...request, requirements: conflicting });
  if (alone.status === 'resolved') return `names lines that do not conflict: ${textOf(conflicting)}`;
  if (sameLines(conflicting, linesNamedBy(errorText, request.requirements))) return null;
  for (const left of conflicting) {
    const others = conflicting.filter((line) => line !== left);
    const without = await resolve({ ...request, requirements: others });
    const [plan] = without.plans;
    if (without.status !== 'resolved' || plan === undefined) {
      return `names ${left.requirement.text}, which the conflict does not need (${textOf(conflicting)})`;
    }
    const wrong = judge(others, plan);
    if (wrong.length > 0) return `has an invalid plan without ${left.requirement.text}: ${wrong.join(', ')}`;
  }
  return null;
}

function wordingFault(
  { conflicting, explanation }: Refusal,
  requirements: readonly RootRequirement[],
): string | null {
  const spoken = explanation.toLowerCase();
  for (const line of conflicting) {
    const { requirement, origin } = line;
    const isInput = requirements.some(
      (given) => given.requirement.text === requirement.text && given.origin.line === origin.line,
    );
    if (!isInput) return `names "${requirement.text}", which is no line of the input`;
    const names = [requirement.name.toLowerCase(), normalizeName(requirement.name)];
    if (!names.some((name) => spoken.includes(name))) {
      return `has an explanation that does not speak of ${requirement.text}: ${explanation}`;
    }
  }
  return null;
}

/** The lines that uv's error says are required: `you require boto3==1.35.0 and aiobotocore<2.8, we can …`. */
export function linesNamedBy(
  errorText: string,
  requirements: readonly RootRequirement[],
): readonly RootRequirement[] {
  const clauses = errorText.split('you require ').slice(1);
  const named = clauses.flatMap((clause) => {
    const said = clause.split('we can conclude', 1)[0] ?? '';
    return said.startsWith('one of:') ? [] : said.split(/ and |, | /);
  });
  const names = new Set(named.map((words) => /^[a-z0-9-]+/.exec(words)?.[0] ?? ''));
  return requirements.filter(({ requirement }) => names.has(normalizeName(requirement.name)));
}

function sameLines(a: readonly RootRequirement[], b: readonly RootRequirement[]): boolean {
  return a.length === b.length && a.every((line) => b.includes(line));
}

function textOf(lines: readonly RootRequirement[]): string {
  return lines.map(({ requirement }) => requirement.text).join(', ');
}
