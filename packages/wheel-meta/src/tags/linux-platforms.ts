import { InvalidTagTargetError, type TagPlatform } from './tag-target.ts';

/** PEP 513, 571 and 599: the names that manylinux had before PEP 600 named it by its glibc. */
const legacyManylinux: ReadonlyMap<number, string> = new Map([
  [5, 'manylinux1'],
  [12, 'manylinux2010'],
  [17, 'manylinux2014'],
]);

/** The highest minor version to assume of a glibc major version that has ended. */
const lastGlibcMinor = 50;

/** Architectures that a machine runs beside its own, its own first. */
function archsOf(arch: string): readonly string[] {
  return arch === 'armv8l' ? ['armv8l', 'armv7l'] : [arch];
}

/**
 * `manylinux_<major>_<minor>_<arch>` from the given glibc down, each followed by its older name where
 * it has one (PEP 600), then the native tag. x86 goes down to glibc 2.5, every other architecture to 2.17.
 */
export function manylinuxPlatforms(platform: TagPlatform): readonly string[] {
  const [major, minor] = libcVersion(platform, 'glibc', 'manylinux');
  const archs = archsOf(platform.arch);
  const oldest = archs.some((arch) => arch === 'x86_64' || arch === 'i686') ? 5 : 17;
  const tags: string[] = [];
  for (const arch of archs) {
    for (let current = major; current >= 2; current--) {
      const newest = current === major ? minor : lastGlibcMinor;
      for (let step = newest; step >= (current === 2 ? oldest : 0); step--) {
        tags.push(`manylinux_${current}_${step}_${arch}`);
        const legacy = current === 2 ? legacyManylinux.get(step) : undefined;
        if (legacy !== undefined) tags.push(`${legacy}_${arch}`);
      }
    }
  }
  return [...tags, ...linuxPlatforms(platform)];
}

/** `musllinux_<major>_<minor>_<arch>` from the given musl down to `<major>_0` (PEP 656), then the native tag. */
export function musllinuxPlatforms(platform: TagPlatform): readonly string[] {
  const [major, minor] = libcVersion(platform, 'musl', 'musllinux');
  const tags: string[] = [];
  for (const arch of archsOf(platform.arch)) {
    for (let step = minor; step >= 0; step--) tags.push(`musllinux_${major}_${step}_${arch}`);
  }
  return [...tags, ...linuxPlatforms(platform)];
}

/** The native tag alone: what a build on the machine itself is called. */
export function linuxPlatforms(platform: TagPlatform): readonly string[] {
  return archsOf(platform.arch).map((arch) => `linux_${arch}`);
}

function libcVersion(platform: TagPlatform, library: string, kind: string): readonly [number, number] {
  if (platform.version === undefined) {
    throw new InvalidTagTargetError(`a ${kind} platform needs a ${library} version, such as [2, 17]`);
  }
  return platform.version;
}
