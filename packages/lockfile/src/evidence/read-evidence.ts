import type { ApartEvidence, Evidence, EvidenceScope } from '@pyplan/resolver';
import { LockFormatError } from '../errors.ts';

/** Gives the value with its type, or throws with the path of what is wrong. */
type Reader<T> = (value: unknown, path: string) => T;

class ShapeError extends Error {
  /** Null for the whole document. */
  readonly path: string | null;

  constructor(path: string | null, problem: string) {
    super(problem);
    this.path = path;
  }
}

const formatNumber = 1;

/**
 * Reads an evidence document, strictly: each field is there and has its type. One of several selections of a
 * project's parts has `selections`.
 *
 * @throws LockFormatError that names the file and the field.
 */
export function readEvidence(text: string, file: string): Evidence | ApartEvidence {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LockFormatError(file, null, `it is no JSON: ${why}`);
  }
  try {
    const fields = fieldsOf(parsed, '');
    const found = fields['evidence'];
    if (found !== formatNumber) {
      const told =
        found === undefined ? 'it has no "evidence" number' : `its format is ${JSON.stringify(found)}`;
      throw new ShapeError(null, `no evidence that this version reads: ${told}, expected ${formatNumber}`);
    }
    return Object.hasOwn(fields, 'selections') ? apartEvidence(parsed, '') : evidence(parsed, '');
  } catch (error) {
    if (error instanceof ShapeError) throw new LockFormatError(file, error.path, error.message);
    throw error;
  }
}

function fail(path: string, expected: string): never {
  throw new ShapeError(path === '' ? null : path, `expected ${expected}`);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldsOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : fail(path, 'an object');
}

const text: Reader<string> = (value, path) => (typeof value === 'string' ? value : fail(path, 'a text'));
const flag: Reader<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : fail(path, 'true or false');
const count: Reader<number> = (value, path) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : fail(path, 'a whole number');
const nullable =
  <T>(inner: Reader<T>): Reader<T | null> =>
  (value, path) =>
    value === null ? null : inner(value, path);
const optional =
  <T>(inner: Reader<T>): Reader<T | undefined> =>
  (value, path) =>
    value === undefined ? undefined : inner(value, path);
const list =
  <T>(inner: Reader<T>): Reader<readonly T[]> =>
  (value, path) =>
    Array.isArray(value)
      ? value.map((item: unknown, index) => inner(item, `${path}[${index}]`))
      : fail(path, 'a list');
const oneOf =
  <T extends string | number>(...choices: readonly T[]): Reader<T> =>
  (value, path) =>
    choices.find((choice) => choice === value) ??
    fail(path, choices.map((choice) => JSON.stringify(choice)).join(' or '));

/** Names to values, without a prototype, so that no name finds what the document does not have. */
const record =
  <T>(inner: Reader<T>): Reader<Readonly<Record<string, T>>> =>
  (value, path) => {
    const read: Record<string, T> = Object.create(null);
    for (const [key, item] of Object.entries(fieldsOf(value, path))) {
      Object.defineProperty(read, key, { value: inner(item, `${path}.${key}`), enumerable: true });
    }
    return read;
  };

type Shape<T> = { readonly [K in keyof T]: Reader<T[K]> };

/** An object of just these fields. */
function object<T>(shape: Shape<T>): Reader<T> {
  return (value, path) => {
    const fields = fieldsOf(value, path);
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
    const unknown = Object.keys(fields).find((key) => !Object.hasOwn(shape, key));
    if (unknown !== undefined) return fail(at(unknown), 'no such field');
    const read: Partial<T> = {};
    for (const key in shape) {
      const found = shape[key](Object.hasOwn(fields, key) ? fields[key] : undefined, at(key));
      if (found !== undefined) read[key] = found;
    }
    // Each field of the shape was read; those left out are optional.
    return read as T;
  };
}

/** An object whose fields depend on one of them. */
function variant<T, K extends string>(field: string, shapes: Readonly<Record<K, Reader<T>>>): Reader<T> {
  return (value, path) => {
    const found = fieldsOf(value, path)[field];
    const shape = Object.entries<Reader<T>>(shapes).find(([name]) => name === found);
    return shape === undefined
      ? fail(`${path}.${field}`, Object.keys(shapes).join(' or '))
      : shape[1](value, path);
  };
}

type Part<K extends keyof Evidence> = Evidence[K];
type Inputs = Part<'inputs'>;
type Project = Part<'projects'>[string];
type Target = Part<'targets'>[number];
type Refusal = NonNullable<Target['refusal']>;
type Step = Refusal['steps'][number];
type Exclusion = Refusal['excluded'][string][number];

const line: Reader<Inputs['requirements'][number]> = object({
  text,
  source: text,
  line: nullable(count),
  column: nullable(count),
});

const scope: Reader<EvidenceScope> = object({ package: text, version: nullable(text) });

const override: Reader<Inputs['overrides'][number]> = object<Inputs['overrides'][number]>({
  text,
  source: text,
  line: nullable(count),
  column: nullable(count),
  scope: optional(scope),
} as Shape<Inputs['overrides'][number]>);

const selection: Reader<Inputs['onlyBinary']> = (value, path) =>
  value === 'all' ? 'all' : list(text)(value, path);

const time: Reader<string> = (value, path) =>
  Number.isNaN(Date.parse(text(value, path))) ? fail(path, 'a time (ISO 8601)') : text(value, path);

const mode = oneOf('disallow', 'allow', 'if-necessary', 'explicit', 'if-necessary-or-explicit');

const inputs: Reader<Inputs> = object<Inputs>({
  requirements: list(line),
  constraints: list(line),
  overrides: list(override),
  prerelease: mode,
  prereleasePackages: record(mode),
  excludeNewer: nullable(time),
  excludeNewerPackages: record(nullable(time)),
  excludes: list(text),
  onlyBinary: selection,
  noBinary: selection,
  preferences: record(list(text)),
  scopedExcludes: optional(list(object({ scope, names: list(text) }))),
  hashes: list(object({ name: text, allowed: list(text) })),
} as Shape<Inputs>);

const project: Reader<Project> = object({
  index: nullable(text),
  page: nullable(text),
  status: oneOf('active', 'archived', 'quarantined', 'deprecated', 'absent'),
  versions: nullable(list(text)),
  files: record(
    object({
      version: text,
      hashes: record(text),
      size: nullable(count),
      uploadTime: nullable(text),
      requiresPython: nullable(text),
      yanked: nullable(text),
      metadata: nullable(text),
      metadataPython: nullable(text),
      requires: list(text),
      complete: flag,
    }),
  ),
});

const reasonKind = oneOf(
  'quarantined',
  'pre-release',
  'hashes',
  'wheel',
  'sdist',
  'tags',
  'uploaded',
  'python',
  'yanked',
  'dynamic',
  'unusable',
  'metadata-python',
  'direct',
  'itself',
);

const reason: Reader<Exclusion['because'][number]> = (value, path) => {
  const [kind, told, ...more] = list((item) => item)(value, path);
  if (more.length > 0) return fail(path, 'a kind and a value');
  return [reasonKind(kind, `${path}[0]`), nullable(text)(told, `${path}[1]`)];
};

const set: Reader<readonly number[]> = (value, path) => {
  const edges = list(count)(value, path);
  const ascends = edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? edge));
  return edges.length % 2 === 0 && ascends ? edges : fail(path, 'pairs of ascending numbers');
};

const step: Reader<Step> = variant<Step, Step['rule']>('rule', {
  required: object({ rule: oneOf('required'), line: count, package: text, allowed: set }),
  requires: object({ rule: oneOf('requires'), package: text, versions: set, on: text, allowed: set }),
  excluded: object({ rule: oneOf('excluded'), package: text, versions: set }),
  constrained: object({ rule: oneOf('constrained'), lines: list(count), package: text, versions: set }),
  follows: object({ rule: oneOf('follows'), in: record(set), out: record(set), from: list(count) }),
});

const version: Reader<readonly [number, number]> = (value, path) => {
  const [major, minor, ...more] = list(count)(value, path);
  return major === undefined || minor === undefined || more.length > 0
    ? fail(path, 'two numbers')
    : [major, minor];
};

const tags: Reader<Target['tags']> = object<Target['tags']>({
  implementation: oneOf('cpython', 'pypy', 'graalpy'),
  python: text,
  freeThreaded: flag,
  debug: optional(flag),
  implementationVersion: optional(version),
  platform: object<Target['tags']['platform']>({
    kind: oneOf(
      'manylinux',
      'musllinux',
      'linux',
      'macos',
      'windows',
      'ios',
      'android',
      'pyodide',
      'emscripten',
      'wasi',
      'any',
    ),
    arch: text,
    version: optional(version),
  } as Shape<Target['tags']['platform']>),
} as Shape<Target['tags']>);

const environment: Reader<Target['environment']> = object({
  implementation_name: text,
  implementation_version: text,
  os_name: text,
  platform_machine: text,
  platform_python_implementation: text,
  platform_release: text,
  platform_system: text,
  platform_version: text,
  python_full_version: text,
  python_version: text,
  sys_platform: text,
});

const target: Reader<Target> = object<Target>({
  python: text,
  platform: text,
  environment,
  tags,
  plan: optional(
    object({
      packages: list(
        object({ name: text, version: text, file: text, extras: list(text), active: list(count) }),
      ),
    }),
  ),
  refusal: optional(
    object({
      excluded: record(list(object({ versions: set, because: list(reason) }))),
      files: record(record(text)),
      steps: list(step),
    }),
  ),
} as Shape<Target>);

const evidence: Reader<Evidence> = object({
  evidence: oneOf(formatNumber),
  inputs,
  projects: record(project),
  targets: list(target),
});

const apartEvidence: Reader<ApartEvidence> = object({
  evidence: oneOf(formatNumber),
  selections: list(object({ parts: list(text), answer: evidence })),
});
