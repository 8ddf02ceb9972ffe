import { decodeLatin1 } from '../bytes/text.ts';
import type { EntryPoint } from '../wheel/entry-points.ts';
import { type Finding, finding } from './finding.ts';

/** How a script file begins, which decides what an installer does to it. */
export type ShebangKind =
  /** `#!python`: replaced by the interpreter that it is installed for. */
  | 'python'
  /** `#!pythonw`: likewise, by the one without a console. */
  | 'pythonw'
  /** Some other interpreter: left alone. */
  | 'other'
  /** None: a program in machine code, or a Windows script. */
  | 'none'
  /** The script was not read. */
  | 'unknown';

/** A command that installing the wheel makes available. */
export type Script =
  /** Made by the installer from an entry point. */
  | { readonly kind: 'console' | 'gui'; readonly name: string; readonly reference: string }
  /** A file in the wheel's `.data/scripts`. */
  | { readonly kind: 'file'; readonly name: string; readonly path: string; readonly shebang: ShebangKind };

/** The kind of the shebang that a script file begins with. */
export function shebangOf(bytes: Uint8Array | undefined): ShebangKind {
  if (bytes === undefined) return 'unknown';
  const start = decodeLatin1(bytes.subarray(0, 9));
  if (start.startsWith('#!pythonw')) return 'pythonw';
  if (start.startsWith('#!python')) return 'python';
  return start.startsWith('#!') ? 'other' : 'none';
}

/** The commands that entry points stand for, and those of them that stand for none. */
export function entryPointScripts(entryPoints: readonly EntryPoint[]): {
  readonly scripts: readonly Script[];
  readonly findings: readonly Finding[];
} {
  const scripts = new Map<string, Script>();
  const findings: Finding[] = [];
  for (const { group, name, value, attribute } of entryPoints) {
    if (group !== 'console_scripts' && group !== 'gui_scripts') continue;
    if (attribute === null) {
      findings.push(finding('invalid-entry-point', null, `the script ${name} = ${value} names no callable`));
      continue;
    }
    scripts.set(`${group}:${name}`, {
      kind: group === 'gui_scripts' ? 'gui' : 'console',
      name,
      reference: value,
    });
  }
  return { scripts: [...scripts.values()], findings };
}

/**
 * Whether a file of `.data/scripts` is a wrapper that some builder made for an entry point: installers
 * leave it out and make their own.
 */
export function isWrapper(filename: string, scripts: readonly Script[]): boolean {
  const lower = filename.toLowerCase();
  const stem = ['-script.py', '.exe', '.pya'].find((suffix) => lower.endsWith(suffix));
  const name = stem === undefined ? filename : filename.slice(0, -stem.length);
  return scripts.some((script) => script.kind !== 'file' && script.name === name);
}
