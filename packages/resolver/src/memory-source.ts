import { normalizeName } from '@pyplan/markers';
import type {
  IndexFile,
  MetadataAnswer,
  PackageSource,
  ProjectPage,
  ProjectStatus,
} from './package-source.ts';
import { projectPage } from './project-page.ts';

/** One version of a project in memory. What is left out takes the plainest value. */
export interface MemoryVersion {
  /** Requires-Dist lines, `extra` markers included. */
  readonly requires?: readonly string[];
  /** Requirements active under an extra, without the `extra ==` marker. */
  readonly extras?: Readonly<Record<string, readonly string[]>>;
  readonly requiresPython?: string | null;
  /** True, or the reason. */
  readonly yanked?: boolean | string;
  readonly uploadTime?: string | null;
  /** File names; by default the one pure wheel. */
  readonly files?: readonly string[];
  /** The answer for sdists; by default they are static. */
  readonly dynamic?: boolean;
}

/** Projects by name, versions by version. */
export type MemoryWorld = Readonly<Record<string, Readonly<Record<string, MemoryVersion>>>>;

/** Project status by normalised name, for the few that are not active. */
export type MemoryStatuses = Readonly<Record<string, ProjectStatus>>;

/**
 * A `PackageSource` over a world written down in the program: tests, playgrounds, examples.
 *
 * Answers at once, never with a promise.
 */
export function memorySource(world: MemoryWorld, statuses: MemoryStatuses = {}): PackageSource {
  const projects = new Map<string, MemoryProject>();
  for (const [name, versions] of Object.entries(world)) {
    const normalised = normalizeName(name);
    projects.set(normalised, memoryProject(normalised, versions, statuses[normalised]));
  }
  return {
    page: (name) => projects.get(name)?.page ?? null,
    metadata: (page, file) =>
      projects.get(page.name)?.metadata.get(file.filename) ?? {
        kind: 'unusable',
        reason: `${file.filename} is not in this world`,
      },
    direct: (name, url) => {
      throw new Error(`a world in memory has no direct references (${name} @ ${url})`);
    },
  };
}

interface MemoryProject {
  readonly page: ProjectPage;
  readonly metadata: ReadonlyMap<string, MetadataAnswer>;
}

function memoryProject(
  name: string,
  versions: Readonly<Record<string, MemoryVersion>>,
  status: ProjectStatus | undefined,
): MemoryProject {
  const files: IndexFile[] = [];
  const metadata = new Map<string, MetadataAnswer>();
  for (const [version, facts] of Object.entries(versions)) {
    const answer = memoryMetadata(facts);
    for (const filename of facts.files ?? [`${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`]) {
      files.push(memoryFile(name, filename, facts));
      const isSdist = !filename.endsWith('.whl');
      metadata.set(
        filename,
        isSdist && facts.dynamic === true
          ? { kind: 'dynamic', reason: 'its dependencies are known only by running its build' }
          : answer,
      );
    }
  }
  return { page: projectPage(status === undefined ? { name, files } : { name, files, status }), metadata };
}

function memoryFile(name: string, filename: string, facts: MemoryVersion): IndexFile {
  const yanked = facts.yanked ?? false;
  return {
    filename,
    url: `memory:///files/${name}/${filename}`,
    hashes: {},
    size: null,
    uploadTime: facts.uploadTime ?? null,
    requiresPython: facts.requiresPython ?? null,
    yanked: yanked === false ? null : yanked === true ? '' : yanked,
    coreMetadata: true,
  };
}

function memoryMetadata(facts: MemoryVersion): MetadataAnswer {
  const requiresDist = [...(facts.requires ?? [])];
  const extras = facts.extras ?? {};
  for (const [extra, requirements] of Object.entries(extras)) {
    for (const requirement of requirements) requiresDist.push(underExtra(requirement, extra));
  }
  return {
    kind: 'metadata',
    metadata: {
      requiresDist,
      requiresPython: facts.requiresPython ?? null,
      providesExtra: Object.keys(extras),
      digest: null,
    },
  };
}

/** `R; M` under `x` becomes `R; (M) and extra == "x"`. */
function underExtra(requirement: string, extra: string): string {
  const semicolon = requirement.indexOf(';');
  if (semicolon < 0) return `${requirement}; extra == "${extra}"`;
  const marker = requirement.slice(semicolon + 1).trim();
  return `${requirement.slice(0, semicolon)}; (${marker}) and extra == "${extra}"`;
}
