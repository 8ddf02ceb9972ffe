import { normalizeName } from '@pyplan/markers';
import type { Note, PlannedPackage } from '../resolution.ts';
import type { TargetWorld } from '../world/target-world.ts';

/** What is worth telling of a planned package: extras it lacks, a yank, its status, mended metadata. */
export function notesOn(planned: PlannedPackage, world: TargetWorld, rank: number): readonly Note[] {
  const { name, version } = planned;
  const notes: Note[] = [];
  const tell = (kind: Note['kind'], text: string): void => {
    notes.push({ kind, package: name, text });
  };
  const metadata = world.metadataOf(name, rank);
  if (metadata.kind === 'known') {
    const provided = new Set(metadata.facts.metadata.providesExtra.map(normalizeName));
    for (const extra of planned.extras) {
      if (!provided.has(extra)) tell('unknown-extra', `${name} ${version} has no extra named "${extra}"`);
    }
    for (const { text, repairs } of metadata.facts.requirements) {
      if (repairs.length > 0) {
        tell(
          'repaired-metadata',
          `${name} ${version}: \`${text}\` was read with repairs: ${repairs.join(', ')}`,
        );
      }
    }
  }
  const { yanked } = planned.file;
  if (yanked !== null) {
    tell('yanked', `${name} ${version} was yanked${yanked === '' ? '' : `: ${yanked}`}`);
  }
  const status = world.page(name)?.page.status;
  if (status !== undefined && (status.kind === 'archived' || status.kind === 'deprecated')) {
    tell(status.kind, `${name} is ${status.kind}${status.reason === null ? '' : `: ${status.reason}`}`);
  }
  return notes;
}

/** Each note once, in the order in which they first came. */
export function distinctNotes(notes: readonly Note[]): readonly Note[] {
  return [...new Map(notes.map((note) => [`${note.kind} ${note.text}`, note])).values()];
}
