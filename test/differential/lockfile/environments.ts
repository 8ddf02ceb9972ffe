import type { MarkerEnvironment } from '@pyplan/markers';
import { type TagPlatform, type TagSet, tagStrings, tagsFor } from '@pyplan/wheel-meta';

/** An environment to select for: what markers see, and which wheels fit. */
export interface RandomEnvironment {
  readonly environment: MarkerEnvironment;
  readonly tags: TagSet;
  readonly tagTexts: readonly string[];
}

const pythons = [
  '3.9.21',
  '3.10.0',
  '3.10.16',
  '3.11.0',
  '3.11.7',
  '3.12.0',
  '3.12.9',
  '3.13.1',
  '3.14.0',
  '3.15.0b1',
];

const platforms: readonly { readonly variables: Partial<MarkerEnvironment>; readonly tags: TagPlatform }[] = [
  ...['x86_64', 'aarch64'].flatMap((arch) =>
    (['manylinux', 'musllinux'] as const).map((kind) => ({
      variables: {
        os_name: 'posix',
        sys_platform: 'linux',
        platform_system: 'Linux',
        platform_machine: arch,
      },
      tags: { kind, arch, version: kind === 'manylinux' ? ([2, 31] as const) : ([1, 2] as const) },
    })),
  ),
  ...['x86_64', 'arm64'].map((arch) => ({
    variables: {
      os_name: 'posix',
      sys_platform: 'darwin',
      platform_system: 'Darwin',
      platform_machine: arch,
    },
    tags: { kind: 'macos' as const, arch, version: [14, 0] as const },
  })),
  ...[
    ['AMD64', 'amd64'],
    ['ARM64', 'arm64'],
  ].map(([machine = '', arch = '']) => ({
    variables: {
      os_name: 'nt',
      sys_platform: 'win32',
      platform_system: 'Windows',
      platform_machine: machine,
    },
    tags: { kind: 'windows' as const, arch },
  })),
];

/** A Python on a platform; now and then PyPy, or without the global interpreter lock. */
export function randomEnvironment(random: () => number): RandomEnvironment {
  const full = pick(random, pythons);
  const [major = '', minor = ''] = full.split('.');
  const python = `${major}.${minor}`;
  const { variables, tags: platform } = pick(random, platforms);
  const isPypy = random() < 0.1 && ['3.9', '3.10', '3.11'].includes(python);
  const freeThreaded = !isPypy && random() < 0.15 && ['3.13', '3.14'].includes(python);
  const implementation = isPypy ? 'pypy' : 'cpython';
  const environment: MarkerEnvironment = {
    os_name: '',
    sys_platform: '',
    platform_system: '',
    platform_machine: '',
    ...variables,
    implementation_name: implementation,
    implementation_version: isPypy ? '7.3.19' : full,
    platform_python_implementation: isPypy ? 'PyPy' : 'CPython',
    platform_release: '6.1.0',
    platform_version: '#1 SMP',
    python_full_version: full,
    python_version: python,
  };
  const tags = tagsFor({ implementation, python, freeThreaded, platform });
  return { environment, tags, tagTexts: tagStrings(tags) };
}

/** One of the list. */
export function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}
