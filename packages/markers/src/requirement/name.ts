/**
 * The name as it is looked up and compared: lower case, each run of `-`, `_` and `.` one `-`
 * (PEP 503, "Normalized Names"; PEP 685 for extras).
 */
export function normalizeName(name: string): string {
  return isNormalName(name) ? name : name.toLowerCase().replace(/[-_.]+/g, '-');
}

function isNormalName(name: string): boolean {
  let before = 0;
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    const plain = (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code === 45 && before !== 45);
    if (!plain) return false;
    before = code;
  }
  return true;
}
