import { parseSpecifierSet, parseVersion, specifierSetContains } from '@pyplan/markers';

/** A Requires-Python as a marker: one comparison of `python_full_version` for each clause. Null where every Python will do. */
export function pythonMarker(requiresPython: string | null): string | null {
  if (requiresPython === null) return null;
  const clauses = parseSpecifierSet(requiresPython).text.split(',');
  const comparisons = clauses.map((clause) => {
    const [, operator = '', version = ''] = /^(===|[<>=!~]=|[<>])\s*(.+)$/.exec(clause.trim()) ?? [];
    return operator === '' ? '' : `python_full_version ${operator} '${version}'`;
  });
  return comparisons.filter((text) => text !== '').join(' and ') || null;
}

/**
 * Environments whose Python is no pre-release, as a marker: uv reads `python_full_version >= '3.13'` so that 3.13.0b1
 * meets it, where a marker by the book has it not. Between the two lies only what no released Python sees.
 *
 * Pythons from 3.6 to 3.19 that `requiresPython` allows are told of; null where it allows none of them.
 */
export function finalPythonMarker(requiresPython: string | null): string | null {
  const allowed = parseSpecifierSet(requiresPython ?? '');
  const minors = Array.from({ length: 14 }, (_, index) => `3.${index + 6}`).filter((minor) =>
    [`${minor}.0`, `${minor}.99`].some((version) => specifierSetContains(allowed, parseVersion(version))),
  );
  const clauses = minors.map(
    (minor) => `(python_version != '${minor}' or python_full_version >= '${minor}')`,
  );
  return clauses.join(' and ') || null;
}
