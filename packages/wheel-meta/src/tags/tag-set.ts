import { type TagGroup, tagGroups } from './interpreter-tags.ts';
import { platformTags } from './platform-tags.ts';
import type { TagTarget } from './tag-target.ts';

/** Tag texts remembered with their rank; forgotten all at once beyond this, so that no page can fill memory. */
const maxRemembered = 20_000;

/** Where the tags of one interpreter and ABI begin in the order of preference; -1: the target takes none. */
interface GroupRanks {
  /** Of the target's first platform; the others follow. */
  native: number;
  /** Of the tag with platform `any`. */
  any: number;
}

/**
 * The tags that a target takes, in order of preference.
 *
 * Opaque: made by `tagsFor`, asked by `wheelRank` and `tagStrings`. No list of tags is kept, only
 * where each interpreter and ABI begins and at what offset each platform comes.
 */
export interface TagSet {
  readonly target: TagTarget;
  /** How many tags there are. */
  readonly size: number;
  readonly groups: readonly TagGroup[];
  /** By `interpreter-abi`. */
  readonly ranks: ReadonlyMap<string, Readonly<GroupRanks>>;
  readonly platforms: ReadonlyMap<string, number>;
  /** Answers already given, by compressed tag set: pages repeat a few hundred of them thousands of times. */
  readonly remembered: Map<string, number>;
}

/**
 * The tags that `target` takes, in the order in which an installer prefers them.
 *
 * Equal to `packaging.tags` for the interpreter, ABI and platforms of the target (PEP 425, 600, 656,
 * 730, 738, 783, 803).
 *
 * @throws InvalidTagTargetError
 */
export function tagsFor(target: TagTarget): TagSet {
  const platforms = new Map<string, number>();
  for (const tag of platformTags(target.platform)) platforms.set(tag, platforms.size);
  const groups = tagGroups(target);
  const ranks = new Map<string, GroupRanks>();
  let size = 0;
  for (const group of groups) {
    const key = `${group.interpreter}-${group.abi}`;
    let entry = ranks.get(key);
    if (entry === undefined) {
      entry = { native: -1, any: -1 };
      ranks.set(key, entry);
    }
    if (group.any) entry.any = size;
    else entry.native = size;
    size += group.any ? 1 : platforms.size;
  }
  return { target, size, groups, ranks, platforms, remembered: new Map() };
}

/** Every tag of the set, best first, as `cp312-abi3-win_amd64`. */
export function tagStrings(set: TagSet): readonly string[] {
  const platforms = [...set.platforms.keys()];
  return set.groups.flatMap(({ interpreter, abi, any }) =>
    (any ? ['any'] : platforms).map((platform) => `${interpreter}-${abi}-${platform}`),
  );
}

/**
 * The place in the set of the best tag that `tag`, a compressed tag set as `py2.py3-none-any` in lower
 * case, stands for; -1 where the target takes none of them.
 */
export function tagRank(set: TagSet, tag: string): number {
  const remembered = set.remembered.get(tag);
  if (remembered !== undefined) return remembered;
  const rank = computeRank(set, tag);
  if (set.remembered.size >= maxRemembered) set.remembered.clear();
  set.remembered.set(tag, rank);
  return rank;
}

function computeRank(set: TagSet, tag: string): number {
  const [interpreters = '', abis = '', platforms = ''] = tag.split('-');
  let any = false;
  let offset = -1;
  for (const platform of platforms.split('.')) {
    if (platform === 'any') any = true;
    const at = set.platforms.get(platform);
    if (at !== undefined && (offset === -1 || at < offset)) offset = at;
  }
  let best = -1;
  const consider = (rank: number): void => {
    if (best === -1 || rank < best) best = rank;
  };
  const abiList = abis.split('.');
  for (const interpreter of interpreters.split('.')) {
    for (const abi of abiList) {
      const ranks = set.ranks.get(`${interpreter}-${abi}`);
      if (ranks === undefined) continue;
      if (offset !== -1 && ranks.native !== -1) consider(ranks.native + offset);
      if (any && ranks.any !== -1) consider(ranks.any);
    }
  }
  return best;
}
