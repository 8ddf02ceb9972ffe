import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Target } from '@pyplan/resolver';
import { bestWheel, tryParseDistributionFilename } from '@pyplan/wheel-meta';

/** A part of an index: what some cases ask of it. */
export interface CutIndex {
  /** Pages (Simple repository API, JSON) by project, each with what resolving needs. */
  readonly pages: Readonly<Record<string, object>>;
  /** Metadata of wheels by path below `files/`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Whole files by path below `files/`, base64. */
  readonly files: Readonly<Record<string, string>>;
}

interface Page {
  readonly name: string;
  readonly files: readonly PageFile[];
}

interface PageFile {
  readonly filename: string;
  readonly url: string;
  readonly hashes?: Readonly<Record<string, string>>;
  readonly 'requires-python'?: string | null;
  readonly 'upload-time'?: string | null;
  readonly yanked?: boolean | string;
  readonly 'core-metadata'?: unknown;
}

/**
 * Asks `indexUrl` again for what was asked of it, and keeps of the answers what resolving needs: of projects that
 * are told of every wheel, of others the wheels that these targets take.
 */
export async function cutIndex(
  indexUrl: string,
  paths: readonly string[],
  told: ReadonlySet<string>,
  targets: readonly Target[],
): Promise<CutIndex> {
  const pages: Record<string, object> = {};
  const metadata: Record<string, string> = {};
  const files: Record<string, string> = {};
  for (const path of [...new Set(paths)].sort()) {
    const response = await fetch(new URL(path, indexUrl), {
      headers: { accept: 'application/vnd.pypi.simple.v1+json' },
    });
    if (!response.ok) continue;
    const [, kind = '', name = ''] = path.split('/');
    if (kind === 'simple') {
      const page = (await response.json()) as Page;
      pages[name] = cutPage(told.has(name) ? page : { ...page, files: neededFiles(page, targets) });
    } else if (path.endsWith('.metadata'))
      metadata[path.slice('/files/'.length)] = cutMetadata(await response.text());
    else files[path.slice('/files/'.length)] = Buffer.from(await response.arrayBuffer()).toString('base64');
  }
  return { pages, metadata, files };
}

/** The best wheel of each version for each target, and the source distributions. */
function neededFiles({ name, files }: Page, targets: readonly Target[]): readonly PageFile[] {
  const named = files.map((file) => ({ file, parsed: tryParseDistributionFilename(file.filename, name) }));
  const byVersion = Map.groupBy(
    named.flatMap(({ file, parsed }) => (parsed.kind === 'wheel' ? [{ ...parsed, file }] : [])),
    ({ version }) => version.text,
  );
  const best = new Set(
    [...byVersion.values()].flatMap((wheels) => targets.map(({ tags }) => bestWheel(wheels, tags)?.file)),
  );
  return named.flatMap(({ file, parsed }) => (parsed.kind === 'sdist' || best.has(file) ? [file] : []));
}

/** Files that an installer may take, without sizes and digests: nothing is downloaded. */
function cutPage({ name, files }: Page): object {
  return {
    meta: { 'api-version': '1.0' },
    name,
    files: files
      .filter(({ filename }) => /\.(?:whl|tar\.gz|zip)$/.test(filename))
      .map((file) => ({
        filename: file.filename,
        url: file.url,
        hashes: { sha256: '0'.repeat(64) },
        ...(file['requires-python'] == null ? {} : { 'requires-python': file['requires-python'] }),
        'upload-time': `${file['upload-time']?.slice(0, 19)}Z`,
        ...(file.yanked === false ? {} : { yanked: file.yanked }),
        ...(file.filename.endsWith('.whl') ? { 'core-metadata': true } : {}),
      })),
  };
}

const kept = /^(?:Metadata-Version|Name|Version|Requires-Python|Requires-Dist|Provides-Extra):/;

function cutMetadata(text: string): string {
  const [headers = ''] = text.split(/\r?\n\r?\n/);
  return `${headers
    .split(/\r?\n/)
    .filter((line) => kept.test(line))
    .join('\n')}\n`;
}

/** The bytes of a cut index; the same for the same index. */
export function packIndex(index: CutIndex): Buffer {
  return gzipSync(JSON.stringify(index), { level: 9 });
}

/** Lays a packed index out as a snapshot directory. */
export function unpackIndex(bytes: Uint8Array, directory: string): void {
  const index: CutIndex = JSON.parse(gunzipSync(bytes).toString('utf8'));
  const write = (path: string, content: string | Uint8Array): void => {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  for (const [name, page] of Object.entries(index.pages))
    write(`simple/${name}/index.json`, JSON.stringify(page));
  for (const [path, text] of Object.entries(index.metadata)) write(`files/${path}`, text);
  for (const [path, text] of Object.entries(index.files)) write(`files/${path}`, Buffer.from(text, 'base64'));
}
