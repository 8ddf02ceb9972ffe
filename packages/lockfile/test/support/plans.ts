import { createHash } from 'node:crypto';
import type { MarkerEnvironment } from '@pyplan/markers';
import type { Demand, IndexFile, Plan, PlannedPackage, Target } from '@pyplan/resolver';
import { tagsFor } from '@pyplan/wheel-meta';

const platforms = {
  linux: {
    os_name: 'posix',
    sys_platform: 'linux',
    platform_system: 'Linux',
    platform_machine: 'x86_64',
    tags: { kind: 'manylinux', arch: 'x86_64', version: [2, 28] },
  },
  macos: {
    os_name: 'posix',
    sys_platform: 'darwin',
    platform_system: 'Darwin',
    platform_machine: 'arm64',
    tags: { kind: 'macos', arch: 'arm64', version: [13, 0] },
  },
  windows: {
    os_name: 'nt',
    sys_platform: 'win32',
    platform_system: 'Windows',
    platform_machine: 'AMD64',
    tags: { kind: 'windows', arch: 'amd64' },
  },
} as const;

export type TestPlatform = keyof typeof platforms;

/** A CPython target, for hand-made plans. */
export function testTarget(python: string, platform: TestPlatform): Target {
  const { tags, ...variables } = platforms[platform];
  const minor = python.split('.').slice(0, 2).join('.');
  const full = python === minor ? `${python}.0` : python;
  const environment: MarkerEnvironment = {
    ...variables,
    implementation_name: 'cpython',
    implementation_version: full,
    platform_python_implementation: 'CPython',
    platform_release: '',
    platform_version: '',
    python_full_version: full,
    python_version: minor,
  };
  return {
    python,
    platform,
    environment,
    tags: tagsFor({ implementation: 'cpython', python: minor, freeThreaded: false, platform: tags }),
  };
}

/** A pure wheel by default, with a hash made from its name. */
export function testFile(filename: string, more: Partial<IndexFile> = {}): IndexFile {
  return {
    filename,
    url: `https://files.example.org/${filename}`,
    hashes: { sha256: createHash('sha256').update(filename).digest('hex') },
    size: 1000 + filename.length,
    uploadTime: '2026-01-02T03:04:05.678901Z',
    requiresPython: '>=3.9',
    yanked: null,
    coreMetadata: true,
    ...more,
  };
}

/** What somebody asked for, on line 1 of requirements.in where it was the user. */
export function testDemand(from: string | null, text: string): Demand {
  const origin = from === null ? { source: 'requirements.in', line: 1, column: 1 } : null;
  return { from, text, origin };
}

/** A planned package with a pure wheel and no dependencies, unless told otherwise. */
export function testPackage(
  name: string,
  version: string,
  more: Partial<PlannedPackage> = {},
): PlannedPackage {
  return {
    name,
    version,
    file: testFile(`${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`),
    extras: [],
    requires: [],
    demands: [testDemand(null, name)],
    requiresPython: '>=3.9',
    index: 'https://index.example.org/simple/',
    pageDigest: null,
    metadataDigest: null,
    ...more,
  };
}

export function testPlan(target: Target, packages: readonly PlannedPackage[]): Plan {
  return { target, packages };
}

/** A requirement of a planned package, by its text as the metadata has it. */
export function needs(name: string, text: string = name): PlannedPackage['requires'][number] {
  return { text, name, extras: [] };
}
