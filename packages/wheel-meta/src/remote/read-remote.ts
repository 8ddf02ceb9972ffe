import { missingPart, type Span, type SparseBytes } from '../bytes/sparse-bytes.ts';
import type { ArchiveStream } from '../zip/archive-stream.ts';
import type { ArchiveLimits } from '../zip/limits.ts';
import { defaultLimits } from '../zip/limits.ts';
import type { Step } from '../zip/step.ts';
import { drainStream } from './drain-stream.ts';
import { type Fetched, fetchSpan } from './fetch-span.ts';
import { type Fetch, type HttpResponse, RemoteArchiveError } from './http.ts';
import { openStream, openTail } from './open-tail.ts';
import {
  failure,
  type RemoteOptions,
  reportOf,
  startTransfer,
  type Transfer,
  type TransferReport,
} from './transfer.ts';

/** How to read something of an archive: from a file known in part, or from its bytes as they come. */
export interface RemotePlan<Value> {
  /** How much of the end to ask for first. */
  readonly tail: number;
  next(file: SparseBytes): Step<Value>;
  stream(): { readonly reader: ArchiveStream; value(): Value };
}

/** A value read from a remote archive, and what that took. */
export interface RemoteResult<Value> {
  readonly value: Value;
  readonly transfer: TransferReport;
}

/** How often a file may change under the reader's hands before it gives up. */
const maxRestarts = 2;

/**
 * Carries out a plan on a remote file.
 *
 * @throws RemoteArchiveError where the server fails, BadArchiveError where the archive does.
 */
export async function readRemote<Value>(
  url: string,
  fetch: Fetch,
  options: RemoteOptions,
  plan: RemotePlan<Value>,
): Promise<RemoteResult<Value>> {
  const transfer = startTransfer(url, fetch, options);
  for (let restart = 0; restart <= maxRestarts; restart++) {
    const value = await attempt(transfer, plan);
    if (value !== changed) return { value, transfer: reportOf(transfer) };
    transfer.detours.push('the file changed between two ranges');
    transfer.url = transfer.firstUrl;
    transfer.size = null;
  }
  throw failure(transfer, 'changed', 'the file changes faster than it can be read');
}

/** Stands for "the file has become another one": begin again. */
const changed: unique symbol = Symbol('changed');

async function attempt<Value>(transfer: Transfer, plan: RemotePlan<Value>): Promise<Value | typeof changed> {
  const opened = await openTail(transfer, plan.tail);
  if (opened.kind === 'stream') return readStream(transfer, plan, opened.response);
  const { file } = opened;
  for (;;) {
    const step = plan.next(file);
    if (step.kind === 'done') return step.value;
    const span = missingPart(file, step.span);
    if (span === null) throw failure(transfer, 'lied', 'the archive asks for bytes that are known already');
    const fetched = await fetchOrStream(transfer, file, span);
    if (fetched.kind === 'changed') return changed;
    if (fetched.kind === 'stream') return readStream(transfer, plan, fetched.response);
  }
}

/** A server that answers a second range wrongly may still send the file whole. */
async function fetchOrStream(transfer: Transfer, file: SparseBytes, span: Span): Promise<Fetched> {
  try {
    return await fetchSpan(transfer, file, span);
  } catch (error) {
    if (!(error instanceof RemoteArchiveError) || error.kind !== 'lied') throw error;
    return openStream(transfer, 'a second range was answered wrongly');
  }
}

async function readStream<Value>(
  transfer: Transfer,
  plan: RemotePlan<Value>,
  response: HttpResponse,
): Promise<Value> {
  const { reader, value } = plan.stream();
  await drainStream(transfer, response, reader, limitsOf(transfer.options));
  return value();
}

/** The limits in force. */
export function limitsOf(options: Pick<RemoteOptions, 'limits'>): ArchiveLimits {
  return { ...defaultLimits, ...options.limits };
}
