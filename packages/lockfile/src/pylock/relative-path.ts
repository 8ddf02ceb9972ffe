/**
 * The path from a directory to a file, both `file:` URLs: POSIX style, decoded, as `pylock.toml` has it relative to
 * itself. Null where one is no `file:` URL, or they are on different drives or hosts.
 */
export function relativePath(directory: string, file: string): string | null {
  const [from, to] = [fileUrl(directory), fileUrl(file)];
  if (from === null || to === null || from.host !== to.host) return null;
  const left = segments(from);
  const right = segments(to);
  if (/^[A-Za-z]:$/.test(right[0] ?? '') && left[0] !== right[0]) return null;
  let shared = 0;
  while (shared < left.length && shared < right.length - 1 && left[shared] === right[shared]) shared += 1;
  return [...left.slice(shared).map(() => '..'), ...right.slice(shared)].join('/');
}

function fileUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url?.protocol === 'file:' ? url : null;
}

function segments({ pathname }: URL): readonly string[] {
  return pathname
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => decodeURIComponent(segment));
}
