import { diffJson, diffLocks, diffMarkdown, diffText, type LockDiff, type LockedSet } from '@pyplan/lockfile';
import { UsageError } from '../../input/input-error.ts';
import { readLockFile, readLockText } from '../../input/locked/read-lock-file.ts';
import type { Context } from '../context.ts';
import { emit } from '../output/emit.ts';
import { exitCode } from '../output/report-error.ts';
import { diskFiles } from '../process/disk-files.ts';
import { namedTargets } from '../resolving/choose-targets.ts';

/** `pyplan diff OLD NEW`: what changed between two locks. With `--exit-code` 1 where something did. */
export async function runDiff(context: Context): Promise<number> {
  const { settings } = context;
  const [before, after, third] = settings.positionals;
  if (before === undefined || after === undefined || third !== undefined) {
    throw new UsageError('diff takes two locks: the old and the new', {
      hint: 'pyplan diff OLD NEW, or pyplan diff --git REV:PATH NEW',
    });
  }
  if (before === '-' && after === '-') throw new UsageError('Only one of the two can be standard input');
  const diff = diffLocks(
    await readSide(before, context),
    await readSide(after, context),
    namedTargets(context),
  );
  await emit(context, formatDiff(diff, context));
  return settings.exitCode && diff.changes.length > 0 ? exitCode.noSolution : exitCode.done;
}

/** A file, standard input, or what a git revision has. */
async function readSide(argument: string, context: Context): Promise<LockedSet> {
  const revision = /^--git=(.*)$/s.exec(argument)?.[1];
  if (revision === undefined) return readLockFile(argument, diskFiles(context));
  const { readGitFile } = await import('../process/git-file.ts');
  return readLockText(await readGitFile(revision, context.world.cwd), revision);
}

function formatDiff(diff: LockDiff, { settings, world }: Context): string {
  const options = { now: world.now() };
  switch (settings.diffFormat) {
    case 'json':
      return diffJson(diff);
    case 'markdown':
      return diffMarkdown(diff, options);
    case 'text':
      return diffText(diff, options);
  }
}
