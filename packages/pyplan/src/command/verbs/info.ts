import { normalizeName } from '@pyplan/markers';
import { diskCache, jsonApi, jsonApiBase, statistics } from '@pyplan/package-index';
import { UsageError } from '../../input/input-error.ts';
import { argumentOrigin, readRequirement } from '../../input/requirements/requirement-strings.ts';
import { emptyFileOptions } from '../../input/requirements/requirements-file.ts';
import { filesByPlatform } from '../../render/files-by-platform.ts';
import { count, formatBytes } from '../../render/quantities.ts';
import { formatTable } from '../../render/table.ts';
import { type ProjectInfo, projectInfo, type ReleaseInfo } from '../../verbs/project-info.ts';
import { type ProjectServices, projectServices } from '../../verbs/project-services.ts';
import type { Context } from '../context.ts';
import { emitJson } from '../output/emit.ts';
import { exitCode } from '../output/report-error.ts';
import { spellingHints } from '../output/spelling.ts';
import { cacheDirectory } from '../process/cache-directory.ts';
import { type OpenedSource, openSource } from '../resolving/open-source.ts';

/** So many releases are shown to people. */
const shown = 10;

/** `pyplan info NAME`: what an index has of a project. Exit code 1 where it has no such project. */
export async function runInfo(context: Context): Promise<number> {
  const { settings, world } = context;
  const [argument, second] = settings.positionals;
  if (argument === undefined || second !== undefined) {
    throw new UsageError('info takes the name of one project', { hint: 'pyplan info flask' });
  }
  const { requirement } = readRequirement(argument, argumentOrigin);
  const name = normalizeName(requirement.name);
  const opened = await openSource(context, emptyFileOptions, world.cwd);
  try {
    const info = await projectInfo(opened.source, name, requirement.specifier, world.signal);
    if (info === null) return await tellMissing(context, name);
    const services = await servicesOf(context, opened, info, requirement.specifier.specifiers.length === 0);
    for (const reason of services.unavailable) context.say(context.style.dim(`not asked: ${reason}`));
    if (settings.json) await emitJson(context, infoJson(info, services));
    else world.stdout.write(infoText(info, services, context));
    return exitCode.done;
  } finally {
    await opened.close();
  }
}

/** The services beside the index that the page came from, and the statistics service that the user names. */
async function servicesOf(
  context: Context,
  { client }: OpenedSource,
  info: ProjectInfo,
  isNewest: boolean,
): Promise<ProjectServices> {
  const { settings, world } = context;
  const cache = settings.noCache ? null : diskCache(cacheDirectory(settings, world));
  const options = { client, cache, offline: settings.offline };
  const apiBase = info.index === null ? null : jsonApiBase(info.index);
  const statisticsBase = settings.statisticsUrl ?? world.env['PYPLAN_STATISTICS_URL'] ?? null;
  return await projectServices(
    {
      api: apiBase === null ? null : jsonApi(apiBase, options),
      statistics: statisticsBase === null ? null : statistics(statisticsBase, options),
    },
    info.name,
    { version: info.latest?.version ?? null, isNewest },
    world.signal,
  );
}

async function tellMissing(context: Context, name: string): Promise<number> {
  const explanation = `The index has no project ${name}`;
  const [hint] = await spellingHints([name]);
  if (context.settings.json) {
    const error = { kind: 'not-found', explanation, repairs: [], ...(hint === undefined ? {} : { hint }) };
    context.world.stdout.write(`${JSON.stringify({ error })}\n`);
  } else {
    context.world.stderr.write(`${context.style.red('error')}: ${hint ?? explanation}\n`);
  }
  return exitCode.noSolution;
}

function infoText(info: ProjectInfo, services: ProjectServices, context: Context): string {
  const { resultStyle: style, width } = context;
  const { status, latest } = info;
  const state =
    status.kind === 'active'
      ? ''
      : ` ${style.yellow(status.kind)}${status.reason === null ? '' : `: ${status.reason}`}`;
  const head = `${style.bold(info.name)}${latest === null ? '' : ` ${style.cyan(latest.version)}`}${state}`;
  const requires = latest === null ? [] : latest.requires.map((text) => `  ${text}`);
  const header = ['Version', 'Uploaded', 'Python', 'Files', 'Size', ''].map((title) => style.dim(title));
  const rows = info.releases.slice(0, shown).map((release) => releaseRow(release, style.yellow));
  const more = info.releases.length > shown ? [style.dim(`and ${info.releases.length - shown} older`)] : [];
  const table = formatTable(
    [{}, {}, { shrink: true }, { align: 'right' }, { align: 'right' }, { shrink: true }],
    [header, ...rows],
    width,
  );
  const facts = [...summaryLines(services), ...fileLines(info), ...vulnerabilityLines(services, style)];
  return [
    head,
    ...facts.flatMap((line) => wrapped(line, width)),
    ...(requires.length === 0 ? [] : ['requires', ...requires]),
    '',
    ...table,
    ...more,
    '',
  ].join('\n');
}

function summaryLines({ summary, downloads }: ProjectServices): readonly string[] {
  const number = (value: number): string => value.toLocaleString('en-US');
  return [
    ...(summary === null ? [] : [summary]),
    ...(downloads === null
      ? []
      : [
          `downloads: ${number(downloads.day)} in a day, ${number(downloads.week)} in a week, ${number(downloads.month)} in a month`,
        ]),
  ];
}

/** The files of the latest release, a line for each kind of platform. */
function fileLines({ name, latest, releases }: ProjectInfo): readonly string[] {
  const files = releases.find(({ version }) => version === latest?.version)?.files ?? [];
  const groups = filesByPlatform(
    name,
    files.map(({ filename }) => filename),
  );
  return groups.map(({ platform, interpreters, files: amount }) => {
    const pythons = interpreters.length === 0 ? '' : ` (${interpreters.join(', ')})`;
    return `${platform}: ${count(amount, 'file')}${pythons}`;
  });
}

function vulnerabilityLines(
  { vulnerabilities, summary: told }: ProjectServices,
  style: Context['resultStyle'],
): readonly string[] {
  if (vulnerabilities === null) {
    return told === null ? [] : ['known vulnerabilities: the service does not know this release'];
  }
  if (vulnerabilities.length === 0) return ['no known vulnerabilities'];
  return vulnerabilities.map(({ id, aliases, summary, fixedIn }) => {
    const names = aliases.length === 0 ? id : `${id} (${aliases.join(', ')})`;
    const fixed = fixedIn.length === 0 ? 'no fix is known' : `fixed in ${fixedIn.join(', ')}`;
    return `${style.red('vulnerable')}: ${names}${summary === null ? '' : `: ${summary}`}; ${fixed}`;
  });
}

/** Breaks a line between words; what comes after the first is set in. */
function wrapped(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (last.length + 1 + word.length > width) lines.push(`  ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

function releaseRow(release: ReleaseInfo, warn: (text: string) => string): readonly string[] {
  const sizes = release.files.map((file) => file.size);
  const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const yanked =
    release.yanked === null ? '' : warn(`yanked${release.yanked === '' ? '' : `: ${release.yanked}`}`);
  return [
    release.version,
    release.uploadTime?.slice(0, 10) ?? '?',
    release.requiresPython ?? '',
    String(release.files.length),
    formatBytes(total),
    yanked,
  ];
}

function infoJson(info: ProjectInfo, services: ProjectServices): object {
  const { name, status, index, latest, releases } = info;
  return {
    name,
    status,
    index,
    latest,
    summary: services.summary,
    vulnerabilities: services.vulnerabilities,
    downloads: services.downloads,
    releases: releases.map(({ version, files, uploadTime, requiresPython, yanked }) => ({
      version,
      upload_time: uploadTime,
      requires_python: requiresPython,
      yanked,
      files: files.map(({ filename, url, size, hashes }) => ({ filename, url, size, hashes })),
    })),
  };
}
