import { resolve } from 'node:path';
import type { ReportedTarget } from '@pyplan/resolver';
import { InputError, UsageError } from '../../input/input-error.ts';
import { standardInput } from '../../input/input-files.ts';
import { readInterpreterReport } from '../../input/locked/interpreter-report.ts';
import type { Settings } from '../arguments/settings.ts';
import { diskFiles } from '../process/disk-files.ts';
import type { World } from '../process/world.ts';

/**
 * The targets that `--env` names by their interpreters' reports.
 *
 * @throws InputError for a file that is no report.
 */
export async function readReportedTargets(
  settings: Settings,
  world: World,
): Promise<readonly ReportedTarget[]> {
  const { environments, positionals, installed, universal } = settings;
  if (universal) {
    throw new UsageError('--universal locks for every target, and --env names one', {
      hint: 'Give one of them',
    });
  }
  const files = diskFiles({ path: (shown) => resolve(world.cwd, shown), world });
  const stdins = [...environments, ...positionals, installed].filter((argument) => argument === '-');
  if (stdins.length > 1) throw new InputError('Standard input is asked for twice');
  return Promise.all(
    environments.map(async (path) =>
      path === '-'
        ? readInterpreterReport(await world.readStdin(), standardInput)
        : readInterpreterReport(new TextDecoder().decode(files.read(path)), path),
    ),
  );
}
