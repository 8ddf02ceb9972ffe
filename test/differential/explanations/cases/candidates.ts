import { type ExplanationCase, requirements } from '../case.ts';

/** Versions that would have done but for one thing. */
export const candidateCases: readonly ExplanationCase[] = [
  {
    id: 'no-such-version',
    title: 'A version that does not exist',
    files: requirements('flask==99'),
    more: 'What the newest is.',
  },
  {
    id: 'version-between',
    title: 'A version between two that exist',
    files: requirements('werkzeug==3.0.9'),
    more: 'The versions on either side.',
  },
  {
    id: 'name-typo',
    title: 'A misspelt name',
    files: requirements('flask', 'reqeusts>=2'),
    more: 'The name that was meant, tried.',
  },
  {
    id: 'unknown-name',
    title: 'A name that the index lacks',
    files: requirements('flask', 'our-internal-tools>=2'),
    more: 'Where the line stands.',
  },
  {
    id: 'yanked',
    title: 'Only a yanked version',
    files: requirements('pytest>=8.1,<8.1.1'),
    more: 'That it was yanked and why; the others find "no versions".',
  },
  {
    id: 'pre-releases',
    title: 'Only pre-releases, which are not allowed',
    files: requirements('opentelemetry-instrumentation-fastapi'),
    options: ['--prerelease', 'disallow'],
    pip: [],
    more: 'That there are 74 pre-releases, and the option that admits them, tried.',
  },
  {
    id: 'too-new',
    title: 'Excluded by --exclude-newer',
    files: requirements('flask>=3.1'),
    options: ['--exclude-newer', '2024-01-01'],
    pip: ['--uploaded-prior-to', '2024-01-01'],
    more: 'When the versions came out, and the option that lets this package alone through.',
  },
  {
    id: 'python-too-old',
    title: 'A Python that is too old',
    files: requirements('numpy>=2.3'),
    python: '3.10',
    more: 'Which Python is asked for, and which one it works on.',
  },
  {
    id: 'python-too-new',
    title: 'A Python that is too new',
    files: requirements('numba<0.61'),
    python: '3.14',
    more: 'For which Pythons the wheels are.',
  },
  {
    id: 'old-stack',
    title: 'An old stack on a new Python',
    files: requirements('numpy==1.21.6', 'pandas==1.3.5', 'scipy==1.7.3'),
    more: 'For which Pythons the wheels are, and that all three lines work on 3.10.',
  },
];
