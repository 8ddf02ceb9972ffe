import { normalizeName } from '@pyplan/markers';
import { UsageError } from '../../input/input-error.ts';
import { argumentOrigin, readRequirement } from '../../input/requirements/requirement-strings.ts';
import { emptyFileOptions } from '../../input/requirements/requirements-file.ts';
import { formatBytes } from '../../render/quantities.ts';
import { formatTable } from '../../render/table.ts';
import { type ProjectInfo, projectInfo, type ReleaseInfo } from '../../verbs/project-info.ts';
import type { Context } from '../context.ts';
import { emitJson } from '../output/emit.ts';
import { exitCode } from '../output/report-error.ts';
import { spellingHints } from '../output/spelling.ts';
import { openSource } from '../resolving/open-source.ts';

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
    if (settings.json) await emitJson(context, infoJson(info));
    else world.stdout.write(infoText(info, context));
    return exitCode.done;
  } finally {
    await opened.close();
  }
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

function infoText(info: ProjectInfo, context: Context): string {
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
    [{}, {}, {}, { align: 'right' }, { align: 'right' }, { shrink: true }],
    [header, ...rows],
    width,
  );
  return [head, ...(requires.length === 0 ? [] : ['requires', ...requires]), '', ...table, ...more, ''].join(
    '\n',
  );
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

function infoJson(info: ProjectInfo): object {
  const { name, status, index, latest, releases } = info;
  return {
    name,
    status,
    index,
    latest,
    releases: releases.map(({ version, files, uploadTime, requiresPython, yanked }) => ({
      version,
      upload_time: uploadTime,
      requires_python: requiresPython,
      yanked,
      files: files.map(({ filename, url, size, hashes }) => ({ filename, url, size, hashes })),
    })),
  };
}
