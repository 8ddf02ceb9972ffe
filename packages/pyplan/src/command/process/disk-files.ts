import { readFileSync, statSync } from 'node:fs';
import { InputError } from '../../input/input-error.ts';
import type { InputFiles } from '../../input/input-files.ts';
import { systemReason } from '../../render/system-reason.ts';
import type { Context } from '../context.ts';

/** The user's files on disk, relative to the working directory of the command. */
export function diskFiles(context: Pick<Context, 'path' | 'world'>): InputFiles {
  return {
    kindOf(path) {
      try {
        const stats = statSync(context.path(path), { throwIfNoEntry: false });
        if (stats === undefined) return 'absent';
        return stats.isDirectory() ? 'directory' : 'file';
      } catch {
        // Something that may not be looked at: reading it says why.
        return 'file';
      }
    },
    read(path) {
      try {
        return readFileSync(context.path(path));
      } catch (error) {
        throw new InputError(`Can't read ${path}: ${systemReason(error)}`, {
          cause: error,
          hint: 'Expected a file that can be read',
        });
      }
    },
    readStdin: () => context.world.readStdin(),
    variables: context.world.env,
  };
}
