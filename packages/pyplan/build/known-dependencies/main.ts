/**
 * Writes the table of what well-known projects depend on (`src/command/ahead/known-dependencies.txt`), as an index has it.
 *
 * Usage: pnpm known-dependencies INDEX-URL [NAME…] [--before DATE] [--newest N] [--output FILE]
 *
 * Of each project (by default all those of `well-known-projects.ts`) the newest N stable releases count, five by default, as
 * they were on the date, by default today. The same index, names and date give the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { normalizeName } from '@pyplan/markers';
import { httpSource } from '@pyplan/package-index';
import { wellKnownProjects } from '../../src/command/output/well-known-projects.ts';
import { alwaysRequired } from './always-required.ts';
import { formatTable } from './format-table.ts';
import { type ReleaseChoice, readReleases } from './read-releases.ts';

const table = fileURLToPath(new URL('../../src/command/ahead/known-dependencies.txt', import.meta.url));
/** Projects that are read at once. */
const atOnce = 8;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    before: { type: 'string', default: new Date().toISOString().slice(0, 10) },
    newest: { type: 'string', default: '5' },
    output: { type: 'string', default: table },
  },
});
const [indexUrl, ...given] = positionals;
const choice: ReleaseChoice = { newest: Number(values.newest), before: Date.parse(values.before) };
if (indexUrl === undefined || Number.isNaN(choice.before) || !(choice.newest >= 1)) {
  process.stderr.write(
    'Usage: pnpm known-dependencies INDEX-URL [NAME…] [--before DATE] [--newest N] [--output FILE]\n',
  );
  process.exit(2);
}
const names = (given.length === 0 ? wellKnownProjects() : given).map(normalizeName).toSorted();
const source = httpSource({ indexUrl });
const required = new Map<string, readonly string[]>();
for (let at = 0; at < names.length; at += atOnce) {
  const some = names.slice(at, at + atOnce);
  const read = await Promise.all(some.map((name) => readReleases(source, name, choice)));
  some.forEach((name, i) => {
    for (const [key, wanted] of alwaysRequired(name, read[i] ?? [])) required.set(key, wanted);
  });
}
await source.close();
writeFileSync(values.output, formatTable(required, values.before));
process.stderr.write(`${values.output}: ${required.size} lines of ${names.length} projects\n`);
