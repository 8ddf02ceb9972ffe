import { type ExplanationCase, requirements } from '../case.ts';

const anywhere = 'The lines with their places, and both ways out, tried.';

/** Lines of the user's, constraints and overrides against what packages depend on. */
export const pinCases: readonly ExplanationCase[] = [
  {
    id: 'transitive-bound',
    title: 'A bound against what a pinned package depends on',
    files: requirements('flask==3.1.3', 'werkzeug<3'),
    more: anywhere,
  },
  {
    id: 'two-lines',
    title: 'Two lines that contradict each other',
    files: requirements('django>=5', 'celery', 'django<4.2'),
    more: 'Where the two lines stand, and what loosening either gives.',
  },
  {
    id: 'constraint',
    title: 'A constraint against a dependency',
    files: { ...requirements('flask>=3.1'), 'constraints.txt': 'werkzeug<3\n' },
    options: ['-c', 'constraints.txt'],
    more: 'That it is a constraint, and of which file; uv names it without saying whose it is, pip blames the line.',
  },
  {
    id: 'old-freeze',
    title: 'A freeze as constraints, and one package moved on',
    files: {
      ...requirements('flask>=3.1', 'requests'),
      'freeze.txt':
        'click==8.1.7\nflask==3.1.3\nitsdangerous==2.1.2\nrequests==2.31.0\nurllib3==2.2.0\nwerkzeug==3.0.1\n',
    },
    options: ['-c', 'freeze.txt'],
    more: 'Which of the six lines of the freeze are in the way, that they are constraints, and what frees them.',
  },
  {
    id: 'override',
    title: 'An override that makes it worse',
    files: { ...requirements('flask>=3'), 'overrides.txt': 'werkzeug>=99\n' },
    options: ['--override', 'overrides.txt'],
    pip: null,
    more: 'That the version comes from the override and not from flask, where it stands, and what the index has.',
  },
  {
    id: 'upgrade-limit',
    title: 'Upgrading one package no further than a bound',
    files: requirements('requests>=2.34', 'urllib3>=2.7'),
    pyplan: ['-P', 'urllib3<2', '-o', 'pylock.toml'],
    uv: ['-P', 'urllib3<2'],
    pip: null,
    more: 'That the bound of -P is what stands against the line.',
  },
  {
    id: 'extra',
    title: 'What an extra needs',
    files: requirements('uvicorn[standard]==0.30.0', 'websockets<10'),
    more: 'Where the lines stand, and the way out that was tried.',
  },
  {
    id: 'two-extras',
    title: 'The extras of two packages',
    files: requirements('sqlalchemy[asyncio]==1.4.54', 'greenlet>=3', 'flask-sqlalchemy>=3.1'),
    more: 'The two lines by name, where uv says "your requirements", and what to change.',
  },
  {
    id: 'marker',
    title: 'Lines under markers, of which one holds',
    files: requirements(
      'pandas>=3',
      'numpy<1.26; sys_platform == "linux"',
      'numpy>=2; sys_platform != "linux"',
    ),
    more: 'The line whose marker holds, as written.',
  },
];
