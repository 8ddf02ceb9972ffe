import { checkEvidence, LockFormatError, readEvidence, selectionsOf } from '@pyplan/lockfile';
import { parseRequirement } from '@pyplan/markers';
import {
  type ApartEvidence,
  defaultOptions,
  type EvidenceSelection,
  evidenceOf,
  formatEvidence,
  memorySource,
  type ResolveRequest,
  resolve,
  target,
} from '@pyplan/resolver';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type SelectedPart, selectedPart } from '../../packages/pyplan/src/input/project/selected-part.ts';
import { completeShared } from '../../packages/pyplan/src/request.ts';
import { resolveApart } from '../../packages/pyplan/src/verbs/resolve-apart.ts';
import { digestedSource } from '../support/evidence/digested-source.ts';
import { changed, type Json, pathsOf, tamper, textsOf } from '../support/evidence/tampering.ts';
import { rootRequirement } from '../support/requests.ts';

const source = digestedSource(
  memorySource({
    app: { '1': { requires: ['lib'] } },
    lib: { '1': {}, '2': { requires: ['more'] }, '3': { yanked: 'broken' } },
    more: { '1': {} },
  }),
);

const parts: readonly SelectedPart[] = [
  selectedPart({ kind: 'base' }, [rootRequirement(parseRequirement('app'))]),
  selectedPart({ kind: 'extra', name: 'old' }, [rootRequirement(parseRequirement('lib<2'))]),
  selectedPart({ kind: 'extra', name: 'new' }, [rootRequirement(parseRequirement('lib>=2'))]),
  selectedPart({ kind: 'extra', name: 'none' }, [rootRequirement(parseRequirement('lib>3'))]),
];

/** The evidence of every selection of some parts, the last of which may be refused. */
async function evidenceOfParts(names: readonly string[]): Promise<ApartEvidence> {
  const chosen = parts.filter(({ part }) => part.kind === 'base' || names.includes(part.name));
  const conflict = chosen.flatMap(({ part }) => (part.kind === 'base' ? [] : [part]));
  const told: EvidenceSelection[] = [];
  const request = { requirements: [], source, options: defaultOptions };
  await resolveApart(request, selectionsOf(chosen, [conflict]), async (asked, taken) => {
    const complete: ResolveRequest = { ...completeShared(asked), targets: [target('3.12', 'linux')] };
    const resolution = await resolve(complete);
    told.push({ parts: taken, answer: await evidenceOf(complete, resolution) });
    return resolution;
  });
  return { evidence: 1, selections: told };
}

describe('the evidence of parts that conflict', () => {
  let whole: ApartEvidence;
  beforeAll(async () => {
    whole = await evidenceOfParts(['old', 'new']);
  });

  test('has an answer for each selection, and holds', async () => {
    expect(whole.selections.map((each) => each.parts)).toEqual([[], ['extra old'], ['extra new']]);
    const text = formatEvidence(whole);
    const read = readEvidence(text, 'e.json');
    expect(read).toEqual(whole);
    expect(formatEvidence(read)).toBe(text);
    // A line for each file, as in the evidence of one answer.
    expect(text).toMatch(/^ *"lib-1-py3-none-any\.whl": \{"version":"1",.*$/m);
    for (const options of [{}, { source }]) {
      const check = await checkEvidence(read, options);
      expect(check).toMatchObject({
        holds: true,
        targets: [
          { parts: [], kind: 'plan', packages: 3 },
          { parts: ['extra old'], kind: 'plan', packages: 2 },
          { parts: ['extra new'], kind: 'plan', packages: 3 },
        ],
      });
      // Pages and files count once, whoever rests on them.
      const compared = 'source' in options ? { pages: 3, metadata: 4 } : null;
      expect(check.holds && check.source).toEqual(compared);
    }
  });

  test('ends with the proof of a selection that is refused', async () => {
    const refused = await evidenceOfParts(['old', 'none']);
    expect(await checkEvidence(refused, { source })).toMatchObject({
      holds: true,
      targets: [{ kind: 'plan' }, { kind: 'plan' }, { parts: ['extra none'], kind: 'refusal' }],
    });
  });

  test('does not hold where an answer does not, or is there twice, or none is there', async () => {
    const [none, old, later] = whole.selections;
    if (none === undefined || old === undefined || later === undefined) throw new Error('invariant');
    const swapped = {
      ...whole,
      selections: [none, { ...old, answer: { ...old.answer, inputs: later.answer.inputs } }],
    };
    expect(await checkEvidence(swapped)).toMatchObject({
      holds: false,
      fault: expect.stringMatching(/^With extra old: Python 3\.12 on linux: .*lib/),
    });
    expect(await checkEvidence({ ...whole, selections: [old, old] })).toEqual({
      holds: false,
      fault: 'With extra old: the selection is there twice',
    });
    expect(await checkEvidence({ ...whole, selections: [] })).toEqual({
      holds: false,
      fault: 'it is of no selection',
    });
  });

  test('is refused where it was tampered with, or what is left of it is checked like any other', async () => {
    const document: Json = JSON.parse(formatEvidence(whole));
    const paths = pathsOf(document);
    const texts = textsOf(document);
    const outcome = { unreadable: 0, refused: 0, true: 0 };
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(1000), async (at, how) => {
        const path = paths[at % paths.length] ?? [];
        const text = JSON.stringify(changed(document, path, (item) => tamper(item, how, texts)));
        if (text === JSON.stringify(document)) return;
        let read: ReturnType<typeof readEvidence>;
        try {
          read = readEvidence(text, 'e.json');
        } catch (error) {
          if (!(error instanceof LockFormatError)) throw error;
          outcome.unreadable++;
          return;
        }
        const { holds } = await checkEvidence(read, { source });
        outcome[holds ? 'true' : 'refused']++;
        const answers = 'selections' in read ? read.selections.map(({ answer }) => answer) : [read];
        const alone = await Promise.all(answers.map((answer) => checkEvidence(answer, { source })));
        // Beside its answers it says only which selections these are.
        if (path[2] === 'answer') expect(holds).toBe(alone.every((check) => check.holds));
        else if (holds) expect(alone.every((check) => check.holds)).toBe(true);
      }),
      { numRuns: 600 },
    );
    expect(outcome.refused).toBeGreaterThan(150);
    expect(outcome.unreadable).toBeGreaterThan(50);
    expect(outcome.true).toBeLessThan(outcome.refused);
  });
});
