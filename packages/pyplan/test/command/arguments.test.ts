import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verb } from '../../src/command/arguments/option-spec.ts';
import { optionsOf, optionTable } from '../../src/command/arguments/option-table.ts';
import { laterVerbs, parseArguments, verbs } from '../../src/command/arguments/parse-arguments.ts';
import { readSettings, type Settings } from '../../src/command/arguments/settings.ts';
import { UsageError } from '../../src/input/input-error.ts';

function settings(...argv: string[]): Settings {
  const parsed = parseArguments(argv);
  if (parsed.kind !== 'verb') throw new Error(`parsed as ${parsed.kind}`);
  return readSettings(parsed);
}

function fault(...argv: string[]): UsageError {
  try {
    settings(...argv);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was taken`);
}

describe('parseArguments', () => {
  it('takes options before, between and after inputs', () => {
    const read = settings('lock', '--python', '3.12,3.13', 'flask>=3', '--platform=linux', 'b', '-q');
    expect(read).toMatchObject({
      verb: 'lock',
      positionals: ['flask>=3', 'b'],
      pythons: ['3.12', '3.13'],
      platforms: ['linux'],
      quiet: true,
      verbose: false,
    });
  });

  it('joins the values of options given several times, each once', () => {
    const read = settings(
      'lock',
      'a',
      '--python',
      '3.12',
      '--python',
      '3.13,3.12',
      '-P',
      'x',
      '-P',
      'y<3,>1',
    );
    expect(read.pythons).toEqual(['3.12', '3.13']);
    expect(read.upgradePackages).toEqual(['x', 'y<3,>1']);
  });

  it('knows the spellings of pip and uv', () => {
    const read = settings(
      'lock',
      '--constraints',
      'c.txt',
      '-i',
      'http://127.0.0.1/simple',
      '--python-version',
      '3.11',
    );
    expect(read).toMatchObject({
      constraints: ['c.txt'],
      indexUrl: 'http://127.0.0.1/simple',
      pythons: ['3.11'],
    });
  });

  it('takes what follows -- as inputs and a lone dash as standard input', () => {
    expect(settings('lock', '-', '--', '-odd').positionals).toEqual(['-', '-odd']);
  });

  it('takes short flags together', () => {
    expect(settings('lock', 'a', '-qn')).toMatchObject({ quiet: true, noCache: true });
  });

  it('suggests the option that was nearly written', () => {
    const error = fault('lock', 'flask', '--pyton', '3.12');
    expect(error.message).toBe('`pyplan lock` has no option --pyton');
    expect(error.hint).toBe('Did you mean --python?');
  });

  it('says which verbs have an option that this one lacks', () => {
    expect(fault('compare', 'flask', '--installed', 'x').hint).toBe('--installed belongs to: plan');
  });

  it('says that an unknown short option is unknown, without a guess', () => {
    expect(fault('lock', '-z').hint).toBe('pyplan lock --help lists them');
  });

  it('tells a forgotten value from the next option', () => {
    expect(fault('lock', 'flask', '--python', '--platform', 'linux').message).toBe(
      '--python needs a value: --python VERSION',
    );
    expect(fault('lock', 'flask', '--python').message).toBe('--python needs a value: --python VERSION');
    expect(fault('lock', 'flask', '--python=').message).toBe('--python needs a value: --python VERSION');
  });

  it('refuses a value for a flag', () => {
    expect(fault('lock', '--offline=yes').message).toBe('--offline takes no value, but was given "yes"');
  });

  it('names the choices and the nearest', () => {
    const error = fault('lock', 'x', '--resolution', 'lowest-dirct');
    expect(error.message).toBe(
      '--resolution takes one of highest, lowest, lowest-direct; got "lowest-dirct"',
    );
    expect(error.hint).toBe('Did you mean lowest-direct?');
  });

  it('refuses two answers to one question', () => {
    expect(fault('lock', 'x', '-o', 'a', '-o', 'b').message).toBe('--output-file is given 2 times: a, b');
    expect(settings('lock', 'x', '-o', 'a', '-o', 'a').output).toBe('a');
  });

  it('suggests the verb that was nearly written', () => {
    expect(fault('lcok').hint).toBe('Did you mean `pyplan lock`?');
    expect(fault('install').hint).toBe(`Expected one of: ${verbs.join(', ')}`);
    expect(fault('--python', '3.12').message).toBe('Expected a verb before the option --python');
  });

  it.each(laterVerbs)('says that %s is not built yet', (verb) => {
    expect(fault(verb).message).toBe(`\`pyplan ${verb}\` is not built yet`);
  });

  it.each([[['--help']], [[]], [['help']]])('shows the general help for %j', (argv) => {
    expect(parseArguments(argv)).toEqual({ kind: 'help', verb: null });
  });

  it.each([...verbs])('shows the help of %s, whatever else is given', (verb) => {
    expect(parseArguments([verb, 'flask', '--help'])).toEqual({ kind: 'help', verb });
    expect(parseArguments(['help', verb])).toEqual({ kind: 'help', verb });
  });

  it('shows the version', () => {
    expect(parseArguments(['--version'])).toEqual({ kind: 'version' });
  });

  it('takes every option of every verb under every spelling', () => {
    const cases = verbs.flatMap((verb) => optionsOf(verb).map((spec) => ({ verb, spec })));
    for (const { verb, spec } of cases) {
      if (spec.name === 'help') continue;
      const value = spec.value === undefined ? [] : [spec.choices?.[0] ?? 'value'];
      const names = [spec.name, ...(spec.aliases ?? [])].map((name) => `--${name}`);
      for (const name of spec.short === undefined ? names : [...names, `-${spec.short}`]) {
        const parsed = parseArguments([verb, name, ...value]);
        expect(parsed, `${verb} ${name}`).toMatchObject({ kind: 'verb', verb });
        if (parsed.kind === 'verb') expect([...parsed.options.keys()]).toEqual([spec.name]);
      }
    }
  });

  it('takes one wish about repairs', () => {
    expect(settings('lock', 'a').repairs).toBe('some');
    expect(settings('lock', 'a', '--no-repairs').repairs).toBe('none');
    expect(settings('lock', 'a', '--more-repairs').repairs).toBe('more');
    expect(fault('lock', 'a', '--no-repairs', '--more-repairs').message).toBe(
      '--no-repairs and --more-repairs exclude each other',
    );
  });

  it('never throws but a UsageError', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom('-', '--', '-o', ...verbs, ...optionTable.map((spec) => `--${spec.name}`)),
    );
    fc.assert(
      fc.property(fc.constantFrom<Verb>(...verbs), fc.array(words), (verb, argv) => {
        try {
          const parsed = parseArguments([verb, ...argv]);
          if (parsed.kind === 'verb') readSettings(parsed);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});

describe('option table', () => {
  it('has no spelling twice within a verb', () => {
    for (const verb of verbs) {
      const spellings = optionsOf(verb).flatMap((spec) => [
        spec.name,
        ...(spec.aliases ?? []),
        spec.short ?? spec.name,
      ]);
      const repeated = optionsOf(verb).flatMap((spec) => (spec.short === undefined ? [spec.name] : []));
      expect(spellings.length - repeated.length).toBe(new Set(spellings).size);
    }
  });
});
