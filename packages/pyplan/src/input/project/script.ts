import { parseInlineScriptMetadata, type ScriptMetadataBlock, ScriptMetadataError } from '@pyplan/markers';
import type { RootRequirement } from '@pyplan/resolver';
import { InputError } from '../input-error.ts';
import { type ChoosingSettings, readChoosingSettings } from '../options/uv-settings.ts';
import { readRequirement } from '../requirements/requirement-strings.ts';
import { locateString, parseToml, tableAt } from './toml.ts';
import { noUvProject, readUvProject, type UvProject } from './uv-project.ts';

/** What a script's metadata block asks for. */
export interface ScriptInput {
  readonly requirements: readonly RootRequirement[];
  readonly requiresPython: string | null;
  /** What its `tool.uv` says. */
  readonly uv: UvProject;
  readonly settings: ChoosingSettings | null;
}

/**
 * The requirements of a script with inline metadata (Inline script metadata, PEP 723).
 *
 * @throws InputError where there is no `# /// script` block, or more than one, or it does not parse.
 */
export async function readScript(text: string, source: string): Promise<ScriptInput> {
  const block = blocksOf(text, source).find((candidate) => candidate.type === 'script');
  if (block === undefined) {
    throw new InputError('There is no inline metadata in this script', {
      place: { source },
      hint: 'Expected a block "# /// script" … "# ///" with dependencies = […]',
    });
  }
  // The block's first line of TOML is the line after its opening comment.
  const table = await parseToml(block.content, source, block.line);
  const { dependencies = [], 'requires-python': requiresPython = null } = table;
  if (!Array.isArray(dependencies) || !dependencies.every((member) => typeof member === 'string')) {
    throw new InputError('dependencies is not a list of strings', { place: { source, line: block.line } });
  }
  if (requiresPython !== null && typeof requiresPython !== 'string') {
    throw new InputError('requires-python is not a string', { place: { source, line: block.line } });
  }
  const requirements = dependencies.map((member) => {
    const requirement = String(member);
    const place = locateString(text, requirement, 0);
    return readRequirement(requirement, {
      source,
      line: place?.line ?? block.line,
      column: place?.column ?? null,
    });
  });
  const uv = tableAt(table, 'tool', 'uv');
  return {
    requirements,
    requiresPython,
    uv: uv === null ? noUvProject : readUvProject(uv, text, source, null),
    settings: uv === null ? null : readChoosingSettings(uv, source),
  };
}

function blocksOf(text: string, source: string): readonly ScriptMetadataBlock[] {
  try {
    return parseInlineScriptMetadata(text);
  } catch (error) {
    if (!(error instanceof ScriptMetadataError)) throw error;
    const message = error.message.replace(/^Line \d+: a/, 'A');
    throw new InputError(message, { place: { source, line: error.line }, cause: error });
  }
}
