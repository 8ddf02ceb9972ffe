import { InvalidTagTargetError, type TagPlatform } from './tag-target.ts';

/** The last 10.x that any macOS is taken to be compatible with: 11 called itself 10.16 at first. */
const lastMacos10 = 16;
/** Before 10.4 there were no binaries for Intel. */
const firstIntelMacos10 = 4;

/**
 * `macosx_<major>_<minor>_<format>` from the given version down (Platform compatibility tags, "macOS").
 *
 * Up to 10.x each minor version counts; from 11 on each major one, as `<major>_0`. An x86_64 machine
 * of 11 or later takes what was built for 10.4 to 10.16; an arm64 one takes the `universal2` among it.
 */
export function macosPlatforms(platform: TagPlatform): readonly string[] {
  const [major, minor] = appleVersion(platform, 'macOS');
  const { arch } = platform;
  const tags: string[] = [];
  const add = (x: number, y: number): void => {
    for (const format of binaryFormats(x, y, arch)) tags.push(`macosx_${x}_${y}_${format}`);
  };
  if (major === 10) {
    for (let y = minor; y >= 0; y--) add(10, y);
    return tags;
  }
  if (major < 11) return tags;
  for (let x = major; x > 10; x--) add(x, 0);
  for (let y = lastMacos10; y >= firstIntelMacos10; y--) {
    if (arch === 'x86_64') add(10, y);
    else tags.push(`macosx_10_${y}_universal2`);
  }
  return tags;
}

/** The formats of binary that run on `arch` under macOS `x.y`, the thin one first. */
function binaryFormats(x: number, y: number, arch: string): readonly string[] {
  const before = (minor: number): boolean => x < 10 || (x === 10 && y < minor);
  const after = (minor: number): boolean => x > 10 || (x === 10 && y > minor);
  switch (arch) {
    case 'x86_64':
      if (before(firstIntelMacos10)) return [];
      return ['x86_64', 'intel', 'fat64', 'fat3', 'universal2', 'universal'];
    case 'i386':
      if (before(firstIntelMacos10)) return [];
      return ['i386', 'intel', 'fat3', 'fat', 'universal'];
    case 'ppc64':
      if (after(5) || before(4)) return [];
      return ['ppc64', 'fat64', 'universal'];
    case 'ppc':
      if (after(6)) return [];
      return ['ppc', 'fat3', 'fat', 'universal'];
    case 'arm64':
      return ['arm64', 'universal2'];
    case 'intel':
      return ['intel', 'universal'];
    default:
      return [arch];
  }
}

/**
 * `ios_<major>_<minor>_<multiarch>` from the given version down to 12.0 (PEP 730). Of older major
 * versions every minor up to 9 counts, which is more than there have been.
 */
export function iosPlatforms(platform: TagPlatform): readonly string[] {
  const [major, minor] = appleVersion(platform, 'iOS');
  const multiarch = platform.arch.replaceAll('-', '_');
  const tags: string[] = [];
  for (let x = major; x >= 12; x--) {
    for (let y = x === major ? minor : 9; y >= 0; y--) tags.push(`ios_${x}_${y}_${multiarch}`);
  }
  return tags;
}

function appleVersion(platform: TagPlatform, system: string): readonly [number, number] {
  if (platform.version === undefined) {
    throw new InvalidTagTargetError(`a ${system} platform needs a version, such as [14, 0]`);
  }
  return platform.version;
}
