import { InvalidTargetError } from '../errors.ts';

/** The interpreter's half of a target. */
export interface Interpreter {
  readonly implementation: 'cpython' | 'pypy' | 'graalpy';
  /** `3.12` */
  readonly minor: string;
  /** `3.12.0`, as markers see it. */
  readonly full: string;
  /** `implementation_version`: CPython's is its Python's; PyPy and GraalPy have their own. */
  readonly own: string;
  readonly freeThreaded: boolean;
}

/** Minor versions of CPython that are out, oldest first. */
export const releasedPythons: readonly string[] = ['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];

/** The newest CPython that is out. */
export const newestPython = '3.14';

/** CPython can be built without its global lock from this minor version on (PEP 703). */
const firstFreeThreaded = 13;

/** The first stable release of PyPy for each Python, by the minor version of that Python. */
const pypyOf: ReadonlyMap<string, string> = new Map([
  ['3.8', '7.3.8'],
  ['3.9', '7.3.8'],
  ['3.10', '7.3.12'],
  ['3.11', '7.3.19'],
]);

/** The GraalPy that runs each Python, as its wheels' ABI has it. */
const graalpyOf: ReadonlyMap<string, string> = new Map([
  ['3.8', '22.3.0'],
  ['3.10', '24.0.0'],
  ['3.11', '24.2.0'],
  ['3.12', '25.0.0'],
]);

/** Names that an interpreter may have, for hints where one is misspelt. */
export const interpreterNames: readonly string[] = [
  ...releasedPythons.toReversed(),
  '3.14t',
  '3.13t',
  ...[...pypyOf.keys()].map((minor) => `pypy${minor}`),
  ...[...graalpyOf.keys()].map((minor) => `graalpy${minor}`),
];

/**
 * An interpreter by name: `3.12`, `3.11.7`, `3.15.0rc1`, `3.13t` (free-threaded), `pypy3.11`, `graalpy3.11`,
 * as uv takes them with `cpython-`, `pypy@` or `+freethreaded`, or as wheel tags do (`cp313t`, `pp311`).
 * `3.12` means 3.12.0.
 *
 * @throws {InvalidTargetError}
 */
export function interpreterNamed(name: string): Interpreter {
  const tag = /^(cp|pp|graalpy)3(\d{1,2})(t?)$/.exec(name);
  const written =
    /^(?:(cpython|python|pypy|graalpy)[-@]?)?3\.(\d{1,3})(?:\.(\d{1,3}))?((?:a|b|rc)\d{1,3})?(t|\+freethreaded)?$/.exec(
      name,
    );
  if (tag !== null) return interpreter(name, tag[1] ?? '', tag[2] ?? '', '0', tag[3] !== '');
  if (written === null) {
    throw new InvalidTargetError(
      `"${name}" is not a Python version: expected one such as 3.12, 3.11.7, 3.13t or pypy3.11`,
      { given: name, known: interpreterNames },
    );
  }
  const [, kind = 'cpython', minor = '', patch = '0', pre = '', threads] = written;
  return interpreter(name, kind, minor, patch + pre, threads !== undefined);
}

function interpreter(name: string, kind: string, minor: string, patch: string, free: boolean): Interpreter {
  const python = `3.${minor}`;
  const full = `${python}.${patch}`;
  const implementation = implementationOf(kind);
  if (free && (implementation !== 'cpython' || Number(minor) < firstFreeThreaded)) {
    throw new InvalidTargetError(
      `"${name}" is no Python that there is: only CPython 3.${firstFreeThreaded} and newer can be free-threaded`,
      { given: name, known: ['3.13t', '3.14t'] },
    );
  }
  const own = { cpython: full, pypy: pypyOf.get(python), graalpy: graalpyOf.get(python) }[implementation];
  return { implementation, minor: python, full, own: own ?? full, freeThreaded: free };
}

function implementationOf(kind: string): Interpreter['implementation'] {
  switch (kind) {
    case 'pypy':
    case 'pp':
      return 'pypy';
    case 'graalpy':
      return 'graalpy';
    default:
      return 'cpython';
  }
}
