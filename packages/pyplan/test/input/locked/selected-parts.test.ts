import { type LockedSet, readPylock } from '@pyplan/lockfile';
import { describe, expect, it } from 'vitest';
import { movedLock } from '../../../src/input/locked/moved-lock.ts';
import { selectParts } from '../../../src/input/locked/selected-parts.ts';

/** A lock with a package for each marker, named `p0`, `p1`, … */
function lockWith(...markers: readonly string[]): LockedSet {
  const packages = markers.map((marker, index) =>
    [
      '[[packages]]',
      `name = "p${index}"\nversion = "1"${marker === '' ? '' : `\nmarker = ${JSON.stringify(marker)}`}`,
      `[[packages.wheels]]\npath = "files/p${index}-1-py3-none-any.whl"\nhashes = { sha256 = "00" }`,
    ].join('\n'),
  );
  const head =
    'lock-version = "1.0"\ncreated-by = "test"\nextras = ["web", "db"]\ndependency-groups = ["dev", "docs"]\ndefault-groups = ["dev"]';
  return readPylock(`${[head, ...packages].join('\n\n')}\n`, 'pylock.toml');
}

function markersOf(lock: LockedSet): Record<string, string | null> {
  return Object.fromEntries(lock.packages.map(({ name, marker }) => [name, marker]));
}

const nothing = { extras: [], allExtras: false, groups: [] };

describe('selectParts', () => {
  const lock = lockWith(
    '',
    "'web' in extras",
    "'web' in extras and os_name == 'nt'",
    "os_name == 'nt' or 'db' in extras",
    "'docs' in dependency_groups",
    "'dev' in dependency_groups",
    "'web' not in extras",
  );

  it('leaves what the project itself and the default groups want, where nothing is selected', () => {
    expect(markersOf(selectParts(lock, nothing))).toEqual({
      p0: null,
      p3: 'os_name == "nt"',
      p5: null,
      p6: null,
    });
  });

  it('takes the extras and the groups that are selected, the default groups no more', () => {
    expect(markersOf(selectParts(lock, { extras: ['Web'], allExtras: false, groups: ['docs'] }))).toEqual({
      p0: null,
      p1: null,
      p2: 'os_name == "nt"',
      p3: 'os_name == "nt"',
      p4: null,
    });
    const all = selectParts(lock, { ...nothing, allExtras: true });
    expect(markersOf(all)).toMatchObject({ p1: null, p3: null, p5: null });
    expect(all).toMatchObject({ extras: [], dependencyGroups: [], defaultGroups: [] });
  });

  it('refuses an extra or a group that the lock does not have', () => {
    expect(() => selectParts(lock, { ...nothing, extras: ['x'] })).toThrow('The lock has no extra x');
    expect(() => selectParts(lock, { ...nothing, groups: ['x'] })).toThrow('The lock has no group x');
  });
});

describe('movedLock', () => {
  const pathOf = ({ packages }: LockedSet): unknown => packages[0]?.files[0]?.location;

  it('leads to the same files from another directory, and back', () => {
    const lock = lockWith('');
    const moved = movedLock(lock, '/a/b', '/a/c/d');
    expect(pathOf(moved)).toEqual({ kind: 'path', path: '../../b/files/p0-1-py3-none-any.whl' });
    expect(movedLock(moved, '/a/c/d', '/a/b')).toEqual(lock);
  });
});
