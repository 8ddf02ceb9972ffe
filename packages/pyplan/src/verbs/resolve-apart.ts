import { partText, type Selection, type Selections } from '@pyplan/lockfile';
import type { Note, Refusal, Resolution, RootRequirement, UniversalResolution } from '@pyplan/resolver';
import type { SelectedPart } from '../input/project/selected-part.ts';
import type { SharedRequest } from '../request.ts';

/** The answers of a project whose extras and groups conflict: one for each selection, in order. */
export type ApartAnswers<Answer> =
  | { readonly status: 'resolved'; readonly answers: readonly Answer[]; readonly notes: readonly Note[] }
  /** The answer of the first selection that has no solution, its explanations naming the selection. */
  | { readonly status: 'no-solution'; readonly answer: Answer };

/**
 * Resolves the selections of a project's parts one after the other, each preferring the versions that those before it
 * chose: so that a package has no more versions than the conflicts need.
 *
 * @param request its requirements are replaced by those of each selection
 * @param resolve is given, too, the conflicting parts that are selected: `extra cpu`
 */
export async function resolveApart<Answer extends Resolution | UniversalResolution>(
  request: SharedRequest,
  { selections, conflicting }: Selections<SelectedPart>,
  resolve: (request: SharedRequest, parts: readonly string[]) => Promise<Answer>,
): Promise<ApartAnswers<Answer>> {
  const answers: Answer[] = [];
  const chosen = new Map<string, string[]>();
  for (const selection of selections) {
    const taken = selection.parts.flatMap((each) =>
      conflicting.includes(each) ? [partText(each.part)] : [],
    );
    const asked = {
      ...request,
      requirements: requirementsOf(selection),
      options: { ...request.options, preferences: preferring(request, chosen) },
    };
    const answer = await resolve(asked, taken);
    if (answer.status === 'no-solution') {
      const refusals = refusalsWith(taken, answer.refusals);
      return { status: 'no-solution', answer: Object.assign({}, answer, { refusals }) };
    }
    answers.push(answer);
    for (const [name, version] of versionsOf(answer)) {
      const versions = chosen.get(name);
      if (versions === undefined) chosen.set(name, [version]);
      else if (!versions.includes(version)) versions.push(version);
    }
  }
  return { status: 'resolved', answers, notes: distinctNotes(answers) };
}

/** What the parts of a selection ask for, each line once: an extra that another one asks for stands in both. */
function requirementsOf({ parts }: Selection<SelectedPart>): readonly RootRequirement[] {
  const keyOf = ({ requirement, origin }: RootRequirement): string =>
    JSON.stringify([requirement.text, origin.source, origin.line, origin.column]);
  const all = parts.flatMap(({ roots }) => roots);
  return [...new Map(all.map((root) => [keyOf(root), root])).values()];
}

/** The caller's preferences first, then what other selections chose. */
function preferring(
  { options }: SharedRequest,
  chosen: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, string | readonly string[]> {
  const preferences = new Map<string, readonly string[]>(chosen);
  for (const [name, versions] of options?.preferences ?? []) {
    const own = typeof versions === 'string' ? [versions] : versions;
    preferences.set(name, [...own, ...(chosen.get(name) ?? [])]);
  }
  return preferences;
}

function versionsOf(answer: Resolution | UniversalResolution): readonly (readonly [string, string])[] {
  if ('plans' in answer) {
    return answer.plans.flatMap(({ packages }) =>
      packages.map(({ name, version }) => [name, version] as const),
    );
  }
  if (answer.status === 'no-solution') return [];
  // The newest version first: it is the one to prefer where several would do.
  return answer.lock.packages.toReversed().map(({ name, version }) => [name, version] as const);
}

/** The refusals of a selection, each saying which it is of. */
function refusalsWith(taken: readonly string[], refusals: readonly Refusal[]): readonly Refusal[] {
  if (taken.length === 0) return refusals;
  return refusals.map((refusal) => ({
    ...refusal,
    explanation: `With ${taken.join(' and ')}: ${refusal.explanation}`,
  }));
}

function distinctNotes(answers: readonly { readonly notes: readonly Note[] }[]): readonly Note[] {
  const all = answers.flatMap(({ notes }) => notes);
  return [...new Map(all.map((note) => [`${note.kind} ${note.text}`, note])).values()];
}
