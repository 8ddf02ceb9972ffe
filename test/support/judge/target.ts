import type { MarkerEnvironment } from '@pyplan/markers';
import { type TagSet, type TagTarget, tagsFor } from '@pyplan/wheel-meta';

/** A target as the judges see it, built from tables of their own and not from the resolver's. */
export interface JudgeTarget {
  /** All three places: `3.12.0`. */
  readonly fullVersion: string;
  readonly environment: MarkerEnvironment;
  readonly tags: TagSet;
}

interface Platform {
  readonly os: 'posix' | 'nt';
  readonly sys: string;
  readonly system: string;
  readonly machine: string;
  readonly tags: TagTarget['platform'];
}

const linux = (machine: string, glibc: readonly [number, number]): Platform => ({
  os: 'posix',
  sys: 'linux',
  system: 'Linux',
  machine,
  tags: { kind: 'manylinux', arch: machine, version: glibc },
});
const macos = (machine: string, version: readonly [number, number]): Platform => ({
  os: 'posix',
  sys: 'darwin',
  system: 'Darwin',
  machine,
  tags: { kind: 'macos', arch: machine, version },
});
const windows = (machine: string, arch: string): Platform => ({
  os: 'nt',
  sys: 'win32',
  system: 'Windows',
  machine,
  tags: { kind: 'windows', arch },
});

/** What uv 0.13 takes `--python-platform` to mean. */
const platforms: Readonly<Record<string, Platform>> = {
  linux: linux('x86_64', [2, 28]),
  macos: macos('arm64', [13, 0]),
  'aarch64-apple-darwin': macos('arm64', [13, 0]),
  'x86_64-apple-darwin': macos('x86_64', [13, 0]),
  windows: windows('AMD64', 'win_amd64'),
  'x86_64-pc-windows-msvc': windows('AMD64', 'win_amd64'),
  'aarch64-pc-windows-msvc': windows('ARM64', 'win_arm64'),
  'i686-pc-windows-msvc': windows('x86', 'win32'),
};

function platformNamed(name: string): Platform {
  const named = platforms[name];
  if (named !== undefined) return named;
  const [, arch, gnu, glibc, musl] = linuxPlatform.exec(name) ?? [];
  if (arch === undefined) throw new Error(`the judge knows no platform ${name}`);
  const machine = arch === 'armv7' ? 'armv7l' : arch;
  if (gnu !== undefined) return linux(machine, [2, arch === 'riscv64' ? 39 : 28]);
  if (glibc !== undefined) return linux(machine, [2, glibc === '2014' ? 17 : Number(glibc)]);
  return {
    ...linux(machine, [0, 0]),
    tags: { kind: 'musllinux', arch: machine, version: [1, Number(musl ?? 2)] },
  };
}

const linuxPlatform =
  /^(x86_64|aarch64|armv7|i686|ppc64le|s390x|riscv64)-(?:(unknown-linux-gnu)|manylinux(?:_2_)?(\d+)|unknown-linux-musl|musllinux_1_(\d+))$/;

/** CPython `python` (`3.12` means 3.12.0) on `platform`. */
export function judgeTarget(python: string, platform: string): JudgeTarget {
  const { os, sys, system, machine, tags } = platformNamed(platform);
  const [major = '3', minor = '0', patch = '0'] = python.split('.');
  const fullVersion = `${major}.${minor}.${patch}`;
  return {
    fullVersion,
    environment: {
      implementation_name: 'cpython',
      implementation_version: fullVersion,
      os_name: os,
      platform_machine: machine,
      platform_python_implementation: 'CPython',
      platform_release: '',
      platform_system: system,
      platform_version: '',
      python_full_version: fullVersion,
      python_version: `${major}.${minor}`,
      sys_platform: sys,
    },
    tags: tagsFor({
      implementation: 'cpython',
      python: `${major}.${minor}`,
      freeThreaded: false,
      platform: tags,
    }),
  };
}
