import type { MarkerEnvironment } from '@pyplan/markers';
import type { TagPlatform } from '@pyplan/wheel-meta';
import { InvalidTargetError } from '../errors.ts';

type Facts = Readonly<Record<string, unknown>>;

/**
 * The platform of wheel tags that an interpreter's facts amount to, by the rules of `packaging.tags`.
 *
 * @throws {InvalidTargetError}
 */
export function platformOfFacts(facts: Facts, environment: MarkerEnvironment): TagPlatform {
  const named = typeof facts['platform'] === 'string' ? facts['platform'].replace(/[-.\s]/g, '_') : '';
  switch (environment.sys_platform) {
    case 'linux':
      return linuxPlatform(facts, named);
    case 'darwin': {
      const { version, cpu } = recordOf(facts['macos']);
      return { kind: 'macos', arch: macArch(cpu, facts['bits']), version: pair(version, 'macos.version') };
    }
    case 'win32':
      return { kind: 'windows', arch: named };
    case 'ios': {
      const { version, multiarch } = recordOf(facts['ios']);
      if (typeof multiarch !== 'string') throw missing('ios.multiarch');
      return { kind: 'ios', arch: multiarch.replaceAll('-', '_'), version: pair(version, 'ios.version') };
    }
    case 'android': {
      const api = facts['android'];
      if (typeof api !== 'number') throw missing('android');
      return { kind: 'android', arch: named.replace(/^android_\d+_/, ''), version: [api, 0] };
    }
    case 'emscripten': {
      const abi = /^(\d{4})_(\d+)$/.exec(String(facts['pyodide']));
      if (abi === null) throw missing('pyodide');
      return { kind: 'pyodide', arch: 'wasm32', version: [Number(abi[1]), Number(abi[2])] };
    }
    default:
      throw new InvalidTargetError(
        `the report is of ${JSON.stringify(environment.sys_platform)}, a system that no wheels are known for`,
      );
  }
}

function linuxPlatform(facts: Facts, named: string): TagPlatform {
  const native = named.replace(/^linux_/, '');
  const narrow = facts['bits'] === 32;
  const arch = narrow && native === 'x86_64' ? 'i686' : narrow && native === 'aarch64' ? 'armv8l' : native;
  if (arch === '') throw missing('platform');
  if (facts['glibc'] != null) {
    const glibc = pair(facts['glibc'], 'glibc');
    const oldest = arch === 'x86_64' || arch === 'i686' ? 5 : 17;
    const isNew = glibc[0] > 2 || glibc[1] >= oldest;
    if (isNew && hasManylinux(arch, recordOf(facts['elf']))) {
      return { kind: 'manylinux', arch, version: glibc };
    }
  }
  if (facts['musl'] != null) return { kind: 'musllinux', arch, version: pair(facts['musl'], 'musl') };
  return { kind: 'linux', arch };
}

const sixtyFour: ReadonlySet<string> = new Set([
  'x86_64',
  'aarch64',
  'ppc64',
  'ppc64le',
  's390x',
  'loongarch64',
  'riscv64',
]);

/** On 32 bits the interpreter's own file tells: an i386 one, or ARM with hardware floats (EABI 5). */
function hasManylinux(arch: string, { bits, machine, flags }: Facts): boolean {
  switch (arch) {
    case 'i686':
      return bits === 32 && machine === 3;
    case 'armv7l':
    case 'armv8l': {
      const word = typeof flags === 'number' ? flags : 0;
      return bits === 32 && machine === 40 && word >>> 24 === 5 && (word & 0x400) !== 0;
    }
    default:
      return sixtyFour.has(arch);
  }
}

function macArch(cpu: unknown, bits: unknown): string {
  if (typeof cpu !== 'string') throw missing('macos.cpu');
  if (bits !== 32) return cpu;
  return cpu.startsWith('ppc') ? 'ppc' : 'i386';
}

function recordOf(value: unknown): Facts {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function pair(value: unknown, what: string): readonly [number, number] {
  const numbers: readonly unknown[] = Array.isArray(value) ? value : [];
  const [major, minor] = numbers;
  if (isSmall(major) && isSmall(minor)) return [major, minor];
  throw missing(what);
}

/** Levels become that many tags: what no system has is refused. */
function isSmall(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1000;
}

function missing(what: string): InvalidTargetError {
  return new InvalidTargetError(
    `a report of an interpreter needs \`interpreter.${what}\`, as \`pyplan env --json\` prints it`,
  );
}
