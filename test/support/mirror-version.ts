type Whole = number | bigint;

/**
 * How the mirror orders the versions of a page. Not PEP 440: it decides only which recorded sidecar
 * is nearest to a file that has none, and must do so as `mirror.py` does.
 */
export interface MirrorVersion {
  readonly epoch: Whole;
  readonly release: readonly Whole[];
  readonly phase: number;
  readonly phaseNumber: Whole;
  readonly post: Whole;
  readonly dev: Whole;
  readonly local: string;
}

const pattern =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+(.*))?$/i;
const noDev = 2 ** 60;

export function mirrorVersion(text: string): MirrorVersion {
  const match = pattern.exec(text.includes('+') ? text : text.replace('_', '+'));
  if (match === null) {
    return { epoch: -1, release: [], phase: 0, phaseNumber: 0, post: -1, dev: 0, local: text };
  }
  const [, epoch, digits, letter, letterNumber, dash, postNumber, dev, devNumber, local] = match;
  const release = (digits ?? '').split('.').map(whole);
  while (release.length > 0 && Number(release.at(-1)) === 0) release.pop();
  const post = dash !== undefined || postNumber !== undefined ? whole(dash || postNumber || '0') : -1;
  return {
    epoch: whole(epoch || '0'),
    release,
    phase: phase(letter, post, dev),
    phaseNumber: whole(letterNumber || '0'),
    post,
    dev: dev === undefined ? noDev : whole(devNumber || '0'),
    local: local ?? '',
  };
}

function phase(letter: string | undefined, post: Whole, dev: string | undefined): number {
  if (letter === undefined) return post < 0 && dev !== undefined ? -1 : 3;
  const phases: Readonly<Record<string, number>> = { a: 0, alpha: 0, b: 1, beta: 1 };
  return phases[letter.toLowerCase()] ?? 2;
}

function whole(digits: string): Whole {
  return digits.length > 15 ? BigInt(digits) : Number(digits);
}

/** The order of Python's tuples. */
export function compareMirrorVersions(a: MirrorVersion, b: MirrorVersion): number {
  return (
    order(a.epoch, b.epoch) ||
    compareReleases(a.release, b.release) ||
    order(a.phase, b.phase) ||
    order(a.phaseNumber, b.phaseNumber) ||
    order(a.post, b.post) ||
    order(a.dev, b.dev) ||
    order(a.local, b.local)
  );
}

function compareReleases(a: readonly Whole[], b: readonly Whole[]): number {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index += 1) {
    const compared = order(a[index] ?? 0, b[index] ?? 0);
    if (compared !== 0) return compared;
  }
  return a.length - b.length;
}

function order<T extends Whole | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The version in a file name, as the mirror cuts it out. */
export function versionInFilename(filename: string): string {
  if (filename.endsWith('.whl')) return filename.split('-')[1] ?? '';
  return (
    filename
      .replace(/\.(?:tar\.gz|zip|tgz|tar\.bz2|tar\.xz)$/, '')
      .split('-')
      .at(-1) ?? ''
  );
}
