import {
  type Finding,
  type LockedSet,
  type VerifyInputs,
  type VerifyOptions,
  verifyLock,
} from '@pyplan/lockfile';
import { normalizeName } from '@pyplan/markers';
import type { RootRequirement } from '@pyplan/resolver';
import { formatPlace, UsageError } from '../../input/input-error.ts';
import type { InputFiles } from '../../input/input-files.ts';
import { readLockFile } from '../../input/locked/read-lock-file.ts';
import { type Inputs, readInputs } from '../../input/read-inputs.ts';
import { emptyFileOptions } from '../../input/requirements/requirements-file.ts';
import { classifyInput } from '../../input/source-kind.ts';
import { count } from '../../render/quantities.ts';
import type { Context } from '../context.ts';
import { offlineCheck } from '../locking/offline-check.ts';
import { emit, emitJson } from '../output/emit.ts';
import { exitCode } from '../output/report-error.ts';
import { diskFiles } from '../process/disk-files.ts';
import { targetsOfLock } from '../resolving/choose-targets.ts';
import { openSource } from '../resolving/open-source.ts';
import { projectAbove } from '../resolving/standing-settings.ts';

/** `pyplan verify LOCK [INPUTS…]`: what is wrong with a lock. Exit code 1 where something is. */
export async function runVerify(context: Context): Promise<number> {
  const { settings } = context;
  if (settings.evidence !== null) {
    return (await import('./verify-evidence.ts')).runVerifyEvidence(context, settings.evidence);
  }
  const [path, ...sources] = settings.positionals;
  if (path === undefined) {
    throw new UsageError('verify takes a lock, and the inputs it was made from', {
      hint: 'pyplan verify pylock.toml requirements.in',
    });
  }
  const files = diskFiles(context);
  const lock = await readLockFile(path, files);
  const inputs = await inputsOf([...sources, ...settings.requirementFiles], lock, context, files);
  const findings = await findingsOf(lock, inputs, context);
  if (settings.json) await emitJson(context, { findings });
  else await emit(context, findingsText(findings, path, context));
  return findings.some(({ severity }) => severity === 'error') ? exitCode.noSolution : exitCode.done;
}

async function findingsOf(
  lock: LockedSet,
  inputs: Inputs | null,
  context: Context,
): Promise<readonly Finding[]> {
  const { settings, world } = context;
  const options: VerifyOptions = {
    ...(inputs === null ? {} : { inputs: verifyInputs(inputs) }),
    targets: targetsOfLock(context, lock),
    signal: world.signal,
  };
  if (settings.noIndex) return verifyLock(lock, options);
  const directory = context.path(inputs?.directory ?? '.');
  const opened = await openSource(context, inputs?.options ?? emptyFileOptions, directory);
  try {
    if (!settings.offline) return await verifyLock(lock, { ...options, source: opened.source });
    const check = offlineCheck(opened.source);
    const findings = check.known(await verifyLock(lock, { ...options, source: check.source }));
    tellUnknown(check.unknown(), context);
    return findings;
  } finally {
    await opened.close();
  }
}

/** What the inputs ask for as a resolution takes it: overrides in the place of what they replace, nothing excluded. */
function verifyInputs(inputs: Inputs): VerifyInputs {
  const everywhere = inputs.overrides.filter(({ scope }) => scope === undefined);
  const overrides = Map.groupBy(everywhere, projectOf);
  const effective = (roots: readonly RootRequirement[]): readonly RootRequirement[] =>
    roots
      .filter((root) => !inputs.excludes.includes(projectOf(root)))
      .flatMap((root) => overrides.get(projectOf(root)) ?? [root]);
  const requirementsOf: VerifyInputs['requirementsOf'] = ({ extras, groups }) =>
    effective(
      inputs.parts.flatMap(({ part, roots }) => {
        if (part.kind === 'base') return roots;
        return (part.kind === 'extra' ? extras : groups).includes(part.name) ? roots : [];
      }),
    );
  return {
    requirements: effective(inputs.requirements),
    constraints: inputs.constraints,
    digest: null,
    // What one package asks may be replaced as well; the lock does not say what by.
    replaced: [
      ...inputs.overrides.map(projectOf),
      ...inputs.excludes,
      ...inputs.scopedExcludes.flatMap(({ names }) => names),
    ],
    ...(inputs.parts.length === 0 ? {} : { requirementsOf }),
  };
}

function projectOf({ requirement }: RootRequirement): string {
  return normalizeName(requirement.name);
}

function tellUnknown(names: readonly string[], context: Context): void {
  if (names.length === 0) return;
  const few = names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
  context.warn(`Not checked against the index: the cache has nothing of ${few} (${names.length} in all)`);
}

async function inputsOf(
  sources: readonly string[],
  lock: LockedSet,
  context: Context,
  files: InputFiles,
): Promise<Inputs | null> {
  if (sources.length === 0) return null;
  const { constraints, overrides, excludes, extras, allExtras, groups } = context.settings;
  const named = { extras, allExtras, groups };
  const isNamed = allExtras || extras.length > 0 || groups.length > 0;
  const hasProject = sources.some((source) => classifyInput(source, files).kind === 'pyproject');
  // Of a project the parts count that the lock has, unless some are named.
  const ofLock = { extras: lock.extras, allExtras: false, groups: lock.dependencyGroups };
  const selection = isNamed || !hasProject ? named : ofLock;
  const projectFile = (directory: string): string | null => projectAbove(context, directory);
  return readInputs(
    { sources, constraints, overrides, excludes, selection, projectAbove: projectFile },
    files,
  );
}

function findingsText(findings: readonly Finding[], path: string, { resultStyle: style }: Context): string {
  const lines = findings.map(({ severity, rule, message, origin }) => {
    const place = origin === null ? null : formatPlace(origin);
    const mark = severity === 'error' ? style.red('error') : style.yellow('warning');
    return `${mark}: ${place === null ? '' : `${place}: `}${message} ${style.dim(`[${rule}]`)}`;
  });
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const summary =
    findings.length === 0
      ? `${path} is right`
      : `${path}: ${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  return `${[...lines, summary].join('\n')}\n`;
}
