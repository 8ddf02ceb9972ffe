import { InvalidTagTargetError, pythonVersion, type TagTarget } from './tag-target.ts';

/**
 * Tags that share interpreter and ABI: one for each platform of the target, or the one for `any`.
 */
export interface TagGroup {
  readonly interpreter: string;
  readonly abi: string;
  readonly any: boolean;
}

/** The GraalPy release that runs a Python, by the minor version of that Python. */
const graalpyOf: ReadonlyMap<number, readonly [number, number]> = new Map([
  [8, [22, 3]],
  [10, [24, 0]],
  [11, [24, 2]],
  [12, [25, 0]],
  [13, [25, 3]],
]);

/**
 * What an interpreter takes, best first: its own ABI, the stable ABIs, `none` on its platforms, and
 * last what runs anywhere (PEP 425, as `packaging.tags.sys_tags` orders it).
 *
 * @throws InvalidTagTargetError
 */
export function tagGroups(target: TagTarget): readonly TagGroup[] {
  const [major, minor] = pythonVersion(target.python);
  switch (target.implementation) {
    case 'cpython':
      return [
        ...cpythonGroups(target, major, minor),
        ...compatibleGroups(major, minor, `cp${major}${minor}`),
      ];
    case 'pypy': {
      const interpreter = `pp${major}${minor}`;
      const own = genericGroups(interpreter, pypyAbi(target, major, minor));
      return [...own, ...compatibleGroups(major, minor, interpreter)];
    }
    case 'graalpy': {
      const own = genericGroups(`graalpy${major}${minor}`, graalpyAbi(target, major, minor));
      return [...own, ...compatibleGroups(major, minor, null)];
    }
  }
}

function cpythonGroups(target: TagTarget, major: number, minor: number): readonly TagGroup[] {
  const interpreter = `cp${major}${minor}`;
  const groups = cpythonAbis(target, major, minor).map((abi) => native(interpreter, abi));
  const threaded = isFreeThreaded(target, major, minor);
  const stable = major > 3 || (major === 3 && minor >= 2) ? (threaded ? 'abi3t' : 'abi3') : null;
  if (stable !== null) groups.push(native(interpreter, stable));
  groups.push(native(interpreter, 'none'));
  if (stable !== null) {
    for (let older = minor - 1; older >= 2; older--) groups.push(native(`cp${major}${older}`, stable));
  }
  return groups;
}

/**
 * The ABI of the interpreter itself and, for a debug build from 3.8 on, that of the release build,
 * whose modules it can load. Before 3.8 the `m` of pymalloc, before 3.3 the `u` of wide Unicode,
 * which every build but those for windows and macOS had.
 */
function cpythonAbis(target: TagTarget, major: number, minor: number): readonly string[] {
  const threading = isFreeThreaded(target, major, minor) ? 't' : '';
  const debug = target.debug === true ? 'd' : '';
  const base = `cp${major}${minor}`;
  if (major > 3 || (major === 3 && minor >= 8)) {
    const own = `${base}${threading}${debug}`;
    return debug === '' ? [own] : [own, `${base}${threading}`];
  }
  const { kind } = target.platform;
  const wide = (major < 3 || minor < 3) && kind !== 'windows' && kind !== 'macos' ? 'u' : '';
  return [`${base}${debug}m${wide}`];
}

function isFreeThreaded(target: TagTarget, major: number, minor: number): boolean {
  return target.freeThreaded && (major > 3 || (major === 3 && minor >= 13));
}

/** `pypy310_pp73`: the Python, then the PyPy that the ABI last changed in. Of Python 2 `pypy_73`. */
function pypyAbi(target: TagTarget, major: number, minor: number): string {
  const [x, y] = target.implementationVersion ?? [7, 3];
  return major === 2 ? `pypy_${x}${y}` : `pypy${major}${minor}_pp${x}${y}`;
}

function graalpyAbi(target: TagTarget, major: number, minor: number): string {
  const version = target.implementationVersion ?? graalpyOf.get(minor);
  if (version === undefined) {
    throw new InvalidTagTargetError(
      `no GraalPy is known to run Python ${major}.${minor}: give its own version as implementationVersion`,
    );
  }
  return `graalpy${version[0]}${version[1]}_${major}${minor}_native`;
}

function genericGroups(interpreter: string, abi: string): readonly TagGroup[] {
  return [native(interpreter, abi), native(interpreter, 'none')];
}

/** What any interpreter of this Python takes: `py312`, `py3`, then the older minor versions. */
function compatibleGroups(major: number, minor: number, interpreter: string | null): readonly TagGroup[] {
  const pythons = [`py${major}${minor}`, `py${major}`];
  for (let older = minor - 1; older >= 0; older--) pythons.push(`py${major}${older}`);
  const anywhere = interpreter === null ? pythons : [interpreter, ...pythons];
  return [
    ...pythons.map((python) => native(python, 'none')),
    ...anywhere.map((python) => ({ interpreter: python, abi: 'none', any: true })),
  ];
}

function native(interpreter: string, abi: string): TagGroup {
  return { interpreter, abi, any: false };
}
