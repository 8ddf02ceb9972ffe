import type { LockedSource } from '../locked-set.ts';
import { withoutCredentials } from '../read/new-set.ts';

/**
 * What a path or URL of a requirements file is: a repository (`git+https://host/repo@rev#egg=name`), an archive, a
 * directory. The name is the `egg` of its fragment, else what its last part is called; null where there is none.
 */
export function sourceOfLocation(
  text: string,
  editable: boolean,
): { readonly name: string | null; readonly source: LockedSource } {
  const [before = '', fragment = ''] = text.split('#', 2);
  const asked = new URLSearchParams(fragment);
  const subdirectory = asked.get('subdirectory');
  const name = asked.get('egg')?.replace(/\[.*$/, '') ?? lastName(before);
  const vcs = /^(git|hg|svn|bzr)\+(.+)$/.exec(before);
  if (vcs !== null) {
    const [, type = 'git', rest = ''] = vcs;
    const at = /^(.+?:\/\/[^/]*\/.*)@([^@/][^@]*)$/.exec(rest);
    const [url, revision] = at === null ? [rest, null] : [at[1] ?? rest, at[2] ?? null];
    const isCommit = revision !== null && /^[0-9a-f]{40}$/.test(revision);
    return {
      name,
      source: {
        kind: 'vcs',
        type,
        location: { kind: 'url', url: withoutCredentials(url) },
        commit: isCommit ? revision : null,
        requestedRevision: isCommit ? null : revision,
        subdirectory,
      },
    };
  }
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(before);
  if (
    /\.(whl|zip|tgz|tar\.\w+)$/i.test(before.replace(/\?.*$/, '')) ||
    (isUrl && !before.startsWith('file:'))
  ) {
    const location = isUrl
      ? ({ kind: 'url', url: withoutCredentials(before) } as const)
      : ({ kind: 'path', path: before } as const);
    return { name, source: { kind: 'archive', location, subdirectory } };
  }
  const path = before.replace(/^file:\/\//, '');
  return { name, source: { kind: 'directory', path, editable, subdirectory } };
}

/** `name` of `…/name-1.0-py3-none-any.whl`, of `…/name-1.0.tar.gz`, of `…/name.git`, of a directory. */
function lastName(location: string): string | null {
  const last =
    location
      .replace(/\?.*$/, '')
      .replace(/@[^/@]*$/, '')
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  const stem = last.replace(/\.(whl|zip|tgz|tar\.\w+|git)$/i, '');
  const name = /\.(whl|zip|tgz|tar\.\w+)$/i.test(last) ? stem.replace(/-\d.*$/, '') : stem;
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) ? name : null;
}
