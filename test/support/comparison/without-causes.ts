import {
  type Difference,
  type DifferenceCause,
  type IndexFile,
  type MetadataAnswer,
  type PackageSource,
  type ProjectPage,
  projectPage,
  type ResolveRequest,
} from '@pyplan/resolver';

/** A cause that leads on to no other difference. */
export type End = Exclude<DifferenceCause, { kind: 'requirement' | 'unavailable' }>;

/**
 * The ends that the causes of a difference lead to: by a requirement to whoever asks, and to what is asked for, if
 * these differ themselves. Lines of the user's that only some sides have are ends as well.
 */
export function endsOf(name: string, differences: readonly Difference[]): readonly DifferenceCause[] {
  const byName = new Map(differences.map((difference) => [difference.name, difference]));
  const seen = new Set<string>();
  const ends: DifferenceCause[] = [];
  const queue = [name];
  for (const next of queue) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const cause of byName.get(next)?.causes ?? []) {
      if (cause.kind !== 'requirement' || cause.by === null) {
        ends.push(cause);
        continue;
      }
      queue.push(cause.by.name, cause.package);
    }
  }
  return ends;
}

/** The same world without what parts the sides: asked of no side, or to be had on all. */
export function withoutCauses(source: PackageSource, causes: readonly DifferenceCause[]): PackageSource {
  const pages = new Map<string, ProjectPage | null>();
  const originals = new WeakMap<ProjectPage, ProjectPage>();
  const of = (name: string, version: string): readonly DifferenceCause[] =>
    causes.filter((cause) => 'version' in cause && cause.package === name && cause.version === version);
  const changed = (page: ProjectPage): ProjectPage => {
    const files = page.versions.flatMap(({ text }, rank) =>
      changedFiles(page.name, text, page.filesOf(rank), of(page.name, text)),
    );
    const { name, index, digest } = page;
    const made = projectPage({ name, files, index, digest });
    originals.set(made, page);
    return made;
  };
  return {
    async page(name, signal) {
      const known = pages.get(name);
      if (known !== undefined) return known;
      const page = await source.page(name, signal);
      const made = page === null ? null : changed(page);
      pages.set(name, made);
      return made;
    },
    async metadata(page, file, signal) {
      const original = originals.get(page);
      if (original === undefined) throw new Error(`${page.name} is not a page of this source`);
      const standIn = originalFile(original, file);
      const rank = page.versions.findIndex((_, index) => page.filesOf(index).includes(file));
      const about = { name: page.name, version: page.versions[rank]?.text ?? '' };
      return withoutRequirements(await source.metadata(original, standIn, signal), about, causes);
    },
    direct: (name, url, signal) => source.direct(name, url, signal),
  };
}

/** Name of the wheel that fits everywhere, in place of those that do not. */
function anywhere(name: string, version: string): string {
  return `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`;
}

function changedFiles(
  name: string,
  version: string,
  files: readonly IndexFile[],
  causes: readonly DifferenceCause[],
): readonly IndexFile[] {
  const kinds = new Set(causes.map(({ kind }) => kind));
  const freed = files.map((file) => ({
    ...file,
    requiresPython: kinds.has('requires-python') ? null : file.requiresPython,
    uploadTime: kinds.has('upload-time') ? '2000-01-01T00:00:00Z' : file.uploadTime,
  }));
  const wheel = freed.find(({ filename }) => filename.endsWith('.whl'));
  if (!kinds.has('wheel-tag') || wheel === undefined) return freed;
  return [{ ...wheel, filename: anywhere(name, version) }];
}

function originalFile(page: ProjectPage, file: IndexFile): IndexFile {
  const files = page.versions.flatMap((_, rank) => page.filesOf(rank));
  const found = files.find(({ url }) => url === file.url);
  if (found === undefined) throw new Error(`there is no ${file.url}`);
  return found;
}

function withoutRequirements(
  answer: MetadataAnswer,
  { name, version }: { readonly name: string; readonly version: string },
  causes: readonly DifferenceCause[],
): MetadataAnswer {
  if (answer.kind !== 'metadata') return answer;
  const dropped = new Set(
    causes.flatMap((cause) =>
      cause.kind === 'marker' && cause.by?.name === name && cause.by.version === version ? [cause.text] : [],
    ),
  );
  const free = causes.some(
    (cause) => cause.kind === 'requires-python' && cause.package === name && cause.version === version,
  );
  return {
    kind: 'metadata',
    metadata: {
      ...answer.metadata,
      requiresDist: answer.metadata.requiresDist.filter((text) => !dropped.has(text)),
      requiresPython: free ? null : answer.metadata.requiresPython,
    },
  };
}

/** The request without the user's lines among the causes. */
export function withoutLines<Request extends Pick<ResolveRequest, 'requirements' | 'constraints'>>(
  request: Request,
  causes: readonly DifferenceCause[],
): Request {
  const dropped = new Set(
    causes.flatMap((cause) => ('by' in cause && cause.by === null ? [cause.text] : [])),
  );
  const kept = ({ requirement }: { readonly requirement: { readonly text: string } }): boolean =>
    !dropped.has(requirement.text);
  return {
    ...request,
    requirements: request.requirements.filter(kept),
    constraints: request.constraints.filter(kept),
  };
}
