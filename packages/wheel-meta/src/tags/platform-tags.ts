import { iosPlatforms, macosPlatforms } from './apple-platforms.ts';
import { linuxPlatforms, manylinuxPlatforms, musllinuxPlatforms } from './linux-platforms.ts';
import { InvalidTagTargetError, type TagPlatform } from './tag-target.ts';

/** The oldest Android API level that CPython runs on without major patching (PEP 738). */
const firstAndroidApi = 16;

/** The Emscripten that each Pyodide ABI was built with (Pyodide, "Platform tags and compatibility"). */
const emscriptenOfPyodide: ReadonlyMap<string, string> = new Map([
  ['2024_0', '3_1_58'],
  ['2025_0', '4_0_9'],
  ['2026_0', '5_0_3'],
]);

/**
 * The platform tags that a platform takes, best first, `any` left out (Platform compatibility tags).
 *
 * @throws InvalidTagTargetError where the platform's kind needs a version and has none.
 */
export function platformTags(platform: TagPlatform): readonly string[] {
  switch (platform.kind) {
    case 'manylinux':
      return manylinuxPlatforms(platform);
    case 'musllinux':
      return musllinuxPlatforms(platform);
    case 'linux':
      return linuxPlatforms(platform);
    case 'macos':
      return macosPlatforms(platform);
    case 'windows':
      return [windowsPlatform(platform.arch)];
    case 'ios':
      return iosPlatforms(platform);
    case 'android':
      return androidPlatforms(platform);
    case 'pyodide':
      return pyodidePlatforms(platform);
    case 'emscripten':
    case 'wasi':
      return [versioned(platform)];
    case 'any':
      return [];
  }
}

function windowsPlatform(arch: string): string {
  if (arch.startsWith('win')) return arch;
  return arch === 'x86' || arch === 'i686' ? 'win32' : `win_${arch === 'x86_64' ? 'amd64' : arch}`;
}

function androidPlatforms(platform: TagPlatform): readonly string[] {
  const [api] = requireVersion(platform);
  const abi = platform.arch.replace(/[-. ]/g, '_');
  const tags: string[] = [];
  for (let level = api; level >= firstAndroidApi; level--) tags.push(`android_${level}_${abi}`);
  return tags;
}

/** PEP 783's tag, the two names that came before it, for the same ABI. */
function pyodidePlatforms(platform: TagPlatform): readonly string[] {
  const [year, patch] = requireVersion(platform);
  const abi = `${year}_${patch}`;
  const tags = [`pyemscripten_${abi}_${platform.arch}`, `pyodide_${abi}_${platform.arch}`];
  const emscripten = emscriptenOfPyodide.get(abi);
  if (emscripten !== undefined) tags.push(`emscripten_${emscripten}_${platform.arch}`);
  return tags;
}

/** What `sysconfig.get_platform()` says there: three numbers, the last one 0 as far as is known. */
function versioned(platform: TagPlatform): string {
  const [major, minor] = platform.kind === 'wasi' ? (platform.version ?? [0, 0]) : requireVersion(platform);
  return `${platform.kind}_${major}_${minor}_0_${platform.arch}`;
}

function requireVersion(platform: TagPlatform): readonly [number, number] {
  if (platform.version === undefined) {
    throw new InvalidTagTargetError(`a platform of kind "${platform.kind}" needs a version`);
  }
  return platform.version;
}
