import {
  createSnapshot,
  type SnapshotReport,
  serveSnapshot,
  snapshotRequest,
  verifySnapshot,
} from '@pyplan/package-index';
import type { Resolution } from '@pyplan/resolver';
import { UsageError } from '../../input/input-error.ts';
import { count, formatBytes } from '../../render/quantities.ts';
import { lock } from '../../verbs/lock.ts';
import { parseArguments } from '../arguments/parse-arguments.ts';
import { readSettings } from '../arguments/settings.ts';
import { type Context, createContext } from '../context.ts';
import { emitJson } from '../output/emit.ts';
import { refuse } from '../output/refuse.ts';
import { exitCode } from '../output/report-error.ts';
import { chooseTargets } from '../resolving/choose-targets.ts';
import { answerInputs } from '../resolving/resolve-inputs.ts';

/** `pyplan snapshot create|update|verify|serve DIR`: what a resolution needs of an index, in a directory. */
export async function runSnapshot(context: Context): Promise<number> {
  const [action, directory, ...sources] = context.settings.positionals;
  if (directory === undefined) {
    throw new UsageError('snapshot takes create, update, verify or serve, and a directory', {
      hint: 'pyplan snapshot create DIR requirements.in',
    });
  }
  switch (action) {
    case 'create':
      return create(context, directory, sources);
    case 'update':
      return create(asCreated(context, directory), directory, null);
    case 'verify':
      return verify(context, directory);
    case 'serve':
      return serve(context, directory);
    default:
      throw new UsageError(`snapshot takes create, update, verify or serve; got ${action ?? 'nothing'}`);
  }
}

/** Ends a snapshot whose inputs have no solution: nothing is written. */
class Unsolvable extends Error {}

/** `sources` null: those of the context, which is then that of an earlier run. */
async function create(
  context: Context,
  directory: string,
  sources: readonly string[] | null,
): Promise<number> {
  const { settings } = context;
  const inputs = sources ?? settings.positionals;
  let report: SnapshotReport | null = null;
  const resolved = await answerInputs<Resolution>(context, { sources: inputs }, (read, files) => {
    const { targets, assumed } = chooseTargets(context, read, files);
    return {
      assumed,
      resolve: async (request, { client }) => {
        let answer: Resolution | null = null;
        try {
          report = await createSnapshot({
            directory: context.path(directory),
            source: request.source,
            client,
            resolve: async (source) => {
              answer = await lock({ ...request, targets, source });
              if (answer.status === 'no-solution') throw new Unsolvable();
              return answer.plans.flatMap((plan) => plan.packages.map((planned) => planned.file));
            },
            tags: targets.map((target) => target.tags),
            allVersions: settings.allVersions,
            withFiles: settings.withFiles,
            request: { arguments: ['--', ...inputs], options: settings.lasting },
            ...(request.signal === undefined ? {} : { signal: request.signal }),
          });
        } catch (error) {
          if (!(error instanceof Unsolvable)) throw error;
        }
        if (answer === null) throw new Error('a snapshot was made without a resolution');
        return answer;
      },
    };
  });
  const { answer } = resolved;
  if (answer.status === 'no-solution') return refuse(context, answer, resolved);
  if (report !== null) await tellReport(context, directory, report);
  return exitCode.done;
}

async function tellReport(context: Context, directory: string, report: SnapshotReport): Promise<void> {
  if (context.settings.json) return emitJson(context, report);
  for (const { filename, reason } of report.leftOut) context.warn(`${filename} is left out: ${reason}`);
  const { projects, files, held, bytes } = report;
  const whole = held === 0 ? '' : `, ${held} of them whole`;
  context.say(
    `Wrote ${directory}: ${count(projects, 'project')}, ${count(files, 'file')}${whole}, ${formatBytes(bytes)}`,
  );
}

/** The context as it was when the snapshot was made; where from and how to tell it are of today. */
function asCreated(context: Context, directory: string): Context {
  const [, , further] = context.settings.positionals;
  if (further !== undefined) {
    throw new UsageError('snapshot update takes no inputs: it reads those that the snapshot was made for', {
      hint: `pyplan snapshot create ${directory} ${further}`,
    });
  }
  const request = snapshotRequest(context.path(directory));
  const fields = new Map<string, unknown>(
    typeof request === 'object' && request !== null ? Object.entries(request) : [],
  );
  const argv = [...texts(fields.get('options')), ...texts(fields.get('arguments'))];
  const parsed = parseArguments(['snapshot', ...argv]);
  if (argv.length === 0 || parsed.kind !== 'verb') {
    throw new UsageError(`${directory} does not say what it was made for`, {
      hint: `pyplan snapshot create ${directory} …`,
    });
  }
  const then = readSettings(parsed);
  const { snapshot, indexUrl, extraIndexUrls, findLinks, noIndex, offline, cacheDirectory, noCache } =
    context.settings;
  const { indexStrategy, keyringProvider, trustedHosts, cert, clientCert, proxy } = context.settings;
  const transport = { indexStrategy, keyringProvider, trustedHosts, cert, clientCert, proxy };
  const { json, quiet, verbose, color } = context.settings;
  const today = { snapshot, indexUrl, extraIndexUrls, findLinks, noIndex, offline, cacheDirectory, noCache };
  return createContext({ ...then, ...today, ...transport, json, quiet, verbose, color }, context.world);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

async function verify(context: Context, directory: string): Promise<number> {
  const verdict = await verifySnapshot(context.path(directory));
  const { projects, files, findings } = verdict;
  const isRight = findings.length === 0;
  if (context.settings.json) {
    await emitJson(context, verdict);
  } else {
    const lines = findings.map(({ path, text, kind }) => `${path}: ${text} [${kind}]`);
    const summary = isRight ? `${directory} is right` : `${directory}: ${count(findings.length, 'fault')}`;
    const counts = `${count(projects, 'project')}, ${count(files, 'file')}`;
    context.world.stdout.write(`${[...lines, `${summary} (${counts})`].join('\n')}\n`);
  }
  return isRight ? exitCode.done : exitCode.noSolution;
}

/** Serves until Ctrl-C. */
async function serve(context: Context, directory: string): Promise<number> {
  const { settings, world } = context;
  const server = await serveSnapshot(context.path(directory), { port: settings.port });
  world.stdout.write(settings.json ? `${JSON.stringify({ url: server.url })}\n` : `${server.url}\n`);
  context.say('Ctrl-C ends it');
  await new Promise<void>((resolve) => {
    if (world.signal.aborted) resolve();
    world.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.close();
  return exitCode.interrupted;
}
