import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type RemoteOptions, readRemoteMetadata, type ServerHabit } from '../src/index.ts';
import {
  always200,
  exactRanges,
  type FileServer,
  gzipAlways,
  noSuffixRanges,
  redirectTo,
  serve,
  strict416,
} from './support/servers.ts';
import { buildZip, wheelMembers } from './support/zip-builder.ts';

/** A wheel of half a megabyte, and one smaller than what is asked for first. */
const wheels = { '500 kB': buildZip(wheelMembers(500_000)), '2 kB': buildZip(wheelMembers(1500)) };

const habits = {
  'all ranges': exactRanges,
  'no suffix ranges (501)': noSuffixRanges,
  '416 for anything past the end': strict416,
  'no ranges: 200 always': always200,
  'gzip on the fly, ranges too': gzipAlways,
  'a redirect to another port': null,
} as const;

/** Requests that one wheel takes, and bytes of its file that come. */
async function costOf(server: FileServer, options: RemoteOptions): Promise<string> {
  const { transfer } = await readRemoteMetadata(server.url, fetch, options);
  const kilobytes = (transfer.bytes / 1000).toFixed(transfer.bytes < 10_000 ? 1 : 0);
  return `${transfer.requests}, ${kilobytes} kB`;
}

async function tableRows(): Promise<readonly string[]> {
  const rows: string[] = [];
  for (const [name, habit] of Object.entries(habits)) {
    for (const [size, file] of Object.entries(wheels)) {
      const target = await serve(habit ?? exactRanges, file);
      const server =
        habit === null
          ? await serve(
              redirectTo(() => target.url),
              file,
            )
          : target;
      const memory = new Map<string, ServerHabit>();
      const first = await costOf(server, { habits: memory });
      const later = await costOf(server, { habits: memory });
      const sized = await costOf(server, { habits: new Map(), size: file.length });
      rows.push(`| ${name} | ${size} | ${first} | ${later} | ${sized} |`);
      await target.close();
      if (server !== target) await server.close();
    }
  }
  return rows;
}

it('costs what the table in the README says', async () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const rows = await tableRows();
  // The formatter aligns the columns.
  expect(readme.replace(/ +/g, ' ')).toContain(rows.join('\n'));
});
