import type { Evidence, EvidenceSelection } from '@pyplan/resolver';
import { UsageError } from '../../input/input-error.ts';
import type { Inputs } from '../../input/read-inputs.ts';
import type { Context } from '../context.ts';

/** Makes evidence by the functions that do, given the user's lines with hashes. */
export type EvidenceMaker = (
  verbs: typeof import('../../verbs/evidence.ts'),
  hashes: Inputs['hashes'],
) => Promise<Evidence>;

/** What answers rest on, on its way to the file of `--evidence`. */
export interface EvidenceNotes {
  /** Makes the evidence of an answer; `parts`: of a selection of conflicting parts. */
  add(parts: readonly string[], make: EvidenceMaker): Promise<void>;
  /** Writes the file: of one answer its evidence, of `selections` that of each. */
  write(kind: 'answer' | 'selections'): Promise<void>;
}

/** Null where no evidence is asked for; nothing is loaded for it then. @throws UsageError */
export function evidenceNotes(context: Context, { hashes }: Inputs): EvidenceNotes | null {
  const { evidence: file } = context.settings;
  if (file === null) return null;
  if (file === '-') {
    throw new UsageError('--evidence takes a file', { hint: 'Standard output is for the lock' });
  }
  const selections: EvidenceSelection[] = [];
  return {
    async add(parts, make) {
      selections.push({ parts, answer: await make(await import('../../verbs/evidence.ts'), hashes) });
    },
    async write(kind) {
      const [first] = selections;
      if (first === undefined) throw new Error('invariant: evidence of no answer');
      const [{ formatEvidence }, { writeFileAtomically }] = await Promise.all([
        import('@pyplan/resolver'),
        import('@pyplan/lockfile'),
      ]);
      const text = formatEvidence(kind === 'answer' ? first.answer : { evidence: 1, selections });
      context.world.signal.throwIfAborted();
      const { changed } = await writeFileAtomically(context.path(file), text);
      context.say(changed ? `Wrote ${file}` : `${file} is up to date`);
    },
  };
}
