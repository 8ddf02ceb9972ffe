import type { Evidence } from '@pyplan/resolver';
import { UsageError } from '../../input/input-error.ts';
import type { Inputs } from '../../input/read-inputs.ts';
import type { Context } from '../context.ts';

/** Makes evidence by the functions that do, given the user's lines with hashes. */
type Maker = (verbs: typeof import('../../verbs/evidence.ts'), hashes: Inputs['hashes']) => Promise<Evidence>;

/** Writes what an answer rests on to the file of `--evidence`, if there is one; nothing is loaded for it else. */
export async function writeEvidence(context: Context, { hashes }: Inputs, make: Maker): Promise<void> {
  const { evidence: file } = context.settings;
  if (file === null) return;
  if (file === '-') {
    throw new UsageError('--evidence takes a file', { hint: 'Standard output is for the lock' });
  }
  const [{ formatEvidence }, { writeFileAtomically }, verbs] = await Promise.all([
    import('@pyplan/resolver'),
    import('@pyplan/lockfile'),
    import('../../verbs/evidence.ts'),
  ]);
  const text = formatEvidence(await make(verbs, hashes));
  context.world.signal.throwIfAborted();
  const { changed } = await writeFileAtomically(context.path(file), text);
  context.say(changed ? `Wrote ${file}` : `${file} is up to date`);
}
