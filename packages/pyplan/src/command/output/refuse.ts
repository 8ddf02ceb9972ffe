import { normalizeName } from '@pyplan/markers';
import type { Refusal, Repair } from '@pyplan/resolver';
import { count, formatTargets } from '../../render/quantities.ts';
import type { Context } from '../context.ts';
import type { Resolved } from '../resolving/resolve-inputs.ts';
import { exitCode } from './report-error.ts';
import { spellingHints } from './spelling.ts';

/** What has no solution: targets, each with repairs of its own, or a universe as a whole. */
interface Refused {
  readonly refusals: readonly Refusal[];
  readonly repairs?: readonly Repair[];
  readonly untried?: boolean;
}

/**
 * Tells why there is no solution, target by target, and gives the exit code for it.
 *
 * With `--json` the refusal is the result on standard output.
 *
 * @param beside what the JSON says beside the error
 */
export async function refuse(
  context: Context,
  { refusals, repairs = [], untried = false }: Refused,
  resolved: Pick<Resolved<unknown>, 'missing' | 'otherHashes'>,
  beside: object = {},
): Promise<number> {
  const explanation = explanationOf(refusals);
  const all = [...repairs, ...refusals.flatMap((refusal) => refusal.repairs ?? [])];
  const spelling = await spellingHints(resolved.missing.filter((name) => !isRepaired(all, name)));
  const hints = [...spelling, ...hashHints(refusals, resolved.otherHashes)];
  const { settings, style, world } = context;
  if (settings.json) {
    const { noSolutionJson } = await import('@pyplan/lockfile');
    const hint = hints.length === 0 ? {} : { hint: hints.join('\n') };
    const error = { ...noSolutionJson(refusals, explanation, { repairs, untried }), ...hint };
    world.stdout.write(`${JSON.stringify({ error, ...beside })}\n`);
    return exitCode.noSolution;
  }
  world.stderr.write(`${style.red(style.bold('error'))}: ${explanation}\n`);
  for (const hint of hints) world.stderr.write(`${style.cyan('hint')}: ${hint}\n`);
  for (const text of [...repairs.map((repair) => repair.text), ...repairTexts(refusals)]) {
    world.stderr.write(`${style.green('repair')}: ${text}\n`);
  }
  if ((untried || refusals.some((refusal) => refusal.untried === true)) && settings.repairs !== 'more') {
    const more =
      all.length === 0 ? 'there may be repairs that were' : 'there may be more repairs, which were';
    world.stderr.write(
      `${style.cyan('hint')}: ${more} not tried for what they ask of the index: --more-repairs\n`,
    );
  }
  return exitCode.noSolution;
}

/** Whether a repair gives a missing project another name: then it needs no hint. */
function isRepaired(repairs: readonly Repair[], name: string): boolean {
  return repairs.some(
    (repair) =>
      repair.kind === 'spelling' &&
      repair.lines.some(({ requirement }) => normalizeName(requirement.name) === name),
  );
}

/** Repairs in words, each once, with the targets that it is for where it is not for all of them. */
function repairTexts(refusals: readonly Refusal[]): readonly string[] {
  const byText = Map.groupBy(
    refusals.flatMap(({ target, repairs = [] }) => repairs.map(({ text }) => ({ text, target }))),
    ({ text }) => text,
  );
  return [...byText].map(([text, group]) =>
    group.length === refusals.length
      ? text
      : `${text} (for ${formatTargets(group.map(({ target }) => target))})`,
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
  const texts = told.map(([text, group]) => `No solution for ${formatTargets(minorsOf(group))}.\n${text}`);
  if (others.length > 0) {
    const where = formatTargets(minorsOf(others));
    texts.push(`Nor for ${where}: name one with --python and --platform to see why.`);
  }
  return texts.join('\n\n');
}

/** The targets in the order of their Pythons; patch levels of a minor version that is among them are left out. */
function minorsOf(refusals: readonly Refusal[]): readonly Refusal['target'][] {
  const targets = refusals.map(({ target }) => target);
  const names = new Set(targets.map(({ python, platform }) => `${python} ${platform}`));
  const order = ({ environment }: Refusal['target']): number =>
    Number(environment.python_version.split('.').at(-1) ?? '0');
  return targets
    .filter(({ python, platform, environment }) => {
      const minor = environment.python_version;
      return python === minor || !names.has(`${minor} ${platform}`);
    })
    .sort((a, b) => order(a) - order(b));
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
