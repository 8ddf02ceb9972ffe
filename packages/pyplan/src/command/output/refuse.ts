import { normalizeName } from '@pyplan/markers';
import type { Refusal } from '@pyplan/resolver';
import { count, formatTarget, formatTargets } from '../../render/quantities.ts';
import { nearest } from '../arguments/suggest.ts';
import type { Context } from '../context.ts';
import type { Resolved } from '../resolving/resolve-inputs.ts';
import { exitCode } from './report-error.ts';

/**
 * Tells why there is no solution, target by target, and gives the exit code for it.
 *
 * With `--json` the refusal is the result on standard output.
 */
export async function refuse(
  context: Context,
  refusals: readonly Refusal[],
  resolved: Pick<Resolved<unknown>, 'missing' | 'otherHashes'>,
): Promise<number> {
  const explanation = explanationOf(refusals);
  const hints = [...(await spellingHints(resolved.missing)), ...hashHints(refusals, resolved.otherHashes)];
  const repairs = repairsOf(refusals);
  const { settings, style, world } = context;
  if (settings.json) {
    const targets = refusals.map(refusalJson);
    const hint = hints.length === 0 ? {} : { hint: hints.join('\n') };
    const error = { kind: 'no-solution', explanation, repairs, ...hint, targets };
    world.stdout.write(`${JSON.stringify({ error })}\n`);
    return exitCode.noSolution;
  }
  world.stderr.write(`${style.red(style.bold('error'))}: ${explanation}\n`);
  for (const hint of hints) world.stderr.write(`${style.cyan('hint')}: ${hint}\n`);
  for (const { text, target } of repairs) {
    world.stderr.write(`${style.green('repair')}: ${text}${refusals.length > 1 ? ` (for ${target})` : ''}\n`);
  }
  return exitCode.noSolution;
}

/** A refusal as data: the lines that conflict, the facts that make them, and how it follows. */
function refusalJson({ target, explanation, conflicting, reasons = [], derivation = [] }: Refusal): object {
  return {
    python: target.python,
    platform: target.platform,
    explanation,
    conflicting: conflicting.map(({ requirement, origin: { source, line } }) => ({
      requirement: requirement.text,
      source,
      line,
    })),
    reasons,
    derivation,
  };
}

/** The changes under which there is a plan, with the target that each was tried for. */
function repairsOf(
  refusals: readonly Refusal[],
): readonly { readonly kind: string; readonly text: string; readonly target: string }[] {
  return refusals.flatMap(({ target, repairs = [] }) =>
    repairs.map(({ kind, text }) => ({ kind, text, target: formatTarget(target) })),
  );
}

/** So many explanations are told; a universe may have one for each of its targets. */
const toldExplanations = 4;

/** The explanations of all targets; one that holds for several is told once. */
function explanationOf(refusals: readonly Refusal[]): string {
  const byText = Map.groupBy(refusals, ({ explanation }) =>
    explanation.replace(/^No solution for .*\n/, '').trimEnd(),
  );
  const told = [...byText].slice(0, toldExplanations);
  const others = [...byText].slice(toldExplanations).flatMap(([, group]) => group);
  const texts = told.map(
    ([text, group]) => `No solution for ${formatTargets(group.map(({ target }) => target))}.\n${text}`,
  );
  if (others.length > 0) {
    const where = formatTargets(others.map(({ target }) => target));
    texts.push(`Nor for ${where}: name one with --python and --platform to see why.`);
  }
  return texts.join('\n\n');
}

/** Where hashes among the inputs leave no file of a package in a conflict. */
function hashHints(
  refusals: readonly Refusal[],
  otherHashes: (name: string) => readonly string[],
): readonly string[] {
  const names = refusals.flatMap(({ conflicting }) =>
    conflicting.map(({ requirement }) => normalizeName(requirement.name)),
  );
  return [...new Set(names)].flatMap((name) => {
    const passedOver = otherHashes(name);
    if (passedOver.length === 0) return [];
    const files =
      passedOver.length > 2 ? `${count(passedOver.length, 'file')} of ${name}` : passedOver.join(' and ');
    return [`Your --hash lines for ${name} do not allow ${files}`];
  });
}

/** For names that the index does not have, the well-known project that was perhaps meant. */
export async function spellingHints(missing: readonly string[]): Promise<readonly string[]> {
  if (missing.length === 0) return [];
  const { wellKnownProjects } = await import('./well-known-projects.ts');
  return missing.flatMap((name) => {
    const near = nearest(name, wellKnownProjects());
    return near === null || near === name ? [] : [`The index has no project ${name}; did you mean ${near}?`];
  });
}
