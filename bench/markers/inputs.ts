import type { MarkerEnvironment } from '@pyplan/markers';

/** What every runner measures over. */
export type BenchInputs = {
  readonly rounds: number;
  readonly versions: readonly string[];
  readonly specifiers: readonly string[];
  readonly requirements: readonly string[];
  readonly markers: readonly string[];
  readonly environments: readonly MarkerEnvironment[];
};

const SPECIFIERS: readonly string[] = [
  ...['>=1.0', '>=2.0,<3', '~=1.4.2', '==1.2.*', '!=1.5,>=1.0', '>1.0', '<=4.5.6', '==2.3.4'],
  ...[
    '>=1.21,!=1.24.0,<2',
    '>=3.7',
    '>=2.7,!=3.0.*,!=3.1.*,!=3.2.*',
    '<2.0,>=1.26.18',
    '>=0.9.1',
    '==4.2.0',
    '~=2.31',
  ],
];

/** As they stand in the metadata of much used projects. */
const REQUIREMENTS: readonly string[] = [
  'requests>=2.0',
  'charset_normalizer<4,>=2',
  'numpy>=1.21; python_version >= "3.8"',
  'typing-extensions>=4.0; python_version < "3.11"',
  'pywin32>=223; sys_platform == "win32"',
  'zope.interface (>=5.0,<6.0)',
  'django~=4.2.1',
  'importlib-metadata (>=3.6) ; python_version < "3.10"',
  'PySocks!=1.5.7,>=1.5.6; extra == "socks"',
  'uvicorn[standard]>=0.12.0; extra == "all"',
  'greenlet!=0.4.17; platform_machine == "aarch64" or (platform_machine == "ppc64le" or platform_machine == "x86_64")',
  'six',
];

const MARKERS: readonly string[] = [
  'python_version >= "3.8"',
  'sys_platform == "win32" and python_version < "3.11"',
  'platform_machine == "aarch64" or (platform_machine == "ppc64le" or platform_machine == "x86_64")',
  'python_full_version < "3.11.0a7"',
  'implementation_name == "cpython" and python_version >= "3.9" and sys_platform != "win32"',
  'extra == "dev"',
  'os_name == "nt"',
  'platform_python_implementation != "PyPy" and python_version < "3.13"',
];

/** The inputs; the same at every run. */
export function benchInputs(rounds: number): BenchInputs {
  return {
    rounds,
    versions: versions(3000),
    specifiers: SPECIFIERS,
    requirements: REQUIREMENTS,
    markers: MARKERS,
    environments: environments(),
  };
}

/** Versions in about the shares in which an index holds them. */
function versions(count: number): readonly string[] {
  let state = 1;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % limit;
  };
  const shapes: readonly (() => string)[] = [
    ...Array.from({ length: 13 }, () => () => `${below(30)}.${below(30)}.${below(20)}`),
    ...Array.from({ length: 2 }, () => () => `${below(30)}.${below(30)}`),
    () => `20${10 + below(15)}.${1 + below(12)}.${below(28)}`,
    () => `${below(5)}.${below(30)}.${below(9)}rc${below(4)}`,
    () => `${below(5)}.${below(9)}.${below(9)}.post${below(3)}`,
    () => `${below(5)}.${below(9)}.${below(9)}.dev${below(300)}`,
    () => `${below(4)}.${below(9)}.${below(9)}.${below(9)}`,
  ];
  // Parsed JSON holds flat strings, as text that was read does.
  const made = Array.from({ length: count }, () => shapes[below(shapes.length)]?.() ?? '0');
  return JSON.parse(JSON.stringify(made)) as readonly string[];
}

function environments(): readonly MarkerEnvironment[] {
  const platforms = [
    { os_name: 'posix', sys_platform: 'linux', platform_system: 'Linux', platform_machine: 'x86_64' },
    { os_name: 'posix', sys_platform: 'darwin', platform_system: 'Darwin', platform_machine: 'arm64' },
    { os_name: 'nt', sys_platform: 'win32', platform_system: 'Windows', platform_machine: 'AMD64' },
  ];
  return ['3.8.10', '3.10.1', '3.12.0', '3.13.1'].flatMap((python) =>
    platforms.map((platform) => ({
      ...platform,
      implementation_name: 'cpython',
      implementation_version: python,
      platform_python_implementation: 'CPython',
      platform_release: '6.1.0',
      platform_version: '#1 SMP',
      python_full_version: python,
      python_version: python.split('.').slice(0, 2).join('.'),
    })),
  );
}
