import { joinBytes } from '../bytes/join-bytes.ts';
import { addBytes, type Span, type SparseBytes } from '../bytes/sparse-bytes.ts';
import { parseContentRange } from './content-range.ts';
import { discardBody, type HttpResponse } from './http.ts';
import { checkStatus, failure, isPacked, learn, readExactly, request, type Transfer } from './transfer.ts';

/** What asking for one more stretch of an opened file came to. */
export type Fetched =
  | { readonly kind: 'added' }
  /** It is not the file any more that the first stretch came from. */
  | { readonly kind: 'changed' }
  /** The server sends the whole file after all. */
  | { readonly kind: 'stream'; readonly response: HttpResponse };

/** Gets a stretch of the file, if it is still the same one (`If-Range`), and adds it. */
export async function fetchSpan(transfer: Transfer, file: SparseBytes, span: Span): Promise<Fetched> {
  const headers: Record<string, string> = { Range: `bytes=${span.start}-${span.end - 1}` };
  if (transfer.validator !== null) headers['If-Range'] = transfer.validator;
  const response = await request(transfer, 'GET', headers);
  const etag = response.headers.get('etag');
  const changed = transfer.etag !== null && etag !== null && etag !== transfer.etag;
  if (response.status === 200) {
    if (changed) {
      await discardBody(response);
      return { kind: 'changed' };
    }
    learn(transfer, 'stream');
    transfer.detours.push('a second range was ignored (200)');
    transfer.route = 'stream';
    return { kind: 'stream', response };
  }
  const range = parseContentRange(response.headers.get('content-range'));
  const total = range?.total ?? file.size;
  if (response.status !== 206 || isPacked(response) || changed || total !== file.size || range === null) {
    await discardBody(response);
    checkStatus(transfer, response);
    // 412 and 416 are answers of a file that has become another, or shorter.
    if (changed || total !== file.size || response.status === 412 || response.status === 416)
      return { kind: 'changed' };
    throw failure(
      transfer,
      'lied',
      `bytes ${span.start}-${span.end - 1} were answered with ${response.status}`,
    );
  }
  if (range.start !== span.start || range.end > span.end) {
    await discardBody(response);
    throw failure(transfer, 'lied', `bytes ${span.start}-${span.end - 1} were answered with others`, 206);
  }
  const chunks = await readExactly(transfer, response, range.end - range.start);
  if (chunks === null || range.end < span.end) {
    throw failure(transfer, 'lied', 'a range was answered with another number of bytes', 206);
  }
  addBytes(file, span.start, joinBytes(chunks));
  return { kind: 'added' };
}
