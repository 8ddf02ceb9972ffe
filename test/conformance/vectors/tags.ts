import { isDeepStrictEqual } from 'node:util';
import { type TagTarget, tagStrings, tagsFor } from '@pyplan/wheel-meta';

type TagsVector = TagTarget & { readonly tags: readonly string[] };

export function checkTags({ tags, ...target }: TagsVector): string | null {
  const ours = tagStrings(tagsFor(target));
  if (isDeepStrictEqual(ours, tags)) return null;
  const at = tags.findIndex((tag, index) => tag !== ours[index]);
  const { implementation, python, platform } = target;
  const what = `tag ${at} of ${implementation} ${python} on ${platform.kind} ${platform.arch}`;
  return at < 0
    ? `there are ${ours.length} tags, expected ${tags.length}`
    : `${what} is ${ours[at]}, expected ${tags[at]}`;
}
