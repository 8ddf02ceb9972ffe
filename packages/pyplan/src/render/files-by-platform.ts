import { tryParseDistributionFilename } from '@pyplan/wheel-meta';

/** The files of a release for one kind of platform. */
export interface PlatformFiles {
  /** `any`, `linux`, `macos`, `windows`, what else a tag says, or `sdist`. */
  readonly platform: string;
  /** Interpreters of their wheels (`cp312`, `py3`), each once, as the index lists them. */
  readonly interpreters: readonly string[];
  readonly files: number;
}

/** Groups the files of a release by the platform that they are for, the widest first. */
export function filesByPlatform(project: string, filenames: readonly string[]): readonly PlatformFiles[] {
  const found = new Map<string, { interpreters: Set<string>; files: number }>();
  for (const filename of filenames) {
    const parsed = tryParseDistributionFilename(filename, project);
    if (parsed.kind === 'other') continue;
    const isWheel = parsed.kind === 'wheel';
    const [python = '', , platforms = ''] = isWheel
      ? filename
          .replace(/\.whl$/, '')
          .split('-')
          .slice(-3)
      : [];
    for (const platform of new Set(isWheel ? platforms.split('.').map(platformOf) : ['sdist'])) {
      const entry = found.get(platform) ?? { interpreters: new Set<string>(), files: 0 };
      found.set(platform, entry);
      for (const each of isWheel ? python.split('.') : []) entry.interpreters.add(each);
      entry.files++;
    }
  }
  const order = ['any', 'linux', 'macos', 'windows'];
  const place = (platform: string): number =>
    order.includes(platform) ? order.indexOf(platform) : order.length;
  return [...found]
    .map(([platform, { interpreters, files }]) => ({ platform, interpreters: [...interpreters], files }))
    .sort((a, b) => place(a.platform) - place(b.platform));
}

function platformOf(tag: string): string {
  if (/^(manylinux|musllinux|linux)/.test(tag)) return 'linux';
  if (tag.startsWith('macosx')) return 'macos';
  if (tag.startsWith('win')) return 'windows';
  return tag.replace(/_.*$/, '');
}
