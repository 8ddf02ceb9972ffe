import { diffJson, diffLocks, diffMarkdown, diffText } from '@pyplan/lockfile';
import { UsageError } from '../../input/input-error.ts';
import { readLockFile } from '../../input/locked/read-lock-file.ts';
import type { Context } from '../context.ts';
import { emit } from '../output/emit.ts';
import { exitCode } from '../output/report-error.ts';
import { diskFiles } from '../process/disk-files.ts';
import { namedTargets } from '../resolving/choose-targets.ts';

/** `pyplan diff OLD NEW`: what changed between two locks. With `--exit-code` 1 where something did. */
export async function runDiff(context: Context): Promise<number> {
  const { settings, world } = context;
  const [before, after, third] = settings.positionals;
  if (before === undefined || after === undefined || third !== undefined) {
    throw new UsageError('diff takes two locks: the old and the new', { hint: 'pyplan diff OLD NEW' });
  }
  if (before === '-' && after === '-') throw new UsageError('Only one of the two can be standard input');
  const files = diskFiles(context);
  const diff = diffLocks(
    await readLockFile(before, files),
    await readLockFile(after, files),
    namedTargets(context),
  );
  const options = { now: world.now() };
  const text = settings.json
    ? diffJson(diff)
    : settings.markdown
      ? diffMarkdown(diff, options)
      : diffText(diff, options);
  await emit(context, text);
  return settings.exitCode && diff.changes.length > 0 ? exitCode.noSolution : exitCode.done;
}
