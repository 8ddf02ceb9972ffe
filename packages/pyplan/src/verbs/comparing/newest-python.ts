import {
  type Note,
  type Plan,
  type Refusal,
  type ResolveRequest,
  releasedPythons,
  resolve,
  target,
} from '@pyplan/resolver';
import { allowsPython, assumePlatform } from '../../input/default-targets.ts';
import { thisMachine } from '../../machine.ts';
import { completeShared, type SharedRequest } from '../../request.ts';

export interface NewestPythonRequest extends SharedRequest {
  /** Several: each for itself. Default: this machine's. */
  readonly platform?: string | readonly string[];
  /** Those to choose from, oldest first. Default: all that are out. */
  readonly pythons?: readonly string[];
  /** A specifier set that the Python must be in, and who says so: a project's `requires-python`. */
  readonly requiresPython?: { readonly text: string; readonly source: string } | null;
}

/** How new a Python may be on one platform. */
export interface NewestPython {
  readonly platform: string;
  /** The newest on which everything resolves, with its plan; null: none does. */
  readonly newest: { readonly python: string; readonly plan: Plan } | null;
  /** The oldest of those that are newer, and why it has no plan; null: there is none newer. */
  readonly blocked: BlockedPython | null;
}

export interface BlockedPython {
  readonly python: string;
  /** Plain text. */
  readonly explanation: string;
  /** Null where the project itself does not admit that Python. */
  readonly refusal: Refusal | null;
}

export interface NewestPythonResult {
  /** In the order in which the platforms were named. */
  readonly platforms: readonly NewestPython[];
  /** Those of the platforms' newest Pythons. */
  readonly notes: readonly Note[];
}

/**
 * The newest Python on which requirements resolve, for each platform, and what blocks the next one. What one Python's
 * search has read and worked out is there for the next.
 *
 * Throws as `lock` does.
 */
export async function newestPythonFor(request: NewestPythonRequest): Promise<NewestPythonResult> {
  const { platform = assumePlatform(thisMachine()).value, pythons = releasedPythons } = request;
  const shared = completeShared(request);
  const notes: Note[] = [];
  const found = new Map<string, NewestPython>(
    (typeof platform === 'string' ? [platform] : platform).map((name) => [
      name,
      { platform: name, newest: null, blocked: null },
    ]),
  );
  for (const python of pythons.toReversed()) {
    const open = [...found.values()].filter(({ newest }) => newest === null);
    if (open.length === 0) break;
    const blocked = byProject(python, request.requiresPython ?? null);
    const results = blocked === null ? await answers(shared, python, open, notes) : null;
    for (const each of open) {
      const answer = blocked ?? results?.get(each.platform);
      if (answer === undefined) continue;
      found.set(
        each.platform,
        'explanation' in answer
          ? { ...each, blocked: answer }
          : { ...each, newest: { python, plan: answer } },
      );
    }
  }
  return { platforms: [...found.values()], notes };
}

async function answers(
  shared: Omit<ResolveRequest, 'targets'>,
  python: string,
  open: readonly NewestPython[],
  notes: Note[],
): Promise<ReadonlyMap<string, Plan | BlockedPython>> {
  const resolution = await resolve({
    ...shared,
    targets: open.map(({ platform }) => target(python, platform)),
  });
  notes.push(...resolution.notes);
  const refusals = resolution.status === 'no-solution' ? resolution.refusals : [];
  return new Map<string, Plan | BlockedPython>([
    ...resolution.plans.map((plan) => [plan.target.platform, plan] as const),
    ...refusals.map(
      (refusal) =>
        [refusal.target.platform, { python, explanation: explanationOf(refusal), refusal }] as const,
    ),
  ]);
}

/** Without the line that names the target. */
function explanationOf({ explanation }: Refusal): string {
  return explanation.replace(/^No solution for .*\n/, '').trimEnd();
}

function byProject(python: string, requires: NewestPythonRequest['requiresPython']): BlockedPython | null {
  if (requires == null) return null;
  // No platform changes what the Python's version is.
  const { python_full_version: full } = target(python, 'linux').environment;
  if (allowsPython(requires.text, requires.source, full)) return null;
  return { python, explanation: `${requires.source} asks for Python ${requires.text}`, refusal: null };
}
