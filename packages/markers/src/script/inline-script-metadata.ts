/** A block of metadata in a script (PEP 723). */
export type ScriptMetadataBlock = {
  /** What follows `# ///`, such as `script`. */
  readonly type: string;
  /** The lines of the block without their `#`, each ended by a line feed. */
  readonly content: string;
  /** Line of `# /// type`, from 1. */
  readonly line: number;
};

/** Two blocks of one type, which the specification takes for an error. */
export class ScriptMetadataError extends Error {
  override readonly name = 'ScriptMetadataError';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * The metadata blocks of a script (Inline script metadata, "Specification"). What is in a block, TOML for
 * `script`, is the caller's to parse. A block that is not closed is none.
 *
 * @throws ScriptMetadataError where two blocks have one type
 */
export function parseInlineScriptMetadata(scriptText: string): readonly ScriptMetadataBlock[] {
  const lines = scriptText.split(/\r\n|\r|\n/);
  const blocks: ScriptMetadataBlock[] = [];
  let run: CommentRun = { stop: 0, lastClose: -1 };
  for (let index = 0; index < lines.length; index++) {
    const type = /^# \/\/\/ ([a-zA-Z0-9-]+)$/.exec(lines[index] ?? '')?.[1];
    if (type === undefined) continue;
    if (index >= run.stop) run = commentRun(lines, index);
    const end = run.lastClose;
    if (end < index + 2) continue;
    const before = blocks.find((block) => block.type === type);
    if (before !== undefined) {
      throw new ScriptMetadataError(
        `Line ${index + 1}: a second '# /// ${type}' block; the first begins on line ${before.line}. Keep one of them`,
        index + 1,
      );
    }
    const content = lines
      .slice(index + 1, end)
      .map((line) => `${line.slice(line.startsWith('# ') ? 2 : 1)}\n`);
    blocks.push({ type, content: content.join(''), line: index + 1 });
    index = end;
  }
  return blocks;
}

/** Comment lines in a row: the first index after them, and the last `# ///` among them or -1. */
type CommentRun = { readonly stop: number; readonly lastClose: number };

function commentRun(lines: readonly string[], start: number): CommentRun {
  let lastClose = -1;
  let stop = start;
  for (; stop < lines.length; stop++) {
    const line = lines[stop] ?? '';
    if (line !== '#' && !line.startsWith('# ')) break;
    if (line === '# ///') lastClose = stop;
  }
  return { stop, lastClose };
}
