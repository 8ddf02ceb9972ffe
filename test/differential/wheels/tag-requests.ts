import type { TagPlatform, TagTarget } from '@pyplan/wheel-meta';

/** A target, and what to ask `packaging` for the same tags. */
export interface TagRequest {
  readonly target: TagTarget;
  readonly request: Readonly<Record<string, unknown>>;
}

const platforms: readonly TagPlatform[] = [
  ...[
    'x86_64',
    'i686',
    'aarch64',
    'armv7l',
    'armv8l',
    'ppc64',
    'ppc64le',
    's390x',
    'riscv64',
    'loongarch64',
  ].flatMap((arch) => [
    { kind: 'manylinux' as const, arch, version: [2, 17] as const },
    { kind: 'manylinux' as const, arch, version: [2, 42] as const },
    { kind: 'musllinux' as const, arch, version: [1, 2] as const },
  ]),
  { kind: 'manylinux', arch: 'x86_64', version: [3, 2] },
  { kind: 'manylinux', arch: 'aarch64', version: [2, 5] },
  ...[
    [10, 3],
    [10, 6],
    [10, 15],
    [11, 0],
    [14, 5],
    [26, 1],
  ].flatMap(([major = 0, minor = 0]) =>
    ['x86_64', 'arm64', 'i386', 'ppc', 'ppc64', 'intel'].map((arch) => ({
      kind: 'macos' as const,
      arch,
      version: [major, minor] as const,
    })),
  ),
  { kind: 'ios', arch: 'arm64-iphoneos', version: [17, 2] },
  { kind: 'ios', arch: 'x86_64_iphonesimulator', version: [12, 0] },
  { kind: 'ios', arch: 'arm64_iphoneos', version: [11, 4] },
  { kind: 'android', arch: 'arm64-v8a', version: [33, 0] },
  { kind: 'android', arch: 'x86_64', version: [15, 0] },
  { kind: 'windows', arch: 'win32' },
  { kind: 'windows', arch: 'win_arm64' },
];

/** ABIs as `packaging` has them from the interpreter itself. */
const interpreters: readonly (readonly [Partial<TagTarget>, string, readonly string[], string | null])[] = [
  [{ python: '3.8' }, 'cp38', ['cp38'], 'cp38'],
  [{ python: '3.12' }, 'cp312', ['cp312'], 'cp312'],
  [{ python: '3.12', debug: true }, 'cp312', ['cp312d', 'cp312'], 'cp312'],
  [{ python: '3.14', freeThreaded: true }, 'cp314', ['cp314t'], 'cp314'],
  [{ python: '3.15', freeThreaded: true, debug: true }, 'cp315', ['cp315td', 'cp315t'], 'cp315'],
  [{ python: '3.7' }, 'cp37', ['cp37m'], 'cp37'],
  [{ implementation: 'pypy', python: '3.11' }, 'pp311', ['pypy311_pp73'], 'pp311'],
  [{ implementation: 'graalpy', python: '3.12' }, 'graalpy312', ['graalpy250_312_native'], null],
];

/** Every interpreter on every platform. */
export function tagRequests(): readonly TagRequest[] {
  return platforms.flatMap((platform) =>
    interpreters.map(([rest, interpreter, abis, compatible]) => {
      const target: TagTarget = {
        implementation: 'cpython',
        python: '3.12',
        freeThreaded: false,
        ...rest,
        platform,
      };
      const [, major = 3, minor = 0] = /^(\d)\.(\d+)$/.exec(target.python) ?? [];
      const version = [Number(major), Number(minor)];
      return { target, request: { kind: 'tags', interpreter, version, abis, compatible, platform } };
    }),
  );
}
