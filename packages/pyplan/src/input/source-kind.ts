import { InputError } from './input-error.ts';
import type { InputFiles } from './input-files.ts';

/** What an argument names. Paths are as the user wrote them. */
export type InputSource =
  | { readonly kind: 'requirement'; readonly text: string }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'requirements-file' | 'pyproject' | 'pylock' | 'script'; readonly path: string };

const expected =
  'Expected requirements*.txt, *.in, pyproject.toml, pylock*.toml, a .py script or a directory with one of these';

/**
 * What an argument names. As for pip, a bare name is a requirement even where a file has that name;
 * a path has a separator, begins with a dot, or ends as an input file does.
 *
 * @throws InputError for a path at which nothing is, a file of another kind, a directory without inputs.
 */
export function classifyInput(argument: string, files: InputFiles): InputSource {
  if (argument === '-') return { kind: 'stdin' };
  if (argument.trim() === '') {
    throw new InputError('An argument is empty', {
      place: { source: 'argument' },
      hint: 'Expected a requirement or a file',
    });
  }
  if (!looksLikePath(argument, files)) return { kind: 'requirement', text: argument };
  switch (files.kindOf(argument)) {
    case 'file':
      return classifyFile(argument);
    case 'directory':
      return inputOfDirectory(argument, files);
    case 'absent':
      throw new InputError(`There is no file ${argument}`, { hint: expected });
  }
}

function looksLikePath(argument: string, files: InputFiles): boolean {
  if (/^\w[\w+.-]*:\/\//.test(argument)) {
    throw new InputError(`A URL needs the name of its package: ${argument}`, {
      place: { source: 'argument' },
      hint: `Write "name @ ${argument}"`,
    });
  }
  if (/\.(txt|in|toml|py|whl)$/i.test(argument)) {
    // `discord.py` is a project as well, and `name @ https://host/file.whl` a requirement.
    const certain = !/[@;]/.test(argument) && (/[/\\]/.test(argument) || !/\.py$/i.test(argument));
    if (certain || files.kindOf(argument) === 'file') return true;
  }
  if (/^(\.{1,2}$|\.{0,2}[/\\]|~[/\\]|[A-Za-z]:[/\\])/.test(argument)) return true;
  const isRequirement = /^\s*\w[\w.-]*\s*(\[[^\]]*\]\s*)?([@;(<>=!~]|$)/.test(argument);
  return !isRequirement && /[/\\]/.test(argument);
}

function classifyFile(path: string): InputSource {
  const name = path.split(/[/\\]/).at(-1)?.toLowerCase() ?? '';
  if (/^pylock(\..+)?\.toml$/.test(name)) return { kind: 'pylock', path };
  if (name.endsWith('.toml')) return { kind: 'pyproject', path };
  if (name.endsWith('.py')) return { kind: 'script', path };
  if (/\.(whl|zip|tar\.gz)$/.test(name)) {
    throw new InputError(`${path} is an archive of a package`, {
      hint: `Write "name @ file:///…/${path.split(/[/\\]/).at(-1) ?? ''}"`,
    });
  }
  if (name.endsWith('.txt') || name.endsWith('.in') || !name.includes('.'))
    return { kind: 'requirements-file', path };
  throw new InputError(`${path} is no kind of input that pyplan reads`, { hint: expected });
}

/** In the order in which a directory is searched: what a project states before what was locked from it. */
const inputNames = ['pyproject.toml', 'requirements.in', 'requirements.txt', 'pylock.toml'] as const;

function inputOfDirectory(path: string, files: InputFiles): InputSource {
  const base = path.replace(/[/\\]+$/, '');
  for (const name of inputNames) {
    const candidate = `${base === '' ? '' : base}/${name}`;
    if (files.kindOf(candidate) === 'file') return classifyFile(base === '.' ? name : candidate);
  }
  throw new InputError(`The directory ${path} holds no inputs`, {
    hint: `Expected one of ${inputNames.join(', ')} in it`,
  });
}
