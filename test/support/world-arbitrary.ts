import fc from 'fast-check';
import type { World, WorldTarget, WorldVersion } from './judge/world.ts';

const names = ['amo', 'bel', 'cor', 'dun', 'eft'] as const;
const extras = ['x', 'y'] as const;
const stable = ['1.0', '1.1', '2.0', '3.0'] as const;
/** Yanked wherever it exists; only the root may pin it. */
const yanked = '1.5';
const prereleases = ['1.0a1', '1.0b2', '2.0rc1'] as const;

const markers = [
  'sys_platform == "linux"',
  'sys_platform != "win32"',
  'python_version >= "3.12"',
  'python_full_version < "3.11" or platform_machine == "arm64"',
] as const;

/** `name[extras]specifier; marker` on one of the packages. */
const requirement = fc
  .record({
    name: fc.constantFrom(...names),
    extras: fc.subarray([...extras], { maxLength: 2 }),
    specifier: fc.constantFrom(
      '',
      '',
      '>=2',
      '<2',
      '<3',
      '!=2.0',
      '~=1.0',
      '==1.*',
      '==2.0',
      '>1.0,<3',
      '>3',
    ),
    marker: fc.option(fc.constantFrom(...markers), { freq: 4 }),
  })
  .map(({ name, extras: asked, specifier, marker }) => {
    const brackets = asked.length === 0 ? '' : `[${asked.join(',')}]`;
    return `${name}${brackets}${specifier}${marker === null ? '' : `; ${marker}`}`;
  });

const filesOf = (name: string, version: string): fc.Arbitrary<readonly { filename: string }[] | null> => {
  const wheel = (tag: string): { filename: string } => ({ filename: `${name}-${version}-${tag}.whl` });
  return fc.constantFrom(
    null,
    null,
    null,
    null,
    null,
    null,
    [{ filename: `${name}-${version}.tar.gz` }],
    [wheel('py3-none-win_amd64')],
    [wheel('cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64'), wheel('cp39-abi3-macosx_11_0_arm64')],
    [wheel('py2-none-any')],
  );
};

const worldVersion = (name: string, version: string): fc.Arbitrary<WorldVersion> =>
  fc
    .record({
      requires: fc.array(requirement, { maxLength: 2 }),
      underX: fc.option(fc.array(requirement, { maxLength: 2 })),
      underY: fc.option(fc.array(requirement, { maxLength: 1 })),
      requires_python: fc.constantFrom(null, null, null, null, null, '>=3.11', '>=3.12', '<3.12', '!=3.12.*'),
      files: filesOf(name, version),
    })
    .map(({ requires, underX, underY, requires_python, files }) => ({
      // A package requires itself only through an extra, without a specifier: elsewhere tools differ.
      requires: requires.filter((line) => !line.startsWith(name)),
      extras: {
        ...(underX === null ? {} : { x: underX.filter((line) => !line.startsWith(name)) }),
        ...(underY === null ? {} : { y: [...underY.filter((line) => !line.startsWith(name)), `${name}[x]`] }),
      },
      requires_python,
      yanked: version === yanked,
      ...(files === null ? {} : { files }),
    }));

/** A project: some stable versions and perhaps the yanked one, or pre-releases alone. */
const project = (name: string): fc.Arbitrary<Readonly<Record<string, WorldVersion>>> => {
  const versionsOf = (texts: readonly string[]): fc.Arbitrary<Readonly<Record<string, WorldVersion>>> =>
    fc.record(Object.fromEntries(texts.map((text) => [text, worldVersion(name, text)])));
  return fc
    .oneof(
      { weight: 12, arbitrary: fc.subarray([...stable, yanked], { minLength: 3 }) },
      { weight: 1, arbitrary: fc.subarray([...prereleases], { minLength: 1 }) },
      { weight: 1, arbitrary: fc.constant([]) },
    )
    .chain(versionsOf);
};

/**
 * Small worlds with conflicts, extras, markers, yanked versions, platform wheels and missing
 * projects. They keep to the rules on which tools agree (worlds/README.md).
 */
export const smallWorld: fc.Arbitrary<World> = fc
  .record({
    index: fc.record(
      {
        amo: project('amo'),
        bel: project('bel'),
        cor: project('cor'),
        dun: project('dun'),
        eft: fc.constantFrom(...stable).map((version) => ({ [version]: {} })),
      },
      { requiredKeys: ['amo', 'bel', 'cor', 'dun'] },
    ),
    requires: fc.array(requirement, { minLength: 1, maxLength: 3 }),
    pin: fc.option(fc.constantFrom(...names), { freq: 6 }),
  })
  .map(({ index, requires, pin }) => ({
    root: { requires: pin === null ? requires : [...requires, `${pin}==${yanked}`] },
    index: Object.fromEntries(Object.entries(index)),
  }));

export const worldTarget: fc.Arbitrary<WorldTarget> = fc.record({
  python: fc.constantFrom('3.10', '3.12', '3.13'),
  platform: fc.constantFrom('linux', 'macos', 'windows'),
});
