import { type MarkerEnvironment, tryParseVersion } from '@pyplan/markers';
import { type TagPlatform, type TagTarget, tagStrings, tagsFor } from '@pyplan/wheel-meta';
import { InvalidTargetError } from '../errors.ts';
import { platformNamed } from './platform.ts';
import { platformOfFacts } from './reported-platform.ts';
import type { Target } from './target.ts';

/** A target that an interpreter reported, and what had to be assumed since the report does not tell it. */
export interface ReportedTarget {
  readonly target: Target;
  /** A phrase each: `glibc 2.28, which the report does not tell`. */
  readonly assumed: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The target that an interpreter's report describes, as parsed JSON. A report is one of:
 * - what `pyplan env --json` prints;
 * - `{"environment": …, "tags": […]}`, `packaging`'s `default_environment()` and `sys_tags()`;
 * - what `pip inspect` prints, or `default_environment()` alone: what these do not tell of tags is assumed.
 *
 * Markers see what the report says, tags are those of `packaging.tags.sys_tags()`. The target is named after both, so
 * that `target(python, platform)` takes its names.
 *
 * @throws {InvalidTargetError} naming the field that is missing or can't be read.
 */
export function reportedTarget(report: unknown): ReportedTarget {
  const fields = fieldsOf(report, 'the report');
  const environment = environmentOf(
    'environment' in fields ? fieldsOf(fields['environment'], '`environment`') : fields,
  );
  const { interpreter, tags } = fields;
  const assumed: string[] = [];
  const described =
    interpreter !== undefined
      ? ofInterpreter(fieldsOf(interpreter, '`interpreter`'), environment)
      : tags !== undefined
        ? ofTags(tags, environment)
        : ofEnvironment(environment, (what) => assumed.push(what));
  return { target: { ...namesOf(described, environment), environment, tags: tagsFor(described) }, assumed };
}

const variables = [
  'implementation_name',
  'implementation_version',
  'os_name',
  'platform_machine',
  'platform_python_implementation',
  'platform_release',
  'platform_system',
  'platform_version',
  'python_full_version',
  'python_version',
  'sys_platform',
] as const satisfies readonly (keyof MarkerEnvironment)[];

function environmentOf(fields: Fields): MarkerEnvironment {
  const value = (name: (typeof variables)[number]): string => {
    const text = fields[name];
    if (typeof text === 'string') return text;
    throw new InvalidTargetError(
      `a report of an interpreter needs the marker ${name} as text in \`environment\`: got ${shown(text)}`,
    );
  };
  const full = value('python_full_version');
  // What is built between releases says `3.12.1+`, which is no version (as `packaging` repairs it).
  const python_full_version = full.endsWith('+') ? `${full}local` : full;
  if (tryParseVersion(python_full_version) === null || !/^3\.\d{1,3}$/.test(value('python_version'))) {
    throw new InvalidTargetError(
      `a report of an interpreter needs a Python 3: got python_full_version ${shown(full)}, ` +
        `python_version ${shown(value('python_version'))}`,
    );
  }
  return {
    implementation_name: value('implementation_name'),
    implementation_version: value('implementation_version'),
    os_name: value('os_name'),
    platform_machine: value('platform_machine'),
    platform_python_implementation: value('platform_python_implementation'),
    platform_release: value('platform_release'),
    platform_system: value('platform_system'),
    platform_version: value('platform_version'),
    python_full_version,
    python_version: value('python_version'),
    sys_platform: value('sys_platform'),
  };
}

/** What `pyplan env` tells of an interpreter. */
function ofInterpreter(facts: Fields, environment: MarkerEnvironment): TagTarget {
  const suffix = typeof facts['ext_suffix'] === 'string' ? facts['ext_suffix'] : '';
  const abi = /[.-](?:pp|graalpy)(\d)(\d+)-/.exec(suffix);
  return {
    ...interpreterOf(environment),
    freeThreaded: facts['free_threaded'] === true,
    debug: facts['debug'] === true,
    ...(abi === null ? {} : { implementationVersion: ownVersion(environment, suffix, abi) }),
    platform: platformOfFacts(facts, environment),
  };
}

/** `pypy311-pp73` and `graalpy242-311-native`: PyPy's or GraalPy's own version is in the name of its modules. */
function ownVersion(
  { implementation_name: name }: MarkerEnvironment,
  suffix: string,
  [, major = '', minor = '']: RegExpExecArray,
): readonly [number, number] {
  const graalpy = name === 'graalpy' ? /graalpy(\d\d)(\d)-/.exec(suffix) : null;
  return graalpy === null ? [Number(major), Number(minor)] : [Number(graalpy[1]), Number(graalpy[2])];
}

function interpreterOf(environment: MarkerEnvironment): Pick<TagTarget, 'implementation' | 'python'> {
  const { implementation_name: name, python_version: python } = environment;
  if (name === 'cpython' || name === 'pypy' || name === 'graalpy') return { implementation: name, python };
  throw new InvalidTargetError(
    `the report is of ${shown(name)}: expected an interpreter that wheels are made for, cpython, pypy or graalpy`,
  );
}

/** The best of the tags tells what the others are made of; versions of `packaging` have put them in several orders. */
function ofTags(tags: unknown, environment: MarkerEnvironment): TagTarget {
  const list: readonly unknown[] = Array.isArray(tags) ? tags : [];
  const texts = list.filter((tag) => typeof tag === 'string');
  const first = texts.find((tag) => !/-linux_\w+$/.test(tag) && !tag.endsWith('-any')) ?? texts[0];
  const parts = first === undefined ? null : /^(\w+)-(\w+)-(\w+)$/.exec(first);
  if (parts === null || texts.length < list.length) {
    throw new InvalidTargetError(
      `\`tags\` of a report are texts such as "cp312-cp312-manylinux_2_28_x86_64", the best first: got ${shown(tags)}`,
    );
  }
  const [, , abi = '', platform = ''] = parts;
  const own = /^pypy3\d+_pp(\d)(\d+)$/.exec(abi) ?? /^graalpy(\d\d)(\d)_/.exec(abi);
  const described: TagTarget = {
    ...interpreterOf(environment),
    freeThreaded: /^cp3\d+td?$/.test(abi),
    debug: /^cp3\d+t?d$/.test(abi),
    ...(own === null ? {} : { implementationVersion: [Number(own[1]), Number(own[2])] as const }),
    platform: platformNamed(platform).tags,
  };
  checkTags(texts, tagStrings(tagsFor(described)), parts[0]);
  return described;
}

/** Whether the tags are those that were made of the best. Old `packaging` leaves out `cp312-none-any`. */
function checkTags(given: readonly string[], made: readonly string[], best: string): void {
  const [have, want] = [new Set(given), new Set(made)];
  const strange = given.find((tag) => !want.has(tag));
  const lacking = made.find((tag) => !have.has(tag) && !/^cp3\d+-none-any$/.test(tag));
  if (strange === undefined && lacking === undefined) return;
  throw new InvalidTargetError(
    `\`tags\` of the report are not those of an interpreter whose best is ${best}: ` +
      (strange === undefined ? `${lacking} is not among them` : `${strange} is among them`),
  );
}

/** Without a word on tags: the usual build of that Python for that system. */
function ofEnvironment(environment: MarkerEnvironment, assume: (what: string) => void): TagTarget {
  const platform = usualPlatform(environment, assume);
  return { ...interpreterOf(environment), freeThreaded: false, platform };
}

function usualPlatform(environment: MarkerEnvironment, assume: (what: string) => void): TagPlatform {
  const { sys_platform: system, platform_machine: machine, platform_release: release } = environment;
  switch (system) {
    case 'linux': {
      const usual = platformNamed(`${machine === 'armv7l' ? 'armv7' : machine}-unknown-linux-gnu`).tags;
      assume(`glibc ${usual.version?.join('.') ?? ''}, which the report does not tell`);
      return usual;
    }
    case 'darwin': {
      const darwin = Number(release.split('.')[0]);
      // Darwin 20 was macOS 11, 24 was 15; with 25 the numbers of macOS jumped to 26.
      const level = Number.isNaN(darwin) || darwin < 20 ? 13 : darwin < 25 ? darwin - 9 : darwin + 1;
      assume(`macOS ${level}, from Darwin ${release}`);
      return platformNamed(`${machine}-apple-darwin${level}`).tags;
    }
    case 'win32':
      return platformNamed(machine === 'x86' ? 'win32' : `win_${machine.toLowerCase()}`).tags;
    default:
      throw new InvalidTargetError(
        `the report is of ${shown(system)} and tells no tags: make it with \`pyplan env --json\``,
      );
  }
}

/** How `target` would take it. */
function namesOf(described: TagTarget, environment: MarkerEnvironment): Pick<Target, 'python' | 'platform'> {
  const { implementation, freeThreaded, platform } = described;
  const full = environment.python_full_version.replace(/\+.*$/, '');
  const python = `${implementation === 'cpython' ? '' : implementation}${full}${freeThreaded ? 't' : ''}`;
  return { python, platform: platformName(platform) };
}

function platformName({ kind, arch, version = [0, 0] }: TagPlatform): string {
  const level = version.join('.');
  const cpu = arch === 'armv7l' ? 'armv7' : arch === 'arm64' ? 'aarch64' : arch;
  switch (kind) {
    case 'manylinux':
    case 'musllinux':
      return `${cpu}-${kind}_${version.join('_')}`;
    case 'macos':
      return `${cpu}-apple-darwin${level}`;
    case 'windows':
      return arch;
    case 'ios':
      return `ios_${version.join('_')}_${arch}`;
    case 'android':
      return `android_${version[0]}_${arch}`;
    case 'pyodide':
      return `wasm32-pyodide${version[0]}`;
    case 'linux':
    case 'emscripten':
    case 'wasi':
    case 'any':
      return `${kind}_${arch}`;
  }
}

function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value));
  throw new InvalidTargetError(
    `${what} of an interpreter is a JSON object, as \`pyplan env --json\` prints it: got ${shown(value)}`,
  );
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
