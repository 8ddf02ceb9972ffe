import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { SourceError } from '@pyplan/resolver';

/**
 * The body as it was before the server compressed it (RFC 9110, section 8.4).
 *
 * @throws {SourceError} where it is cut short, too long or in an encoding that was not offered.
 */
export async function decodeBody(
  body: Buffer,
  encoding: string | null,
  maxBytes: number,
  url: string,
): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity' || body.length === 0) return body;
  if (name !== 'gzip' && name !== 'x-gzip') {
    throw new SourceError(`${url}: the answer is encoded as ${name}, which was not asked for`, {
      kind: 'corrupt',
      url,
    });
  }
  try {
    return await promisify(gunzip)(body, { maxOutputLength: maxBytes });
  } catch (cause) {
    throw new SourceError(`${url}: the compressed answer is broken or too long`, {
      kind: 'corrupt',
      url,
      cause,
    });
  }
}
