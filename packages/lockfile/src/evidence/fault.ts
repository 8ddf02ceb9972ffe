/** Something that an evidence says and that is not so. The message is a sentence without its full stop. */
export class EvidenceFault extends Error {
  override readonly name = 'EvidenceFault';
}

/** @throws EvidenceFault unless `holds` */
export function insist(holds: boolean, fault: () => string): void {
  if (!holds) throw new EvidenceFault(fault());
}

/** The value, which has to be there. @throws EvidenceFault */
export function present<T>(value: T | null | undefined, fault: () => string): T {
  if (value === null || value === undefined) throw new EvidenceFault(fault());
  return value;
}
