import { parseIndexSpecifierSet, parseVersion, specifierSetContains, type Version } from '@pyplan/markers';
import type { EvidenceReason, EvidenceTarget } from '@pyplan/resolver';
import { type TagSet, tagRank, tagsFor, tryParseDistributionFilename } from '@pyplan/wheel-meta';
import type { Ask, Asked, Asking } from './asked.ts';
import { EvidenceFault } from './fault.ts';

/** What a page says of a file that decides whether a target can take it. */
export interface JudgedFile {
  readonly requiresPython: string | null;
  readonly uploadTime: string | null;
}

/** Which files and versions a target can take. */
export interface Candidates {
  /** What speaks against a file; null where it fits. */
  againstFile(project: string, filename: string, file: JudgedFile): EvidenceReason | null;
  /** Whether what is said against a version does speak against it, as far as the document alone can tell. */
  holds(reason: EvidenceReason, project: string, version: Version, status: string): boolean;
  admitsPython(requiresPython: string): boolean;
  /** The first of two fitting files is what an installer takes. */
  isBetter(project: string, filename: string, than: string): boolean;
  /** The first line that asks for a URL which is not the user's, and that holds without an extra. */
  foreign(lines: readonly (Ask | null)[], by: Asking): Ask | null;
  /** The first line that asks for another version of the project itself. */
  itself(lines: readonly (Ask | null)[], project: string, version: Version): Ask | null;
}

/** @throws EvidenceFault for a target that there are no tags of. */
export function candidatesOn(target: EvidenceTarget, asked: Asked): Candidates {
  const { inputs } = asked;
  const tags = tagsOf(target);
  const python = parseVersion(target.environment.python_full_version);
  const selects = (names: 'all' | readonly string[], project: string): boolean =>
    names === 'all' || names.includes(project);
  const isTooNew = (project: string, time: string | null): boolean => {
    const own = inputs.excludeNewerPackages[project];
    const limit = own === undefined ? inputs.excludeNewer : own;
    return limit !== null && (time === null || !(Date.parse(time) < Date.parse(limit)));
  };
  const isForeign = (ask: Ask, by: Asking): boolean =>
    ask.url !== null &&
    ask.holds('') &&
    asked.effective(ask, by).includes(ask) &&
    asked.directUrl(ask.project) !== ask.url;

  /** Whether a version that asks for this asks for another one of its own project. */
  const rulesOut = (ask: Ask, project: string, version: Version): boolean =>
    ask.project === project &&
    ask.holds('') &&
    asked.effective(ask, { project, version }).some((effective) => !effective.admits(version));

  function admitsPython(requiresPython: string): boolean {
    try {
      const { specifierSet } = parseIndexSpecifierSet(requiresPython);
      return specifierSetContains(specifierSet, python, { prereleases: true });
    } catch {
      // Beyond repair it says nothing, to installers too.
      return true;
    }
  }

  function againstFile(project: string, filename: string, file: JudgedFile): EvidenceReason | null {
    const name = tryParseDistributionFilename(filename, project);
    if (name.kind === 'other') throw new EvidenceFault(`${filename} is no file of ${project}`);
    const isWheel = name.kind === 'wheel';
    if (selects(isWheel ? inputs.noBinary : inputs.onlyBinary, project)) return [name.kind, null];
    if (isWheel && tagRank(tags, name.tag) < 0) return ['tags', name.tag];
    if (isTooNew(project, file.uploadTime)) return ['uploaded', file.uploadTime];
    const { requiresPython } = file;
    return requiresPython === null || admitsPython(requiresPython) ? null : ['python', requiresPython];
  }

  function holds([kind, value]: EvidenceReason, project: string, version: Version, status: string): boolean {
    switch (kind) {
      case 'quarantined':
        return status === 'quarantined';
      case 'pre-release':
        return !asked.allowsPrerelease(project, version);
      case 'hashes':
        return inputs.hashes.some(({ name }) => name === project);
      case 'wheel':
        return selects(inputs.noBinary, project);
      case 'sdist':
        return selects(inputs.onlyBinary, project);
      case 'tags':
        return value !== null && /^[^-]+-[^-]+-[^-]+$/.test(value) && tagRank(tags, value) < 0;
      case 'uploaded':
        return isTooNew(project, value);
      case 'python':
      case 'metadata-python':
        return value !== null && !admitsPython(value);
      case 'yanked':
        return value !== null && !asked.allowsYanked(project, version);
      case 'dynamic':
      case 'unusable':
        return true;
      case 'direct': {
        const ask = value === null ? null : asked.fromIndex(value);
        return ask !== null && isForeign(ask, { project, version });
      }
      case 'itself': {
        const ask = value === null ? null : asked.fromIndex(value);
        return ask !== null && rulesOut(ask, project, version);
      }
    }
  }

  /** Tag order, then the higher build number; an sdist comes last. */
  function isBetter(project: string, filename: string, than: string): boolean {
    const [place, build, rest] = standing(project, filename, tags);
    const [thanPlace, thanBuild, thanRest] = standing(project, than, tags);
    if (place !== thanPlace) return place < thanPlace;
    return build === thanBuild ? rest > thanRest : build > thanBuild;
  }

  return {
    againstFile,
    holds,
    admitsPython,
    isBetter,
    itself(lines, project, version) {
      const by = { project, version };
      const own = lines.filter((ask) => ask !== null && ask.project === project && ask.holds(''));
      const counting = own.flatMap((ask) => (ask === null ? [] : asked.effective(ask, by)));
      return (
        [...counting, ...asked.additions(by, lines)].find(
          (ask) => ask.project === project && !ask.admits(version),
        ) ?? null
      );
    },
    foreign: (lines, by) => lines.find((ask) => ask !== null && isForeign(ask, by)) ?? null,
  };
}

function tagsOf({ tags, python, platform }: EvidenceTarget): TagSet {
  try {
    return tagsFor(tags);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EvidenceFault(`Python ${python} on ${platform} has no wheel tags: ${why}`);
  }
}

function standing(project: string, filename: string, tags: TagSet): readonly [number, number, string] {
  const name = tryParseDistributionFilename(filename, project);
  if (name.kind !== 'wheel') return [Number.POSITIVE_INFINITY, -1, ''];
  const [build = -1, rest = ''] = name.build;
  return [tagRank(tags, name.tag), build, rest];
}
