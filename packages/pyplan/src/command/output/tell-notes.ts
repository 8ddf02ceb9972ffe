import type { Note } from '@pyplan/resolver';
import type { Context } from '../context.ts';

const warned: ReadonlySet<Note['kind']> = new Set([
  'unknown-extra',
  'yanked',
  'archived',
  'deprecated',
  'metadata-differs',
]);

/** Tells what was assumed, what is worth a warning, and with -v what was repaired. */
export function tellNotes(context: Context, notes: readonly Note[]): void {
  const assumed = notes.filter((note) => note.kind === 'assumed');
  if (assumed.length > 0) {
    context.say(context.style.dim(`Assumed ${assumed.map((note) => note.text).join('; ')}`));
  }
  for (const note of notes) {
    if (warned.has(note.kind)) context.warn(note.text);
    else if (note.kind === 'repaired-metadata') context.detail(note.text);
  }
}
