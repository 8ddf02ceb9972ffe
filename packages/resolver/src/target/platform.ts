import type { TagPlatform } from '@pyplan/wheel-meta';
import { InvalidTargetError } from '../errors.ts';
import { tripleOf } from './platform-spellings.ts';

/** The platform's half of a target: what markers see, and which wheels fit. */
export interface Platform {
  readonly os: 'posix' | 'nt';
  /** `sys_platform` */
  readonly sys: string;
  /** `platform_system` */
  readonly system: string;
  /** `platform_machine` */
  readonly machine: string;
  /** `platform_release` */
  readonly release: string;
  /** `platform_version` */
  readonly version: string;
  readonly tags: TagPlatform;
}

const pyodides: ReadonlyMap<string, string> = new Map([
  ['2024', '3.1.58'],
  ['2025', '4.0.9'],
  ['2026', '5.0.3'],
]);

/** Names of platforms, for hints where one is misspelt. */
export const platformNames: readonly string[] = [
  'linux',
  'macos',
  'windows',
  ...['linux-aarch64', 'macos-x86_64', 'windows-arm64'],
  ...['x86_64', 'aarch64'].flatMap((arch) => [
    `${arch}-unknown-linux-gnu`,
    `${arch}-unknown-linux-musl`,
    `${arch}-manylinux2014`,
    `${arch}-manylinux_2_28`,
    `${arch}-musllinux_1_2`,
    `${arch}-apple-darwin`,
    `${arch}-pc-windows-msvc`,
    `${arch}-linux-android`,
  ]),
  'i686-pc-windows-msvc',
  'riscv64-unknown-linux',
  'arm64-apple-ios',
  'arm64-apple-ios-simulator',
  'x86_64-apple-ios-simulator',
  ...[...pyodides.keys()].map((year) => `wasm32-pyodide${year}`),
];

/**
 * A platform by name: `linux`, `macos`, `windows`; a triple as uv's `--python-platform` takes it
 * (`aarch64-unknown-linux-musl`, `x86_64-manylinux_2_28`, `arm64-apple-ios`, `wasm32-pyodide2025`); a platform tag
 * of wheels as pip's `--platform` takes it (`manylinux_2_28_x86_64`, `macosx_14_0_arm64`, `win_arm64`); or a system
 * with an architecture or a macOS level (`linux-arm64`, `macos-14`).
 *
 * A triple for macOS, iOS or Android may end in the oldest release to run on: `aarch64-apple-darwin14.0` (by default
 * 13.0), `arm64-apple-ios15.0` (13.0), `aarch64-linux-android21` (24).
 *
 * @throws {InvalidTargetError}
 */
export function platformNamed(name: string): Platform {
  const triple = tripleOf(name);
  const platform =
    linuxPlatform(triple) ?? applePlatform(triple) ?? windowsPlatform(triple) ?? otherPlatform(triple);
  if (platform === null) {
    throw new InvalidTargetError(
      `unknown platform "${name}": expected linux, macos, windows, or a triple such as ` +
        'aarch64-unknown-linux-gnu, x86_64-manylinux_2_28, x86_64-apple-darwin or aarch64-pc-windows-msvc',
      { given: name, known: platformNames },
    );
  }
  return platform;
}

function linuxPlatform(triple: string): Platform | null {
  const match =
    /^(x86_64|aarch64|armv7|i686|ppc64le|s390x|riscv64|loongarch64)-(?:(?:unknown-)?linux(?:-(gnu|musl|any))?|manylinux(?:(1|2010|2014)|_2_(\d{1,3}))|musllinux_1_(\d{1,3}))$/.exec(
      triple,
    );
  if (match === null) return null;
  const [, arch = '', libc, legacy, glibc, musl] = match;
  const machine = arch === 'armv7' ? 'armv7l' : arch;
  const system = posix('linux', 'Linux', machine);
  if (libc === 'any') return { ...system, tags: { kind: 'linux', arch: machine } };
  const tags: TagPlatform =
    libc === 'musl' || musl !== undefined
      ? { kind: 'musllinux', arch: machine, version: [1, Number(musl ?? 2)] }
      : { kind: 'manylinux', arch: machine, version: [2, glibcOf(arch, legacy, glibc)] };
  return { ...system, tags };
}

/** The glibc of the names that manylinux had before PEP 600. */
const legacyGlibc: Readonly<Record<string, number>> = { 1: 5, 2010: 12, 2014: 17 };

function glibcOf(arch: string, legacy: string | undefined, glibc: string | undefined): number {
  if (legacy !== undefined) return legacyGlibc[legacy] ?? 17;
  if (glibc !== undefined) return Number(glibc);
  return arch === 'riscv64' ? 39 : arch === 'loongarch64' ? 36 : 28;
}

function applePlatform(triple: string): Platform | null {
  const mac = /^(x86_64|aarch64|arm64)-apple-(?:darwin|macos)(?:(\d{2})(?:\.(\d{1,2}))?)?$/.exec(triple);
  if (mac !== null) {
    const arch = mac[1] === 'x86_64' ? 'x86_64' : 'arm64';
    const version = [Number(mac[2] ?? 13), Number(mac[3] ?? 0)] as const;
    return { ...posix('darwin', 'Darwin', arch), tags: { kind: 'macos', arch, version } };
  }
  const ios =
    /^(arm64|x86_64(?=-apple-ios-simulator))-apple-ios(-simulator)?(?:(\d{2})(?:\.(\d{1,2}))?)?$/.exec(
      triple,
    );
  if (ios === null) return null;
  const [, arch = '', simulator, major = '13', minor = '0'] = ios;
  const multiarch = `${arch}_${simulator === undefined ? 'iphoneos' : 'iphonesimulator'}`;
  return {
    ...posix('ios', 'iOS', arch),
    tags: { kind: 'ios', arch: multiarch, version: [Number(major), Number(minor)] },
  };
}

function windowsPlatform(triple: string): Platform | null {
  const match = /^(x86_64|aarch64|arm64|i686)-pc-windows-msvc$/.exec(triple);
  if (match === null) return null;
  const [machine, arch] =
    match[1] === 'x86_64'
      ? (['AMD64', 'win_amd64'] as const)
      : match[1] === 'i686'
        ? (['x86', 'win32'] as const)
        : (['ARM64', 'win_arm64'] as const);
  return {
    os: 'nt',
    sys: 'win32',
    system: 'Windows',
    machine,
    release: '',
    version: '',
    tags: { kind: 'windows', arch },
  };
}

function otherPlatform(triple: string): Platform | null {
  const android = /^(x86_64|aarch64)-linux-android(\d{2})?$/.exec(triple);
  if (android !== null) {
    const [, arch = '', level = '24'] = android;
    const abi = arch === 'aarch64' ? 'arm64_v8a' : arch;
    const tags: TagPlatform = { kind: 'android', arch: abi, version: [Number(level), 0] };
    return { ...posix('android', 'Android', arch), tags };
  }
  const pyodide = /^wasm32-pyodide(\d{4})$/.exec(triple);
  const emscripten = pyodides.get(pyodide?.[1] ?? '');
  if (pyodide === null || emscripten === undefined) return null;
  return {
    ...posix('emscripten', 'Emscripten', 'wasm32'),
    release: emscripten,
    version: '#1',
    tags: { kind: 'pyodide', arch: 'wasm32', version: [Number(pyodide[1]), 0] },
  };
}

function posix(sys: string, system: string, machine: string): Omit<Platform, 'tags'> {
  return { os: 'posix', sys, system, machine, release: '', version: '' };
}
