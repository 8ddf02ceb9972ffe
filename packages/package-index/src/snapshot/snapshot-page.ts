import { normalizeName } from '@pyplan/markers';
import type { Hashes, IndexFile, ProjectStatus } from '@pyplan/resolver';

/** A file as a snapshot lists it. */
export interface SnapshotFile {
  readonly file: IndexFile;
  /** Digests of the sidecar; null where there is none. */
  readonly sidecar: Hashes | null;
}

export interface SnapshotProject {
  /** Normalised. */
  readonly name: string;
  readonly versions: readonly string[];
  readonly files: readonly SnapshotFile[];
  readonly status: ProjectStatus;
}

const API_VERSION = '1.4';

/** A page in JSON (PEP 691, 700, 792), the same bytes for the same project. */
export function jsonPage(project: SnapshotProject): string {
  const { kind, reason } = project.status;
  return `${JSON.stringify(
    {
      meta: { 'api-version': API_VERSION },
      name: project.name,
      ...(kind === 'active'
        ? {}
        : { 'project-status': reason === null ? { status: kind } : { status: kind, reason } }),
      versions: project.versions,
      files: project.files.map(({ file, sidecar }) => ({
        filename: file.filename,
        url: relativeUrl(project.name, file.filename),
        hashes: file.hashes,
        'requires-python': file.requiresPython,
        ...(file.size === null ? {} : { size: file.size }),
        ...(file.uploadTime === null ? {} : { 'upload-time': file.uploadTime }),
        yanked: file.yanked === null ? false : file.yanked === '' ? true : file.yanked,
        ...(sidecar === null ? {} : { 'core-metadata': sidecar }),
      })),
    },
    null,
    1,
  )}\n`;
}

/** The same page in HTML (PEP 503, 592, 714, 792). */
export function htmlPage(project: SnapshotProject): string {
  const { kind, reason } = project.status;
  const status =
    kind === 'active'
      ? ''
      : `<meta name="pypi:project-status" content="${kind}">${reason === null ? '' : `<meta name="pypi:project-status-reason" content="${escapeHtml(reason)}">`}`;
  const links = project.files.map(({ file, sidecar }) => {
    const { sha256 } = file.hashes;
    const [algorithm, digest] =
      sha256 === undefined ? (Object.entries(file.hashes)[0] ?? []) : ['sha256', sha256];
    const fragment = algorithm === undefined || digest === undefined ? '' : `#${algorithm}=${digest}`;
    const attributes = [
      `href="${escapeHtml(relativeUrl(project.name, file.filename) + fragment)}"`,
      ...(file.requiresPython === null ? [] : [`data-requires-python="${escapeHtml(file.requiresPython)}"`]),
      ...(file.yanked === null ? [] : [`data-yanked="${escapeHtml(file.yanked)}"`]),
      ...(sidecar === null ? [] : [sidecarAttributes(sidecar)]),
    ];
    return `<a ${attributes.join(' ')}>${escapeHtml(file.filename)}</a><br>\n`;
  });
  return htmlDocument(`Links for ${project.name}`, links, status);
}

/** The list of projects, in JSON and in HTML. */
export function projectList(names: readonly string[]): { readonly json: string; readonly html: string } {
  return {
    json: `${JSON.stringify({ meta: { 'api-version': API_VERSION }, projects: names.map((name) => ({ name })) }, null, 1)}\n`,
    html: htmlDocument(
      'Simple index',
      names.map((name) => `<a href="${normalizeName(name)}/">${escapeHtml(name)}</a><br>\n`),
      '',
    ),
  };
}

function htmlDocument(title: string, links: readonly string[], head: string): string {
  return (
    `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><meta name="pypi:repository-version" content="${API_VERSION}">${head}` +
    `<title>${escapeHtml(title)}</title></head><body><h1>${escapeHtml(title)}</h1>\n${links.join('')}</body></html>\n`
  );
}

function sidecarAttributes(sidecar: Hashes): string {
  const { sha256 } = sidecar;
  const value = sha256 === undefined ? 'true' : `sha256=${sha256}`;
  return `data-core-metadata="${value}" data-dist-info-metadata="${value}"`;
}

function relativeUrl(project: string, filename: string): string {
  return `../../files/${project}/${encodeURIComponent(filename)}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
