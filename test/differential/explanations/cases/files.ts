import { type ExplanationCase, requirements } from '../case.ts';

/** Platforms, source distributions, hashes; several targets; projects. */
export const fileCases: readonly ExplanationCase[] = [
  {
    id: 'macos-intel',
    title: 'No wheel for macOS on Intel',
    files: requirements('torch>=2.3'),
    platform: 'x86_64-apple-darwin',
    more: 'Which platforms there are wheels for, and the last version with one for this.',
  },
  {
    id: 'windows-arm',
    title: 'No wheel for Windows on ARM',
    files: requirements('pyyaml'),
    python: '3.10',
    platform: 'aarch64-pc-windows-msvc',
    more: 'For which Pythons this platform has wheels.',
  },
  {
    id: 'musl',
    title: 'No wheel for musl',
    files: requirements('torch'),
    platform: 'x86_64-unknown-linux-musl',
    more: 'Which platforms there are wheels for.',
  },
  {
    id: 'sdist-only',
    title: 'A dependency with only a source distribution',
    files: requirements('newspaper3k'),
    more: 'Which dependency has no wheel, and why older versions do not help.',
  },
  {
    id: 'dynamic-sdist',
    title: 'A source distribution that would have to be built',
    files: requirements('colorama==0.2.3'),
    sdists: true,
    uv: ['--no-build'],
    pip: null,
    more: 'That its metadata is not static, and the nearest version that needs no build.',
  },
  {
    id: 'no-binary',
    title: 'Wheels excluded',
    files: requirements('torch'),
    options: ['--no-binary', 'torch'],
    sdists: true,
    pip: null,
    more: 'How many versions there are, in half the length.',
  },
  {
    id: 'hashes',
    title: 'Hashes that fit no file',
    files: requirements(`itsdangerous==2.2.0 --hash=sha256:${'0123456789abcdef'.repeat(4)}`),
    options: ['--require-hashes'],
    uv: null,
    more: 'Which files the hashes do not allow.',
  },
  {
    id: 'one-of-three',
    title: 'Three targets, of which one fails',
    files: requirements('numba==0.60.0', 'numpy<2.1'),
    python: '3.12,3.13,3.14',
    uv: [],
    pip: null,
    more: 'All targets in one run, and those that fail told together; uv was asked for 3.14 alone.',
  },
  {
    id: 'universal',
    title: 'One lock for platforms that no version covers together',
    files: requirements('torch>=2.3'),
    platform: 'linux,x86_64-apple-darwin',
    pyplan: ['--universal', '--python', '3.12'],
    uv: ['--universal'],
    pip: null,
    more: 'That one of the platforms has no wheel; uv locks it, and the lock fails to install there.',
  },
  {
    id: 'groups',
    title: 'Two groups of a project',
    files: {
      'pyproject.toml': `[project]
name = "shop"
version = "1"
requires-python = ">=3.10"
dependencies = ["django>=5"]

[dependency-groups]
dev = ["django-debug-toolbar>=4"]
legacy = ["django<4.2"]
`,
    },
    sources: ['pyproject.toml'],
    options: ['--group', 'dev', '--group', 'legacy'],
    pip: null,
    more: 'The line of the project and that of the group, by file and line.',
  },
  {
    id: 'extra-typo',
    title: 'A misspelt extra: a warning, no error',
    files: requirements('uvicorn[standart]==0.30.0'),
    more: 'Nothing: a warning each.',
  },
];
