import { type Finding, type VerifyInputs, verifyLock } from '@pyplan/lockfile';
import { formatPlace, UsageError } from '../../input/input-error.ts';
import type { InputFiles } from '../../input/input-files.ts';
import { readLockFile } from '../../input/locked/read-lock-file.ts';
import { readInputs } from '../../input/read-inputs.ts';
import { emptyFileOptions } from '../../input/requirements/requirements-file.ts';
import { count } from '../../render/quantities.ts';
import type { Context } from '../context.ts';
import { emit, emitJson } from '../output/emit.ts';
import { exitCode } from '../output/report-error.ts';
import { diskFiles } from '../process/disk-files.ts';
import { namedTargets } from '../resolving/choose-targets.ts';
import { openSource } from '../resolving/open-source.ts';

/** `pyplan verify LOCK [INPUTS…]`: what is wrong with a lock. Exit code 1 where something is. */
export async function runVerify(context: Context): Promise<number> {
  const { settings, world } = context;
  const [path, ...sources] = settings.positionals;
  if (path === undefined) {
    throw new UsageError('verify takes a lock, and the inputs it was made from', {
      hint: 'pyplan verify pylock.toml requirements.in',
    });
  }
  const files = diskFiles(context);
  const lock = await readLockFile(path, files);
  const inputs = await inputsOf([...sources, ...settings.requirementFiles], context, files);
  const opened = settings.noIndex ? null : await openSource(context, emptyFileOptions, world.cwd);
  try {
    const findings = await verifyLock(lock, {
      ...(inputs === null ? {} : { inputs }),
      targets: namedTargets(context),
      ...(opened === null ? {} : { source: opened.source }),
      signal: world.signal,
    });
    if (settings.json) await emitJson(context, { findings });
    else await emit(context, findingsText(findings, path, context));
    return findings.some(({ severity }) => severity === 'error') ? exitCode.noSolution : exitCode.done;
  } finally {
    await opened?.close();
  }
}

async function inputsOf(
  sources: readonly string[],
  context: Context,
  files: InputFiles,
): Promise<VerifyInputs | null> {
  if (sources.length === 0) return null;
  const { constraints, extras, allExtras, groups } = context.settings;
  const inputs = await readInputs({ sources, constraints, selection: { extras, allExtras, groups } }, files);
  return { requirements: inputs.requirements, constraints: inputs.constraints, digest: null };
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
