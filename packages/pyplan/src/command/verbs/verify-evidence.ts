import { isDeepStrictEqual } from 'node:util';
import {
  type CheckedTarget,
  checkEvidence,
  type EvidenceCheck,
  LockFormatError,
  readEvidence,
} from '@pyplan/lockfile';
import { type ApartEvidence, type Evidence, InvalidTargetError, type Target, target } from '@pyplan/resolver';
import { InputError, UsageError } from '../../input/input-error.ts';
import { emptyFileOptions } from '../../input/requirements/requirements-file.ts';
import { count, formatTarget } from '../../render/quantities.ts';
import type { Context } from '../context.ts';
import { emit, emitJson } from '../output/emit.ts';
import { exitCode } from '../output/report-error.ts';
import { diskFiles } from '../process/disk-files.ts';
import { openSource } from '../resolving/open-source.ts';

/** `pyplan verify --evidence FILE`: whether what an answer rests on holds. Exit code 1 where it does not. */
export async function runVerifyEvidence(context: Context, path: string): Promise<number> {
  const { settings } = context;
  if (settings.positionals.length > 0) {
    throw new UsageError('verify --evidence takes no lock and no inputs: the evidence holds its own', {
      hint: 'pyplan verify --evidence evidence.json --snapshot index/',
    });
  }
  const evidence = readDocument(new TextDecoder().decode(diskFiles(context).read(path)), path);
  tellOtherTargets(evidence, context);
  const check = await checked(evidence, context);
  if (settings.json) await emitJson(context, check);
  else await emit(context, textOf(check, path, context));
  return check.holds ? exitCode.done : exitCode.noSolution;
}

function readDocument(text: string, path: string): Evidence | ApartEvidence {
  try {
    return readEvidence(text, path);
  } catch (error) {
    if (!(error instanceof LockFormatError)) throw error;
    throw new InputError(error.message, {
      cause: error,
      hint: 'Expected what `pyplan lock --evidence` writes',
    });
  }
}

/** Checks the document by itself, and by an index where one is named. */
async function checked(evidence: Evidence | ApartEvidence, context: Context): Promise<EvidenceCheck> {
  const { settings, world } = context;
  const isNamed =
    settings.snapshot !== null ||
    settings.indexUrl !== null ||
    settings.offline ||
    settings.extraIndexUrls.length + settings.findLinks.length > 0;
  if (!isNamed) return checkEvidence(evidence);
  const opened = await openSource(context, emptyFileOptions, context.path('.'));
  try {
    return await checkEvidence(evidence, { source: opened.source, signal: world.signal });
  } finally {
    await opened.close();
  }
}

function textOf(check: EvidenceCheck, path: string, { resultStyle: style }: Context): string {
  if (!check.holds) return `${style.red('error')}: ${path} does not hold: ${check.fault}.\n`;
  const compared =
    check.source === null
      ? 'Not compared with an index: --snapshot, --index-url or --offline names one'
      : `The index is as it says: ${count(check.source.pages, 'page')}, ${count(check.source.metadata, 'file')}`;
  return `${[...targetTexts(check.targets), compared, `${path} holds`].join('\n')}\n`;
}

/** Those of a selection of parts under its name. */
function targetTexts(targets: readonly CheckedTarget[]): readonly string[] {
  return targets.flatMap((checked, index) => {
    const { parts } = checked;
    const text = targetText(checked);
    if (parts === undefined) return [text];
    const isFirst = targets[index - 1]?.parts !== parts;
    const head = parts.length === 0 ? 'Without conflicting parts:' : `With ${parts.join(' and ')}:`;
    return [...(isFirst ? [head] : []), `  ${text}`];
  });
}

function targetText(checked: CheckedTarget): string {
  const where = formatTarget(checked);
  switch (checked.kind) {
    case 'plan':
      return `${where}: ${count(checked.packages, 'package')}, ${count(checked.edges, 'requirement')} met`;
    case 'refusal': {
      const about = count(checked.projects, 'project');
      return `${where}: no solution, by a proof of ${count(checked.steps, 'step')} about ${about}`;
    }
  }
}

/** A target may have the name of another: one that was read from an interpreter's report. */
function tellOtherTargets(evidence: Evidence | ApartEvidence, context: Context): void {
  const answers = 'selections' in evidence ? evidence.selections.map(({ answer }) => answer) : [evidence];
  // The selections of a project's parts are mostly for the same targets.
  const distinct = new Map(
    answers
      .flatMap(({ targets }) => targets)
      .map((told) => [JSON.stringify([told.python, told.platform, told.environment, told.tags]), told]),
  );
  for (const told of distinct.values()) {
    const named = targetNamed(told);
    const { environment, tags } = told;
    if (
      named !== null &&
      isDeepStrictEqual({ environment, tags }, { environment: named.environment, tags: named.tags.target })
    ) {
      continue;
    }
    context.warn(`The evidence has markers or wheel tags of its own for ${formatTarget(told)}`);
  }
}

function targetNamed({ python, platform }: Pick<Target, 'python' | 'platform'>): Target | null {
  try {
    return target(python, platform);
  } catch (error) {
    if (error instanceof InvalidTargetError) return null;
    throw error;
  }
}
