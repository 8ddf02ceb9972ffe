import type { ProjectStatus } from '@pyplan/resolver';

const ACTIVE: ProjectStatus = { kind: 'active', reason: null };

/** Reads `project-status` of a page (PEP 792). An unknown status counts as active. */
export function projectStatus(value: unknown): ProjectStatus {
  if (typeof value !== 'object' || value === null) return ACTIVE;
  const { status, reason } = value as Readonly<Record<string, unknown>>;
  switch (status) {
    case 'archived':
    case 'quarantined':
    case 'deprecated':
      return { kind: status, reason: typeof reason === 'string' ? reason : null };
    default:
      return ACTIVE;
  }
}
