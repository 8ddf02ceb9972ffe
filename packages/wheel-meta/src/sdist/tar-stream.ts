import { joinBytes } from '../bytes/join-bytes.ts';
import type { ArchiveStream, StreamWish } from '../zip/archive-stream.ts';
import { BadArchiveError } from '../zip/bad-archive-error.ts';
import type { ArchiveLimits } from '../zip/limits.ts';
import { hasData, parsePaxFields, parseTarHeader, type TarHeader, tarBlock, tarText } from './tar-header.ts';

/** More than any name or set of pax fields needs. */
const maxExtension = 1024 * 1024;

/** Where the reader stands within the tar. */
type State =
  | { readonly kind: 'header' }
  /** `left` bytes of data, then `padding` up to the end of the block. */
  | { readonly kind: 'data'; readonly header: TarHeader; left: number; padding: number }
  | { readonly kind: 'over' };

/** What the next member's header is to be corrected by. */
interface Extension {
  readonly path?: string;
  readonly size?: number;
}

/** Reads a tar from its beginning, holding no more than the members that are wanted. */
export function tarStream(wish: StreamWish, limits: ArchiveLimits): ArchiveStream {
  const found = new Map<string, Uint8Array>();
  let state: State = { kind: 'header' };
  let extension: Extension = {};
  let pending: Uint8Array = new Uint8Array();
  let kept: Uint8Array[] = [];
  let seen = 0;
  let unpacked = 0;

  const consume = (count: number): Uint8Array => {
    const taken = pending.subarray(0, count);
    pending = pending.subarray(count);
    return taken;
  };
  const isKept = (header: TarHeader): boolean =>
    header.type === 'x' || header.type === 'L' || ('07'.includes(header.type) && wish.wanted(header.name));
  const finish = (header: TarHeader): void => {
    if (header.type === 'x') extension = { ...extension, ...parsePaxFields(joinBytes(kept)) };
    else if (header.type === 'L') extension = { ...extension, path: tarText(joinBytes(kept)) };
    else if (isKept(header)) {
      if (found.has(header.name)) {
        throw new BadArchiveError('duplicate-member', `${header.name} is there twice`, header.name);
      }
      found.set(header.name, joinBytes(kept));
    }
    kept = [];
  };
  const readHeader = (): boolean => {
    if (pending.length < tarBlock) return false;
    const parsed = parseTarHeader(consume(tarBlock));
    if (parsed === null) {
      state = { kind: 'over' };
      return false;
    }
    seen++;
    const header = corrected(parsed, extension);
    if (!'xgLK'.includes(parsed.type)) extension = {};
    const left = hasData(header) ? header.size : 0;
    const limit = 'xL'.includes(header.type) ? maxExtension : limits.memberSize;
    if (isKept(header) && left > limit) {
      throw new BadArchiveError('too-large', `${header.name} has ${left} bytes, over ${limit}`, header.name);
    }
    state = { kind: 'data', header, left, padding: (tarBlock - (left % tarBlock)) % tarBlock };
    return true;
  };
  const passData = (current: Extract<State, { kind: 'data' }>): boolean => {
    const bytes = consume(Math.min(current.left, pending.length));
    current.left -= bytes.length;
    if (bytes.length > 0 && isKept(current.header)) kept.push(bytes.slice());
    if (current.left > 0) return false;
    current.padding -= consume(Math.min(current.padding, pending.length)).length;
    if (current.padding > 0) return false;
    finish(current.header);
    state = { kind: 'header' };
    return true;
  };
  const isEnough = (): boolean => state.kind === 'over' || wish.enough(found);
  return {
    push: (chunk) => {
      unpacked += chunk.length;
      if (unpacked > limits.tarSize) {
        throw new BadArchiveError('too-large', `the tar unpacks to over ${limits.tarSize} bytes`);
      }
      pending = pending.length === 0 ? chunk : joinBytes([pending, chunk]);
      for (let more = true; more && !isEnough(); ) {
        const current: State = state;
        more = current.kind === 'header' ? readHeader() : current.kind === 'data' && passData(current);
      }
      // The chunk is the caller's: what is left of it must not change under our hands.
      pending = pending.slice();
      return isEnough();
    },
    end: () => {
      if (isEnough() || (state.kind === 'header' && pending.length === 0 && seen > 0)) return;
      if (seen === 0) throw new BadArchiveError('not-an-archive', 'not a tar archive: it has no member');
      throw new BadArchiveError('truncated', 'the tar ends in the middle of a member');
    },
    found,
  };
}

/** The header with what an extended header before it says; names as they are compared, without `./`. */
function corrected(header: TarHeader, extension: Extension): TarHeader {
  const name = (extension.path ?? header.name).replace(/^(?:\.\/)+/, '');
  const size = extension.size ?? header.size;
  if (!Number.isSafeInteger(size) || size < 0)
    throw new BadArchiveError('corrupt', `${name} has no size`, name);
  return { ...header, name, size };
}
