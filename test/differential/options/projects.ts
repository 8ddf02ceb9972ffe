import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateMarker, parseMarker } from '@pyplan/markers';
import { target } from '@pyplan/resolver';
import { difference, inDirectory, linePins, type Pins, runPyplan, runUv } from './answers.ts';
import { scopedChanges } from './scoped-projects.ts';

/** A project that both lock whole. */
interface ProjectCase {
  readonly id: string;
  readonly text: string;
  /** The sets of extras and groups to compare, each on each target. */
  readonly parts: readonly { readonly extras: readonly string[]; readonly groups: readonly string[] }[];
  /** `python platform`; those of which uv's lock knows no wheel are left out of the case. */
  readonly targets: readonly string[];
}

const project = (lines: readonly string[], uv: readonly string[]): string =>
  ['[project]', 'name = "app"', 'version = "1"', ...lines, '[tool.uv]', ...uv, ''].join('\n');

const none = { extras: [], groups: [] };
const ofExtra = (name: string) => ({ extras: [name], groups: [] });
const ofGroup = (name: string) => ({ extras: [], groups: [name] });

const projectCases: readonly ProjectCase[] = [
  {
    id: 'environments linux and macos',
    text: project(
      [
        'requires-python = ">=3.10"',
        'dependencies = ["black[colorama]", "flask; sys_platform == \'linux\'"]',
      ],
      ['environments = ["sys_platform == \'linux\'", "sys_platform == \'darwin\'"]'],
    ),
    parts: [none],
    targets: ['3.12 linux', '3.13 macos', '3.14 linux'],
  },
  {
    id: 'environments by Python',
    text: project(
      ['requires-python = ">=3.10"', 'dependencies = ["uvicorn[standard]"]'],
      ['environments = ["python_version >= \'3.12\'"]'],
    ),
    parts: [none],
    targets: ['3.12 linux', '3.13 windows', '3.14 macos'],
  },
  {
    id: 'required-environments',
    text: project(
      ['requires-python = ">=3.10"', 'dependencies = ["flask", "sqlalchemy"]'],
      ["required-environments = [\"sys_platform == 'darwin' and platform_machine == 'x86_64'\"]"],
    ),
    parts: [none],
    targets: ['3.12 linux', '3.12 x86_64-apple-darwin'],
  },
  {
    id: 'conflicts of extras',
    text: project(
      [
        'requires-python = ">=3.10"',
        'dependencies = ["click"]',
        '[project.optional-dependencies]',
        'cpu = ["torch==2.8.0"]',
        'gpu = ["torch==2.9.0", "numpy<2.3"]',
        'web = ["flask"]',
      ],
      ['conflicts = [[{ extra = "cpu" }, { extra = "gpu" }]]'],
    ),
    parts: [none, ofExtra('cpu'), ofExtra('gpu'), ofExtra('web'), { extras: ['gpu', 'web'], groups: [] }],
    targets: ['3.12 linux', '3.13 macos'],
  },
  {
    id: 'conflicts of an extra and groups',
    text: project(
      [
        'requires-python = ">=3.10"',
        'dependencies = ["werkzeug", "markupsafe"]',
        '[project.optional-dependencies]',
        'old = ["flask<2.3", "werkzeug<3"]',
        '[dependency-groups]',
        'new = ["flask>=3.1"]',
        'mid = ["flask>=2.3,<3", "werkzeug>=3,<3.0.2"]',
      ],
      ['conflicts = [[{ extra = "old" }, { group = "new" }, { group = "mid" }]]', 'default-groups = []'],
    ),
    parts: [none, ofExtra('old'), ofGroup('new'), ofGroup('mid')],
    targets: ['3.12 linux', '3.13 windows'],
  },
  ...scopedChanges.map(({ id, dependencies, uv }) => ({
    id: `scoped: ${id}`,
    text: project(['requires-python = ">=3.11"', `dependencies = ${JSON.stringify(dependencies)}`], uv),
    parts: [none],
    targets: ['3.12 linux', '3.13 windows'],
  })),
];

/** How the projects' locks differ from uv's, target by target and part by part. */
export async function* projectDifferences(
  peers: string,
  indexUrl: string,
  wanted: (id: string) => boolean,
): AsyncGenerator<{ readonly id: string; readonly wrong: string | null }> {
  for (const each of projectCases.filter(({ id }) => wanted(id))) {
    yield* await inDirectory({ 'pyproject.toml': each.text }, (cwd) => compared(each, peers, indexUrl, cwd));
  }
}

async function compared(
  { id, text, parts, targets }: ProjectCase,
  peers: string,
  indexUrl: string,
  cwd: string,
): Promise<readonly { readonly id: string; readonly wrong: string | null }[]> {
  const all = [...(text.includes('optional-dependencies') ? ['--all-extras'] : []), ...groupsOf(text)];
  const locked = await runPyplan(
    ['lock', '.', '--universal', ...all, '--only-binary', ':all:', '-o', 'pylock.toml'],
    indexUrl,
    cwd,
  );
  if (locked.code !== 0) throw new Error(`${id}: ${locked.stderr}`);
  const uv = await runUv(peers, ['lock'], indexUrl, cwd);
  if (uv.code !== 0) throw new Error(`${id}: ${uv.stderr}`);
  const answers = [];
  for (const part of parts) {
    const names = [
      ...part.extras.flatMap((name) => ['--extra', name]),
      ...part.groups.flatMap((name) => ['--group', name]),
    ];
    const plain = [
      '--frozen',
      '--no-emit-project',
      '--no-hashes',
      '--no-header',
      '--no-annotate',
      '--no-default-groups',
    ];
    const exported = await runUv(peers, ['export', ...names, ...plain], indexUrl, cwd);
    if (exported.code !== 0) throw new Error(`${id}: ${exported.stderr}`);
    for (const on of targets) {
      const wrong = difference(await ourPlan(names, on, indexUrl, cwd), projected(exported.stdout, on));
      answers.push({ id: `${id}, ${names.join(' ') || 'alone'}, ${on}`, wrong });
    }
  }
  return answers;
}

function groupsOf(text: string): readonly string[] {
  const [, section = ''] = text.split('[dependency-groups]\n');
  const [groups = ''] = section.split('\n[');
  return [...groups.matchAll(/^(\w+) =/gm)].flatMap(([, name = '']) => ['--group', name]);
}

/** What an installer takes from our lock. */
async function ourPlan(names: readonly string[], on: string, indexUrl: string, cwd: string): Promise<Pins> {
  const [python = '', platform = ''] = on.split(' ');
  const argv = ['plan', 'pylock.toml', ...names, '--python', python, '--platform', platform, '--json'];
  const ended = await runPyplan(argv, indexUrl, cwd);
  if (ended.code !== 0) return 'no solution';
  writeFileSync(join(cwd, 'plan.json'), ended.stdout);
  const packages: readonly { readonly name: string; readonly version: string }[] = JSON.parse(ended.stdout)
    .targets[0].packages;
  return Object.fromEntries(packages.map(({ name, version }) => [name, version]));
}

/** The lines of uv's export whose markers hold on the target. */
function projected(text: string, on: string): Pins {
  const [python = '', platform = ''] = on.split(' ');
  const { environment } = target(python, platform);
  const lines = text.split('\n').filter((line) => {
    const marker = line.split(' ; ')[1];
    return line !== '' && (marker === undefined || evaluateMarker(parseMarker(marker), environment));
  });
  return linePins(lines.join('\n'));
}
