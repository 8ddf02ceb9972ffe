import { normalizeName } from '@pyplan/markers';
import type { MetadataFacts } from '../facts/facts.ts';
import type { ProjectStatus } from '../package-source.ts';
import type { Note, PlannedPackage } from '../resolution.ts';

/** What is worth telling of a planned package: extras it lacks, a yank, its status, mended metadata. */
export function notesOn(
  { name, version, extras, file }: Omit<PlannedPackage, 'demands'>,
  { metadata, requirements }: MetadataFacts & { kind: 'metadata' },
  status: ProjectStatus,
): readonly Note[] {
  const notes: Note[] = [];
  const tell = (kind: Note['kind'], text: string): void => {
    notes.push({ kind, package: name, text });
  };
  const provided = new Set(metadata.providesExtra.map(normalizeName));
  for (const extra of extras) {
    if (!provided.has(extra)) tell('unknown-extra', `${name} ${version} has no extra named "${extra}"`);
  }
  for (const { text, repairs } of requirements) {
    if (repairs.length > 0) {
      tell(
        'repaired-metadata',
        `${name} ${version}: \`${text}\` was read with repairs: ${repairs.join(', ')}`,
      );
    }
  }
  const { yanked } = file;
  if (yanked !== null) {
    tell('yanked', `${name} ${version} was yanked${yanked === '' ? '' : `: ${yanked}`}`);
  }
  if (status.kind === 'archived' || status.kind === 'deprecated') {
    tell(status.kind, `${name} is ${status.kind}${status.reason === null ? '' : `: ${status.reason}`}`);
  }
  return notes;
}

/** Each note once, in the order in which they first came. */
export function distinctNotes(notes: readonly Note[]): readonly Note[] {
  return [...new Map(notes.map((note) => [`${note.kind} ${note.text}`, note])).values()];
}
