import { isDeepStrictEqual } from 'node:util';
import {
  InvalidLicenseExpressionError,
  InvalidWheelFilenameError,
  normalizeLicenseExpression,
  parseWheelFilename,
  type TagTarget,
  tagStrings,
  tagsFor,
  wheelTags,
} from '@pyplan/wheel-meta';
import { type Random, seededRandom } from '../../../packages/wheel-meta/test/fuzz/mutate.ts';
import { type MetadataAnswer, metadataDifferences } from './compare-wheel.ts';
import { contentTypeOf, licenseOf, metadataBytesOf, metadataOf, wheelFilenameOf } from './generate.ts';
import { startOracle } from './oracle.ts';
import { tagRequests } from './tag-requests.ts';

/*
 * Compares what this package and `packaging` say of generated metadata, licence expressions, file names
 * and tags.
 *
 *     node test/differential/wheels/generated.ts [count] [seed]
 */

const count = Number(process.argv[2] ?? 2000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
console.log(`seed ${seed}`);

const oracle = startOracle();
let passed = 0;
let failed = 0;

/** Counts a case, and tells of it where the two differ. */
function judge(what: string, differences: readonly string[]): void {
  if (differences.length === 0) {
    passed++;
    return;
  }
  failed++;
  if (failed <= 40) console.log(`${what}\n  ${differences.join('\n  ')}`);
}

function compare(what: string, ours: unknown, theirs: unknown): void {
  judge(
    what,
    isDeepStrictEqual(ours, theirs) ? [] : [`${JSON.stringify(ours)} ours, ${JSON.stringify(theirs)} theirs`],
  );
}

const cases: readonly ((random: Random) => Promise<void>)[] = [
  async (random) => {
    const text = metadataOf(random);
    const answer = (await oracle.ask({ kind: 'metadata', text })) as MetadataAnswer;
    judge(`metadata ${JSON.stringify(text)}`, metadataDifferences(text, answer));
  },
  async (random) => {
    const bytes = metadataBytesOf(random);
    const hex = Buffer.from(bytes).toString('hex');
    const answer = (await oracle.ask({ kind: 'metadata', hex })) as MetadataAnswer;
    judge(
      `metadata bytes ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`,
      metadataDifferences(bytes, answer),
    );
  },
  async (random) => {
    const text = `Metadata-Version: 2.1\nName: a\nVersion: 1\nDescription-Content-Type: ${contentTypeOf(random)}\n`;
    const answer = (await oracle.ask({ kind: 'metadata', text })) as MetadataAnswer;
    judge(`content type ${JSON.stringify(text)}`, metadataDifferences(text, answer));
  },
  async (random) => {
    const input = licenseOf(random);
    compare(
      `licence ${JSON.stringify(input)}`,
      normalLicense(input),
      await oracle.ask({ kind: 'license', input }),
    );
  },
  async (random) => {
    const input = wheelFilenameOf(random);
    compare(
      `file name ${JSON.stringify(input)}`,
      partsOf(input),
      await oracle.ask({ kind: 'wheel-filename', input }),
    );
  },
];

for (const [index, run] of Array.from(
  { length: count },
  (_, index) => [index, cases[index % cases.length]] as const,
)) {
  await run?.(seededRandom(seed + index));
}
for (const { target, request } of tagRequests()) {
  compare(
    `tags of ${JSON.stringify(target)}`,
    tagStrings(tagsFor(target as TagTarget)),
    await oracle.ask(request),
  );
}
oracle.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function normalLicense(input: string): string | null {
  try {
    return normalizeLicenseExpression(input);
  } catch (error) {
    if (error instanceof InvalidLicenseExpressionError) return null;
    throw error;
  }
}

function partsOf(input: string): unknown {
  try {
    const wheel = parseWheelFilename(input);
    return [wheel.name, wheel.version.text, [...wheel.build], wheelTags(wheel)];
  } catch (error) {
    if (error instanceof InvalidWheelFilenameError) return null;
    throw error;
  }
}
