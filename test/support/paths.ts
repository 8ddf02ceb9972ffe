import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, without a trailing separator. */
export const root: string = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The recorded data that lies beside the project. It is not part of a clone. */
export const shared: string = join(root, '..', 'shared');

/** Whether a part of the recorded data is there, e.g. `snapshot`. */
export function hasShared(part: string): boolean {
  return existsSync(join(shared, part));
}
