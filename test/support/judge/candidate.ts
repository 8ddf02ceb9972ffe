import {
  compareVersions,
  formatSpecifierSet,
  InvalidSpecifierError,
  isPrerelease,
  parseIndexSpecifierSet,
  parseVersion,
  type Requirement,
  specifierSetContains,
  type Version,
} from '@pyplan/markers';
import type { IndexFile, PackageSelection } from '@pyplan/resolver';
import { parseWheelFilename, wheelRank } from '@pyplan/wheel-meta';
import { fileRank, isBetter } from './best-file.ts';
import type { Choice } from './choice.ts';
import { namesPrerelease, pinnedVersion } from './clauses.ts';
import type { IndexFacts, ListedFile } from './index-facts.ts';
import type { JudgeTarget } from './target.ts';

/** What makes a file of a page a candidate. */
export interface CandidateRules {
  readonly target: JudgeTarget;
  readonly facts: IndexFacts;
  readonly onlyBinary: PackageSelection;
  readonly noBinary: PackageSelection;
  /** Milliseconds since the epoch, or null. */
  readonly excludeNewer: number | null;
  /** Whether pre-releases are always candidates. */
  readonly allowPrereleases: boolean;
}

const selects = (selection: PackageSelection, name: string): boolean =>
  selection === 'all' || selection.has(name);

/** Why the file of a planned package may not be installed, or is not the best that may. */
export function candidateFaults(
  { name, version: text, file }: Choice,
  version: Version,
  files: readonly ListedFile[],
  asks: readonly Requirement[],
  rules: CandidateRules,
): readonly string[] {
  const wrong: string[] = [];
  const who = `${name} ${text}: ${file.filename}`;
  const siblings = files.filter(
    (known) => known.version !== null && compareVersions(known.version, version) === 0,
  );
  if (!siblings.some((sibling) => sibling.file.filename === file.filename)) {
    return [`${who} is no file of that version`];
  }
  const unfit = unfitness(name, file, version, asks, rules);
  if (unfit !== null) return [`${who} ${unfit}`];

  const metadata = rules.facts.metadata(name, file.filename);
  const python = metadata?.requiresPython ?? null;
  if (!pythonFits(python, rules.target)) wrong.push(`${who} requires Python ${python} by its metadata`);
  const rank = fileRank(file, rules.target);
  for (const { file: other } of siblings) {
    if (unfitness(name, other, version, asks, rules) !== null) continue;
    if (isBetter(fileRank(other, rules.target), rank)) wrong.push(`${who} is worse than ${other.filename}`);
  }
  return wrong;
}

/**
 * The files of stable versions that a pre-release was chosen over, though every requirement on the
 * package takes them; empty where a pre-release was asked for or is none.
 */
export function passedOverStable(
  { name }: Choice,
  version: Version,
  files: readonly ListedFile[],
  asks: readonly Requirement[],
  rules: CandidateRules,
): readonly IndexFile[] {
  if (!isPrerelease(version) || rules.allowPrereleases) return [];
  if (asks.some(({ specifier }) => namesPrerelease(formatSpecifierSet(specifier)))) return [];
  return files.flatMap(({ file, version: stable }) => {
    if (stable === null || isPrerelease(stable)) return [];
    if (!asks.every(({ specifier }) => specifierSetContains(specifier, stable, { prereleases: true })))
      return [];
    return unfitness(name, file, stable, asks, rules) === null ? [file] : [];
  });
}

/** Why a file is no candidate, in words that follow its name; null where it is one. */
function unfitness(
  name: string,
  file: IndexFile,
  version: Version,
  asks: readonly Requirement[],
  rules: CandidateRules,
): string | null {
  const isWheel = file.filename.endsWith('.whl');
  if (isWheel && selects(rules.noBinary, name)) return 'is a wheel, which --no-binary excludes';
  if (!isWheel && selects(rules.onlyBinary, name)) return 'is an sdist, which --only-binary excludes';
  if (isWheel && wheelRank(rules.target.tags, parseWheelFilename(file.filename)) < 0) return 'does not fit';
  if (!pythonFits(file.requiresPython, rules.target)) return `requires Python ${file.requiresPython}`;
  if (rules.excludeNewer !== null) {
    const uploaded = file.uploadTime === null ? Number.NaN : Date.parse(file.uploadTime);
    if (!(uploaded < rules.excludeNewer)) return `was uploaded at ${file.uploadTime}`;
  }
  if (file.yanked !== null && !asks.some((ask) => pins(ask, version))) return 'is yanked and not pinned';
  return null;
}

function pins({ specifier }: Requirement, version: Version): boolean {
  const pinned = pinnedVersion(formatSpecifierSet(specifier));
  return pinned !== null && compareVersions(pinned, version) === 0;
}

/** Requires-Python is judged for the full version; one that cannot be read admits none. */
function pythonFits(requiresPython: string | null, target: JudgeTarget): boolean {
  if (requiresPython === null || requiresPython.trim() === '') return true;
  try {
    const { specifierSet } = parseIndexSpecifierSet(requiresPython);
    return specifierSetContains(specifierSet, parseVersion(target.fullVersion), { prereleases: true });
  } catch (error) {
    if (error instanceof InvalidSpecifierError) return false;
    throw error;
  }
}
