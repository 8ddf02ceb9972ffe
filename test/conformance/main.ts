import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CaseFileError } from '../support/case-files.ts';
import { shared } from '../support/paths.ts';
import { type CaseKind, type CaseOptions, type CaseResult, idFilter } from './case-run.ts';

const usage = `Usage: pnpm conformance vectors|scenarios|worlds|resolutions [--data DIR] [--json] [ID or name...]

Runs the case files of DIR, prints the id of each case that fails (why, on stderr), and last
"N passed, N failed". Exit code 1 if any failed, 2 for bad usage or no cases.

  --data DIR   case files, plain or gzipped (default: those in ../shared)
  --json       before the last line, one line of JSON with the counts and failures
  --no-big     worlds: leave the worlds of kind "big" out
  --only-big   worlds: only those
  --mirror     resolutions: over HTTP, served on loopback by DIR/mirror.py (needs python3)`;

/** Each kind of case with its module, loaded when asked for, and its place beside the project. */
const kinds: Readonly<Record<string, { load: () => Promise<CaseKind>; place: string }>> = {
  vectors: { load: async () => (await import('./vectors.ts')).vectors, place: 'vectors' },
  scenarios: { load: async () => (await import('./scenarios.ts')).scenarios, place: 'scenarios' },
  worlds: { load: async () => (await import('./worlds.ts')).worlds, place: 'worlds' },
  resolutions: { load: async () => (await import('./resolutions.ts')).resolutions, place: 'snapshot' },
};

interface Command {
  readonly kind: (typeof kinds)[string];
  readonly name: string;
  readonly json: boolean;
  readonly options: CaseOptions;
}

function readCommand(args: readonly string[]): Command {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      json: flag,
      'no-big': flag,
      'only-big': flag,
      mirror: flag,
    },
  });
  const [name = '', ...filters] = positionals;
  const kind = kinds[name];
  if (kind === undefined) {
    throw new CaseFileError(name === '' ? 'Name a kind of case.' : `There is no kind of case "${name}".`);
  }
  const flags = new Set(Object.entries(values).flatMap(([key, value]) => (value === true ? [key] : [])));
  return {
    kind,
    name,
    json: values.json,
    options: {
      data: values.data ?? join(shared, kind.place),
      wants: idFilter(filters),
      has: (given) => flags.has(given),
      tell: (text) => process.stderr.write(`${text}\n`),
    },
  };
}

async function run({ kind, name, json, options }: Command): Promise<number> {
  const cases = await kind.load();
  const results: CaseResult[] = [];
  for await (const result of cases(options)) {
    results.push(result);
    if (result.failure === null) continue;
    if (!json) process.stdout.write(`${result.id}\n`);
    process.stderr.write(`  ${result.id}: ${result.failure}\n`);
  }
  const failures = results.filter(({ failure }) => failure !== null);
  const passed = results.length - failures.length;
  if (json)
    process.stdout.write(`${JSON.stringify({ kind: name, passed, failed: failures.length, failures })}\n`);
  process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
  if (results.length === 0) {
    process.stderr.write('No case ran: none is named so, or the directory holds none of this kind.\n');
    return 2;
  }
  return failures.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await run(readCommand(process.argv.slice(2)));
} catch (error) {
  const isUsage =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!isUsage && !(error instanceof CaseFileError)) throw error;
  process.stderr.write(`${error.message}\n\n${usage}\n`);
  process.exitCode = 2;
}
