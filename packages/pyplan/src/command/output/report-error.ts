import { formatPlace, InputError } from '../../input/input-error.ts';
import type { Style } from '../../render/style.ts';
import { nearest } from '../arguments/suggest.ts';

/** The exit codes of the command. 1 is for answers only; an internal fault must never look like one. */
export const exitCode = {
  done: 0,
  noSolution: 1,
  usage: 2,
  index: 3,
  internal: 70,
  interrupted: 130,
} as const;

export type ErrorKind = 'no-solution' | 'usage' | 'input' | 'index' | 'budget' | 'interrupted' | 'internal';

/** An error as the command tells it. */
export interface ErrorReport {
  readonly kind: ErrorKind;
  readonly code: number;
  /** One clear line in most cases; plain text. */
  readonly explanation: string;
  readonly hint: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly url: string | null;
}

const nowhere = { hint: null, file: null, line: null, column: null, url: null } as const;

/** What to tell of something that was thrown. Errors of other packages are known by their names, so that none is loaded for it. */
export function reportOf(error: unknown, aborted: boolean): ErrorReport {
  if (aborted)
    return { ...nowhere, kind: 'interrupted', code: exitCode.interrupted, explanation: 'Interrupted' };
  if (error instanceof InputError) return inputReport(error);
  const name = error instanceof Error ? error.name : '';
  const explanation = error instanceof Error ? error.message : String(error);
  switch (name) {
    case 'SourceError':
      return { ...nowhere, kind: 'index', code: exitCode.index, explanation, ...sourceDetails(error) };
    case 'BudgetError': {
      const hint =
        'Pin or bound one of the packages that it went through, or allow more with --max-steps (by default 4000000)';
      return { ...nowhere, kind: 'budget', code: exitCode.noSolution, explanation, hint };
    }
    case 'LockWriteError':
    case 'SettingsError':
    case 'NetrcError':
      return { ...nowhere, kind: 'input', code: exitCode.usage, explanation };
    case 'InvalidTargetError':
      return { ...nowhere, kind: 'input', code: exitCode.usage, explanation, hint: targetHint(error) };
    default:
      return {
        ...nowhere,
        kind: 'internal',
        code: exitCode.internal,
        explanation: `Internal error: ${explanation}`,
        hint: 'This is a fault of pyplan; -v shows where',
      };
  }
}

function inputReport(error: InputError): ErrorReport {
  const { place } = error;
  return {
    ...nowhere,
    kind: error.name === 'UsageError' ? 'usage' : 'input',
    code: exitCode.usage,
    explanation: error.message,
    hint: error.hint,
    file: place === null || place.source === 'argument' ? null : place.source,
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
}

/** The name that was perhaps meant, else what there is. */
function targetHint(error: unknown): string {
  const { given, known } = fieldsOf(error);
  const names = Array.isArray(known) ? known.filter((name) => typeof name === 'string') : [];
  const near = typeof given === 'string' ? nearest(given.toLowerCase(), names) : null;
  if (near !== null) return `Did you mean ${near}?`;
  return '--python takes 3.12 or 3.12.4; --platform takes linux, macos, windows or a triple such as aarch64-apple-darwin';
}

function fieldsOf(error: unknown): Readonly<Record<string, unknown>> {
  return typeof error === 'object' && error !== null ? Object.fromEntries(Object.entries(error)) : {};
}

function sourceDetails(error: unknown): { hint: string; url: string | null } {
  const fields = new Map<string, unknown>(
    typeof error === 'object' && error !== null ? Object.entries(error) : [],
  );
  const url = fields.get('url');
  const isLocal = typeof url === 'string' && !/^https?:/.test(url);
  const hint = isLocal ? 'The snapshot is damaged: make it anew' : sourceHint(fields.get('kind'));
  return { hint, url: typeof url === 'string' ? url : null };
}

function sourceHint(kind: unknown): string {
  switch (kind) {
    case 'offline':
      return 'Run once without --offline, or name a --snapshot that holds it';
    case 'refused':
      return 'Check the URL of the index and what it asks of its users';
    case 'corrupt':
      return 'The index served something other than what it promised; try again, and tell whoever runs it if it stays so';
    default:
      return 'Check the network and the URL of the index; --offline uses the cache alone';
  }
}

/** The report for people: `error: file:line: what`, the hint below it. */
export function formatReport(report: ErrorReport, style: Style): string {
  const place =
    report.file === null
      ? null
      : formatPlace({ source: report.file, line: report.line, column: report.column });
  const head = `${style.red(style.bold('error'))}: ${place === null ? '' : `${style.bold(place)}: `}${report.explanation}`;
  const url = report.url === null || report.explanation.includes(report.url) ? '' : `\n  ${report.url}`;
  const hint = report.hint === null ? '' : `\n  ${style.cyan('hint')}: ${report.hint}`;
  return `${head}${url}${hint}\n`;
}

/** The report for programs: `{"error": {"kind", "explanation", "repairs", …}}`. */
export function reportJson(report: ErrorReport): string {
  const { kind, explanation, hint, file, line, column, url } = report;
  const details = Object.entries({ hint, file, line, column, url }).filter(([, value]) => value !== null);
  return `${JSON.stringify({ error: { kind, explanation, repairs: [], ...Object.fromEntries(details) } })}\n`;
}
