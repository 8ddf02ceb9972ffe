import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ApartParts, inputsDigest, type ProjectPart, partText, type Selections } from '@pyplan/lockfile';
import { defaultOptions, type Note, type ResolveOptions, type Target } from '@pyplan/resolver';
import type { SelectedPart } from '../../input/project/selected-part.ts';
import type { Inputs } from '../../input/read-inputs.ts';
import type { Context } from '../context.ts';
import type { OpenedSource } from '../resolving/open-source.ts';
import { coolDownNotes, writtenLimits } from '../resolving/resolve-options.ts';
import { outputFormat } from './output-format.ts';

/** What a lock says beside its packages. */
export interface LockFacts {
  /** See `inputsDigest`; null for a format that has none. */
  readonly digest: string | null;
  /** What was assumed, a sentence each. */
  readonly assumed: readonly string[];
  readonly parts: readonly ProjectPart[];
  /** How the parts are kept apart; null where none of them conflict. */
  readonly apart: (ApartParts & { readonly selections: Selections<SelectedPart> }) | null;
  /** The directory that the lock goes to, as a `file:` URL; null where it goes to standard output. */
  readonly directory: string | null;
}

/** What is locked for. */
export interface LockScope {
  readonly targets: readonly Target[];
  /** What says which targets there are, where they are not named one by one. */
  readonly universe: readonly string[];
  readonly assumed: readonly Note[];
}

/** The facts of a lock that is to be made from the inputs. */
export async function lockFacts(
  context: Context,
  inputs: Inputs,
  { targets, universe, assumed }: LockScope,
  opened: Pick<OpenedSource, 'places'>,
  options: ResolveOptions,
): Promise<LockFacts> {
  const directory = lockDirectory(context);
  const apart = await apartParts(inputs);
  const assumedTexts = assumed.map(({ text }) => text);
  const { excludeNewer, excludeNewerPackages } = defaultOptions;
  const digest = (): string =>
    inputsDigest({
      ...inputs,
      targets,
      // Limits as they were written: a duration (P7D) means another moment at each run.
      options: { ...options, excludeNewer, excludeNewerPackages },
      more: [
        ...universe.map((text) => `universe ${text}`),
        ...assumedTexts.map((text) => `assumed ${text}`),
        ...inputs.parts.map((part) => `part ${partDigest(part)}`),
        ...(apart === null
          ? []
          : apart.conflicts.map((conflict) => `conflict ${conflict.map(partText).join()}`)),
        ...inputs.hashes.map(({ name, allowed }) => `hashes ${name} ${[...allowed].toSorted().join(' ')}`),
        ...opened.places.map((place) => `place ${fromDirectory(directory ?? context.world.cwd, place)}`),
        ...writtenLimits(context, inputs),
      ],
    });
  return {
    digest: outputFormat(context.settings) === 'pylock' ? digest() : null,
    assumed: [...assumedTexts, ...coolDownNotes(options).map(({ text }) => text)],
    parts: inputs.parts,
    apart,
    directory: directory === null ? null : directoryUrl(directory),
  };
}

async function apartParts({ parts, conflicts }: Inputs): Promise<LockFacts['apart']> {
  if (parts.length === 0 || conflicts.length === 0) return null;
  const { apartSelections } = await import('../../input/project/apart.ts');
  const selections = apartSelections({ parts, conflicts });
  return selections === null
    ? null
    : { selections, parts, conflicts: conflicts.map(({ members }) => members) };
}

/** The directory that `-o` names a file of, absolute; null for standard output. */
export function lockDirectory({ path, settings: { output } }: Context): string | null {
  return output === null || output === '-' ? null : path(`${output}/..`);
}

/** A directory as a `file:` URL that ends in a slash. */
export function directoryUrl(directory: string): string {
  return pathToFileURL(directory + sep).href;
}

function partDigest({ part, requirements }: ProjectPart): string {
  const texts = requirements.map(({ text }) => text).toSorted();
  return `${part.kind} ${part.kind === 'base' ? '' : part.name}: ${texts.join(', ')}`;
}

/** Directories relative to the lock: a checkout is the same wherever it is. */
function fromDirectory(directory: string, place: string): string {
  return isAbsolute(place) ? relative(directory, place).split(sep).join('/') : place;
}
