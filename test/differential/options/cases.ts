/** One use of an option, said to pyplan and to uv. */
export interface OptionCase {
  /** The option. */
  readonly option: string;
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
  /** What follows `pyplan lock`. */
  readonly ours: readonly string[];
  /** What follows `uv pip compile`. */
  readonly theirs: readonly string[];
  /** Whether the answer depends on the time of day: it can't be recorded. */
  readonly isTimed?: boolean;
  /** A lock that is there before, as `out.txt`; both replace it. */
  readonly before?: string;
}

const sets = {
  flask: 'flask\n',
  web: 'fastapi\nuvicorn[standard]\nsqlalchemy\n',
  black: 'black[jupyter]\n',
  grpc: 'grpcio-status\nprotobuf\n',
  frame: 'pandas\n',
};

type SetName = keyof typeof sets;

/** The same options for both. */
function same(
  option: string,
  set: SetName,
  argv: readonly string[],
  more: Partial<OptionCase> = {},
): OptionCase {
  const id = `${option} ${set} ${argv.join(' ')}`;
  const files = { 'r.in': sets[set], ...more.files };
  return { option, id, ours: ['r.in', ...argv], theirs: ['r.in', ...argv], ...more, files };
}

/** A file by an option that both know. */
function byFile(option: string, set: SetName, text: string): OptionCase {
  const argv = [`--${option}`, 'f.txt'];
  return { ...same(option, set, argv, { files: { 'f.txt': text } }), id: `${option} ${set} ${text.trim()}` };
}

function existing(option: string, set: SetName, before: string, argv: readonly string[]): OptionCase {
  const files = { 'r.in': sets[set] };
  const id = `${option} ${set} ${argv.join(' ')} over ${before.trim().replaceAll('\n', ' ')}`;
  return { option, id, files, before, ours: ['r.in', ...argv], theirs: ['r.in', ...argv] };
}

/** The lines of a requirements file with a direct requirement of its own. */
function asking(option: string, text: string, argv: readonly string[]): OptionCase {
  const files = { 'r.in': text };
  const id = `${option} ${text.trim().replaceAll('\n', ' ')} ${argv.join(' ')}`;
  return { option, id, files, ours: ['r.in', ...argv], theirs: ['r.in', ...argv] };
}

/** `tool.uv` of a project, read by both. */
function byProject(option: string, dependencies: string, uv: string): OptionCase {
  const text = `[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ${dependencies}\n[tool.uv]\n${uv}\n`;
  const files = { 'pyproject.toml': text };
  const id = `${option} tool.uv ${dependencies} ${uv.replaceAll('\n', ' ')}`;
  return { option, id, files, ours: ['pyproject.toml'], theirs: ['pyproject.toml'] };
}

/** At least two uses of each option, on sets where it changes the answer. */
export const optionCases: readonly OptionCase[] = [
  byFile('constraint', 'flask', 'werkzeug<3\njinja2<3.1.5; python_version > "3"\n'),
  byFile('constraint', 'web', 'anyio<4.5\nstarlette<0.40; sys_platform == "win32"\nnot-asked==1\n'),
  byFile('constraint', 'flask', 'werkzeug<2\n'),
  byProject('constraint', '["flask"]', 'constraint-dependencies = ["werkzeug<3.0.3", "click<8.2"]'),
  byFile('override', 'flask', 'werkzeug==2.3.8\nclick>=8.1,<8.2\n'),
  byFile('override', 'black', 'ipython<8\n'),
  byFile('override', 'flask', 'jinja2 ; python_version < "3"\n'),
  byProject('override', '["flask>=3"]', 'override-dependencies = ["werkzeug<3"]'),
  byFile('excludes', 'flask', 'jinja2\n'),
  byFile('excludes', 'web', 'pydantic\nuvloop==99 ; python_version < "3"\n'),
  byFile('excludes', 'flask', 'flask\n'),
  byProject('excludes', '["black[jupyter]"]', 'exclude-dependencies = ["ipython", "Click"]'),
  asking('resolution', 'flask>=2.2\nclick>=8\n', ['--resolution', 'lowest-direct']),
  asking('resolution', 'flask>=2.2\nwerkzeug>=2.2\njinja2>=3\n', ['--resolution', 'lowest']),
  same('resolution', 'web', ['--resolution', 'highest']),
  byProject('resolution', '["flask>=2.2"]', 'resolution = "lowest-direct"'),
  same('prerelease', 'grpc', ['--prerelease', 'allow']),
  same('prerelease', 'frame', ['--prerelease', 'disallow']),
  same('prerelease', 'grpc', ['--prerelease', 'explicit']),
  asking('prerelease', 'protobuf>=7.37.0rc1\n', ['--prerelease', 'explicit']),
  asking('prerelease', 'protobuf>7.36.2\n', ['--prerelease', 'disallow']),
  asking('prerelease', 'protobuf>7.36.2\n', ['--prerelease', 'if-necessary']),
  asking('prerelease-package', 'protobuf\nsqlalchemy\n', ['--prerelease-package', 'protobuf=allow']),
  asking('prerelease-package', 'protobuf\ndjango\n', [
    '--prerelease',
    'allow',
    '--prerelease-package',
    'Protobuf=disallow',
  ]),
  asking('prerelease-package', 'protobuf>7.36.2\n', ['--prerelease-package', 'protobuf=disallow']),
  byProject('prerelease-package', '["protobuf", "flask"]', 'prerelease-package = { protobuf = "allow" }'),
  same('exclude-newer', 'flask', ['--exclude-newer', '2024-06-01T00:00:00Z']),
  same('exclude-newer', 'web', ['--exclude-newer', '2025-01-31']),
  same('exclude-newer', 'web', ['--exclude-newer', '400 days'], { isTimed: true }),
  same('exclude-newer', 'black', ['--exclude-newer', 'P60W'], { isTimed: true }),
  byProject('exclude-newer', '["flask"]', 'exclude-newer = "2024-06-01T00:00:00Z"'),
  same('exclude-newer-package', 'flask', [
    '--exclude-newer',
    '2024-06-01T00:00:00Z',
    '--exclude-newer-package',
    'werkzeug=false',
  ]),
  same('exclude-newer-package', 'flask', ['--exclude-newer-package', 'Werkzeug=2024-01-01T00:00:00Z']),
  same('exclude-newer-package', 'web', ['--exclude-newer-package', 'pydantic=P500D'], { isTimed: true }),
  byProject(
    'exclude-newer-package',
    '["flask"]',
    'exclude-newer = "2024-06-01T00:00:00Z"\nexclude-newer-package = { click = false, jinja2 = "2024-01-15T00:00:00Z" }',
  ),
  asking('only-binary', 'flask\nsqlalchemy\n', ['--only-binary', ':all:']),
  asking('only-binary', 'markupsafe<2\n', ['--only-binary', 'markupsafe']),
  asking('only-binary', 'markupsafe<2\n', ['--only-binary', ':all:']),
  asking('no-binary', 'click\nitsdangerous\n', ['--no-binary', 'click']),
  existing('upgrade', 'flask', 'click==8.1.7\nwerkzeug==3.0.1\n', []),
  existing('upgrade', 'flask', 'click==8.1.7\nwerkzeug==3.0.1\n', ['--upgrade']),
  existing('upgrade', 'flask', 'click==8.1.7\nwerkzeug==2.0.1\njinja2==3.1.3\n', []),
  existing('upgrade-package', 'flask', 'click==8.1.7\nwerkzeug==3.0.1\njinja2==3.1.3\n', ['-P', 'click']),
  existing('upgrade-package', 'flask', 'click==8.1.7\nwerkzeug==3.0.1\njinja2==3.1.3\n', [
    '-P',
    'click<8.2',
    '-P',
    'jinja2',
  ]),
  existing('upgrade-package', 'web', 'anyio==4.4.0\nstarlette==0.37.2\nfastapi==0.111.0\n', [
    '-P',
    'fastapi',
  ]),
];
