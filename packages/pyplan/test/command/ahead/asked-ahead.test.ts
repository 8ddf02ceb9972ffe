import { memorySource, type PackageSource, SourceError } from '@pyplan/resolver';
import { describe, expect, it } from 'vitest';
import { askedAhead } from '../../../src/command/ahead/asked-ahead.ts';
import { surelyWanted } from '../../../src/command/ahead/foreknowledge.ts';
import { noForesight } from '../../../src/command/ahead/foresight.ts';
import { type Inputs, readInputs } from '../../../src/input/read-inputs.ts';

const never = new AbortController().signal;

/** A source that answers late, and what it was asked for. `down` fails late, `broken` at once. */
function lateSource(): { readonly source: PackageSource; readonly asked: string[] } {
  const inner = memorySource({ flask: { '1.0': {} } });
  const asked: string[] = [];
  const source: PackageSource = {
    ...inner,
    page: (name) => {
      asked.push(name);
      const failed = new SourceError(`${name} is not to be had`, { kind: 'unreachable', url: name });
      if (name === 'broken') throw failed;
      return name === 'down' ? Promise.reject(failed) : Promise.resolve(inner.page(name));
    },
  };
  return { source, asked };
}

async function inputsOf(...sources: readonly string[]): Promise<Inputs> {
  return await readInputs({ sources }, { kindOf: () => 'absent', read: noFile, readStdin: noFile });
}

function noFile(): never {
  throw new Error('there is no file');
}

describe('asking ahead', () => {
  it('asks for each page once, and gives it to the first who wants it', async () => {
    const { source, asked } = lateSource();
    const ahead = await askedAhead(source, ['flask', 'nothing'], never, noForesight);
    expect(asked).toEqual(['flask', 'nothing']);
    expect((await ahead.page('flask'))?.versions.map(({ text }) => text)).toEqual(['1.0']);
    expect(await ahead.page('nothing')).toBe(null);
    expect(asked).toEqual(['flask', 'nothing']);
    await ahead.page('flask');
    expect(asked).toEqual(['flask', 'nothing', 'flask']);
  });

  it('leaves a failure to whoever wants the page, and what fails at once to fail again', async () => {
    const { source, asked } = lateSource();
    const ahead = await askedAhead(source, ['down', 'broken'], never, noForesight);
    await expect(ahead.page('down')).rejects.toThrow('down is not to be had');
    expect(() => ahead.page('broken')).toThrow('broken is not to be had');
    expect(asked).toEqual(['down', 'broken', 'broken']);
  });

  it('foresees nothing where all is at hand', async () => {
    const source = memorySource({ flask: { '1.0': {} } });
    const told: string[] = [];
    const ahead = await askedAhead(source, ['flask'], never, {
      begin: async () => void told.push('begins'),
      want: (name) => told.push(`wants ${name}`),
      see: (name) => told.push(`sees ${name}`),
    });
    const page = await ahead.page('flask');
    const [file] = page?.filesOf(0) ?? [];
    if (page && file) await ahead.metadata(page, file);
    expect(told).toEqual(['wants flask', 'wants flask']);
  });

  it('tells of what is waited for, and whether it is of the newest version', async () => {
    const inner = memorySource({ flask: { '1.0': {}, '2.0': {}, '3.0rc1': {} } });
    const told: string[] = [];
    const source: PackageSource = {
      ...inner,
      page: async (name) => inner.page(name),
      metadata: async (page, file) => inner.metadata(page, file),
    };
    const ahead = await askedAhead(source, [], never, {
      ...noForesight,
      begin: async () => void told.push('begins'),
      see: (name, isNewest) => told.push(`sees ${name}, ${isNewest ? 'the newest' : 'older'}`),
    });
    const page = await ahead.page('flask');
    for (const rank of [2, 1, 0]) {
      const [file] = page?.filesOf(rank) ?? [];
      if (page && file) await ahead.metadata(page, file);
    }
    expect(told).toEqual(['begins', 'sees flask, the newest', 'sees flask, the newest', 'sees flask, older']);
  });
});

describe('what is surely wanted', () => {
  it('is what is asked for whatever the target, each once', async () => {
    const inputs = await inputsOf('Flask', 'flask>1', 'a_b[c]', "d; sys_platform == 'linux'");
    expect(surelyWanted(inputs)).toEqual(['flask', 'a-b']);
  });

  it('is nothing that comes from elsewhere, is overridden or left out', async () => {
    const url = 'https://example.org/flask-1.0-py3-none-any.whl';
    const inputs = await inputsOf('a', 'b', 'c', 'd', `b @ ${url}`);
    const { requirements: overrides } = await inputsOf('c>=1');
    const { requirements: constraints } = await inputsOf(`d @ ${url}`);
    expect(surelyWanted({ ...inputs, overrides, constraints, excludes: ['a'] })).toEqual([]);
    expect(surelyWanted(inputs)).toEqual(['a', 'c', 'd']);
  });
});
