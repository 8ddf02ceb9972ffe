import { parseSpecifierSet } from '@pyplan/markers';

/**
 * Poetry's version constraint as a specifier set: `^3.8` is `>=3.8,<4`, `~3.9` is `>=3.9,<3.10`, `*` is none, `3.9.*`
 * and `3.9` are equalities (Poetry, "Dependency specification").
 *
 * Null where there is no bound, or none that a specifier set can say (`^2.7 || ^3.6`).
 */
export function poetryConstraint(text: string | null): string | null {
  const trimmed = text?.trim() ?? '*';
  if (trimmed === '' || trimmed === '*' || trimmed.includes('||') || trimmed.includes('|')) return null;
  const clauses = trimmed.split(/\s*,\s*|\s+(?=[<>=!~^])/).flatMap(clauseSpecifiers);
  try {
    parseSpecifierSet(clauses.join(','));
    return clauses.join(',') || null;
  } catch {
    return null;
  }
}

function clauseSpecifiers(clause: string): readonly string[] {
  const [, operator = '', version = ''] = /^(\^|~=|~|[<>=!]=?=?)?\s*(.*)$/.exec(clause.trim()) ?? [];
  const release = version.split('.').map((part) => Number.parseInt(part, 10));
  switch (operator) {
    case '^':
      return [`>=${version}`, `<${caretEnd(release)}`];
    case '~':
      return [`>=${version}`, `<${tildeEnd(release)}`];
    case '':
      return version === '*' ? [] : [`==${version}`];
    case '=':
      return [`==${version}`];
    default:
      return [`${operator}${version}`];
  }
}

/** The first part that is not zero may not grow; the last does not count where all are. */
function caretEnd(release: readonly number[]): string {
  const found = release.findIndex((part) => part > 0);
  const at = found === -1 ? release.length - 1 : found;
  return [...release.slice(0, at), (release[at] ?? 0) + 1].join('.');
}

/** With a minor part, that may not grow; without, the major one. */
function tildeEnd(release: readonly number[]): string {
  const at = release.length > 1 ? 1 : 0;
  return [...release.slice(0, at), (release[at] ?? 0) + 1].join('.');
}
