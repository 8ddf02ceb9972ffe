import { evaluateMarker, parseMarker } from '@pyplan/markers';
import type { UniversalLock } from '../resolution.ts';
import { targetName } from '../target/target.ts';

/**
 * Whether the lock, projected to each target, is just the plan of that target: the packages whose marker
 * holds there, at the versions planned, with the planned file among the files.
 *
 * @returns a sentence for each fault; none for a sound lock.
 */
export function projectionFaults(lock: UniversalLock): readonly string[] {
  const texts = new Set(lock.packages.flatMap(({ marker }) => marker ?? []));
  const markers = [...texts].map((text) => [text, parseMarker(text)] as const);
  return lock.plans.flatMap(({ target, packages }) => {
    const holding = new Set(
      markers.flatMap(([text, marker]) => (evaluateMarker(marker, target.environment) ? [text] : [])),
    );
    const planned = new Map(packages.map((each) => [each.name, each]));
    const faults: string[] = [];
    for (const locked of lock.packages) {
      if (locked.marker !== null && !holding.has(locked.marker)) continue;
      const plan = planned.get(locked.name);
      const isPlanned =
        plan?.version === locked.version && locked.files.some(({ url }) => url === plan.file.url);
      if (isPlanned) planned.delete(locked.name);
      else faults.push(`${targetName(target)} would get ${locked.name} ${locked.version}`);
    }
    for (const name of planned.keys()) faults.push(`${targetName(target)} would lack ${name}`);
    return faults;
  });
}
