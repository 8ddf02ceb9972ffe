import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import type { TrackedFile } from './tracked-files.ts';

/** One import, re-export or dynamic import. */
export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** `import type` and `export type`: gone before the code runs. */
  readonly typeOnly: boolean;
}

// Statements begin a line (Biome's formatter sees to it), so lines of comments never match.
const statement = /^[ \t]*(?:import|export)\b(?:[^'"`;]*?\bfrom)?[ \t\n]*['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\([ \t\n]*['"]([^'"]+)['"]/g;
const required = /\brequire\([ \t\n]*['"]([^'"]+)['"]/g;

/** Every import of a file, type-only ones included. */
export function importsOf(file: TrackedFile): readonly Import[] {
  const code = withoutComments(file.text);
  const found: Import[] = [];
  for (const pattern of [statement, dynamic, required]) {
    for (const match of code.matchAll(pattern)) {
      const specifier = match[1];
      if (specifier === undefined) continue;
      found.push({ from: file.path, specifier, typeOnly: /^\s*(?:import|export) type\b/.test(match[0]) });
    }
  }
  return found;
}

/** Drops whole-line and block comments that begin a line: enough to hide the examples in docstrings. */
export function withoutComments(text: string): string {
  return text.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, '').replace(/^[ \t]*\/\/.*$/gm, '');
}

const builtins = new Set(builtinModules);

export function isNodeBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtins.has(specifier.split('/')[0] ?? '');
}

/** The workspace package that an import leads to, by its folder in `packages/`; null if none. */
export function packageOfImport({ from, specifier }: Pick<Import, 'from' | 'specifier'>): string | null {
  if (specifier.startsWith('.')) {
    return packageOfPath(posix.normalize(posix.join(posix.dirname(from), specifier)));
  }
  if (specifier === 'pyplan' || specifier.startsWith('pyplan/')) return 'pyplan';
  return /^@pyplan\/([^/]+)/.exec(specifier)?.[1] ?? null;
}

/** The folder in `packages/` that a path lies in; null if none. */
export function packageOfPath(path: string): string | null {
  return /^packages\/([^/]+)\//.exec(path)?.[1] ?? null;
}
