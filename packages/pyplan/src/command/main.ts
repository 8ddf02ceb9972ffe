import type { ReportedTarget } from '@pyplan/resolver';
import type { Verb } from './arguments/option-spec.ts';
import { type ParsedArguments, parseArguments } from './arguments/parse-arguments.ts';
import { readSettings, type Settings } from './arguments/settings.ts';
import { type Context, createContext } from './context.ts';
import type { World } from './process/world.ts';

type VerbRunner = (context: Context) => Promise<number>;

/** A verb's module is loaded when it is asked for, with all that it brings. */
const runners: Readonly<Record<Verb, () => Promise<VerbRunner>>> = {
  lock: async () => (await import('./verbs/lock.ts')).runLock,
  plan: async () => (await import('./verbs/plan.ts')).runPlan,
  compare: async () => (await import('./verbs/compare.ts')).runCompare,
  why: async () => (await import('./verbs/why.ts')).runWhy,
  tree: async () => (await import('./verbs/tree.ts')).runTree,
  convert: async () => (await import('./verbs/convert.ts')).runConvert,
  diff: async () => (await import('./verbs/diff.ts')).runDiff,
  verify: async () => (await import('./verbs/verify.ts')).runVerify,
  snapshot: async () => (await import('./verbs/snapshot.ts')).runSnapshot,
  info: async () => (await import('./verbs/info.ts')).runInfo,
  env: async () => (await import('./verbs/env.ts')).runEnv,
  cache: async () => (await import('./verbs/cache.ts')).runCache,
};

/**
 * Runs the command and gives its exit code. Throws nothing.
 *
 * Results go to `world.stdout`, all else to `world.stderr`; with `--json` errors are results.
 */
export async function main(argv: readonly string[], world: World): Promise<number> {
  try {
    const parsed = parseArguments(argv);
    return parsed.kind === 'verb' ? await runVerb(parsed, world) : await showText(parsed, world);
  } catch (error) {
    return await tellError(error, argv, world);
  }
}

async function runVerb(parsed: Extract<ParsedArguments, { kind: 'verb' }>, world: World): Promise<number> {
  const settings = readSettings(parsed);
  const reported = settings.environments.length === 0 ? [] : await reportedTargets(settings, world);
  const context = createContext(settings, world, reported);
  const run = await runners[parsed.verb]();
  world.signal.throwIfAborted();
  return run(context);
}

async function reportedTargets(settings: Settings, world: World): Promise<readonly ReportedTarget[]> {
  const { readReportedTargets } = await import('./resolving/reported-targets.ts');
  return readReportedTargets(settings, world);
}

async function showText(parsed: Exclude<ParsedArguments, { kind: 'verb' }>, world: World): Promise<number> {
  if (parsed.kind === 'version') {
    const { version } = await import('./version.ts');
    world.stdout.write(`pyplan ${version()}\n`);
    return 0;
  }
  const [{ generalHelp, helpOf }, { columnsOf }] = await Promise.all([
    import('./arguments/help.ts'),
    import('./output/terminal.ts'),
  ]);
  const columns = columnsOf(world.stdout, world.env);
  world.stdout.write(parsed.verb === null ? generalHelp(columns) : helpOf(parsed.verb, columns));
  return 0;
}

/** Options that shape errors are read off the raw arguments: the fault may lie in these. */
async function tellError(error: unknown, argv: readonly string[], world: World): Promise<number> {
  const [{ formatReport, reportJson, reportOf }, { styleFor }] = await Promise.all([
    import('./output/report-error.ts'),
    import('./output/terminal.ts'),
  ]);
  const report = reportOf(error, world.signal.aborted);
  const choice = argv.includes('--color=always')
    ? 'always'
    : argv.includes('--color=never')
      ? 'never'
      : 'auto';
  if (argv.includes('--json')) world.stdout.write(reportJson(report));
  else world.stderr.write(formatReport(report, styleFor(world.stderr, choice, world.env)));
  const verbose = argv.includes('-v') || argv.includes('--verbose');
  if (verbose && report.kind === 'internal' && error instanceof Error)
    world.stderr.write(`${error.stack ?? ''}\n`);
  return report.code;
}
