/**
 * The name as it is looked up and compared: lower case, each run of `-`, `_` and `.` one `-`
 * (PEP 503, "Normalized Names"; PEP 685 for extras).
 */
export function normalizeName(name: string): string {
  const isNormal = !/[^a-z\d-]|--/.test(name);
  return isNormal ? name : name.toLowerCase().replace(/[-_.]+/g, '-');
}
