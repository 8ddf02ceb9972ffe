import type { Resolution } from '@pyplan/resolver';

/** All that a resolution says, as text: equal texts are equal answers. */
export function resolutionText(resolution: Resolution): string {
  const refusals = resolution.status === 'resolved' ? [] : resolution.refusals;
  return JSON.stringify(
    {
      plans: resolution.plans.map(({ packages }) => packages),
      notes: resolution.notes,
      refusals: refusals.map(({ target: _, conflicting, repairs = [], ...told }) => ({
        ...told,
        conflicting: conflicting.map(({ requirement }) => requirement.text),
        repairs: repairs.map(({ text }) => text),
      })),
    },
    null,
    1,
  );
}
