import type { TomlTable } from '../document/toml-write.ts';
import type { LockPart } from '../read/part-markers.ts';
import type { PartConflict } from './selections.ts';

/** Conflicts as `[tool.pyplan]` of a lock has them, in uv's form: `[[{ extra = "cpu" }, { extra = "gpu" }]]`. */
export function conflictTables(conflicts: readonly PartConflict[]): readonly (readonly TomlTable[])[] {
  return conflicts.map((conflict) =>
    conflict.flatMap((part) => (part.kind === 'base' ? [] : [{ [part.kind]: part.name }])),
  );
}

/** Reads them back; what is no conflict is passed over: a lock is complete without. */
export function readConflictTables(value: unknown): readonly PartConflict[] {
  const sets: readonly unknown[] = Array.isArray(value) ? value : [];
  return sets.flatMap((set) => {
    const members: readonly unknown[] = Array.isArray(set) ? set : [];
    const parts = members.flatMap(partOf);
    return parts.length > 1 ? [parts] : [];
  });
}

function partOf(member: unknown): readonly LockPart[] {
  const fields = new Map<string, unknown>(
    typeof member === 'object' && member !== null ? Object.entries(member) : [],
  );
  return (['extra', 'group'] as const).flatMap((kind) => {
    const name = fields.get(kind);
    return typeof name === 'string' ? [{ kind, name }] : [];
  });
}

/** Which of the extras and groups chosen a conflict forbids together, in words; null where they go together. */
export function conflictText(
  conflicts: readonly PartConflict[],
  chosen: { readonly extras: readonly string[]; readonly groups: readonly string[] },
): string | null {
  const isChosen = (part: LockPart): boolean => {
    if (part.kind === 'base') return true;
    return (part.kind === 'extra' ? chosen.extras : chosen.groups).includes(part.name);
  };
  for (const conflict of conflicts) {
    const together = conflict.filter(isChosen);
    if (together.length > 1)
      return `${together.map(partText).join(' and ')} conflict, as the project declares`;
  }
  return null;
}

/** `extra cpu`, `group dev`. */
export function partText(part: LockPart): string {
  return part.kind === 'base' ? 'the project itself' : `${part.kind} ${part.name}`;
}
