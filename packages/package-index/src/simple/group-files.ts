import { compareVersions, type Version } from '@pyplan/markers';
import type { PassedOverFile } from '@pyplan/resolver';
import { distributionFilenameReader } from '@pyplan/wheel-meta';

/** Positions in a page's list of files, by version. */
export interface FileGroups {
  /** Ascending, distinct under PEP 440 equality. */
  readonly versions: readonly Version[];
  /** Positions of the files of each version, in page order. */
  readonly members: readonly (readonly number[])[];
  readonly passedOver: readonly PassedOverFile[];
}

interface Group {
  readonly version: Version;
  readonly members: number[];
}

/** Groups file names by the version they carry; `1.0` and `1.0.0` are one, under the longer spelling. */
export function groupFiles(project: string, filenames: readonly string[]): FileGroups {
  const versionOf = filenameReader(project);
  const byText = new Map<Version, Group>();
  const passedOver: PassedOverFile[] = [];
  filenames.forEach((filename, position) => {
    const version = versionOf(filename);
    if (typeof version === 'string') {
      passedOver.push({ filename, reason: version });
      return;
    }
    const group = byText.get(version);
    if (group === undefined) byText.set(version, { version, members: [position] });
    else group.members.push(position);
  });
  const merged = mergeEqual([...byText.values()].sort((a, b) => compareVersions(a.version, b.version)));
  return {
    versions: merged.map((group) => group.version),
    members: merged.map((group) => group.members),
    passedOver,
  };
}

/** Joins neighbours that are equal, under the longest spelling, members in page order. */
function mergeEqual(sorted: readonly Group[]): readonly Group[] {
  const merged: Group[] = [];
  for (const group of sorted) {
    const last = merged.at(-1);
    if (last === undefined || compareVersions(last.version, group.version) !== 0) {
      merged.push(group);
    } else {
      const version = group.version.text.length > last.version.text.length ? group.version : last.version;
      merged[merged.length - 1] = {
        version,
        members: [...last.members, ...group.members].sort((a, b) => a - b),
      };
    }
  }
  return merged;
}

/**
 * Gives the version of a file name, or the reason why it has none.
 *
 * The wheels of a project are a few tags on many versions: a name whose part up to the second dash and
 * whose rest were both seen in good names is good, and the full parser reads all others.
 */
function filenameReader(project: string): (filename: string) => Version | string {
  const read = distributionFilenameReader(project);
  const heads = new Map<string, Version>();
  const tails = new Set<string>();
  return (filename) => {
    const dash = filename.indexOf('-', filename.indexOf('-') + 1);
    const isWheel = dash > 0 && filename.endsWith('.whl');
    const head = isWheel ? filename.slice(0, dash) : '';
    const tail = isWheel ? filename.slice(dash) : '';
    const known = heads.get(head);
    if (known !== undefined && tails.has(tail)) return known;
    const parsed = read(filename);
    if (parsed.kind === 'other') return parsed.reason;
    if (parsed.kind === 'wheel') {
      heads.set(head, parsed.version);
      tails.add(tail);
    }
    return parsed.version;
  };
}
