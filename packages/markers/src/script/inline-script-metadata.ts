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
  declare readonly line: number;

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
  // Of comment lines in a row: the first that opens a block and the last that closes one, counted from 1.
  let open = 0;
  let close = 0;
  let type = '';
  for (const [index, line] of [...lines, ''].entries()) {
    const [, opened] = /^# \/\/\/ ([a-z\d-]+)$/i.exec(line) ?? [];
    if (line === '# ///') close = index + 1;
    else if (opened && open === 0) [open, type] = [index + 1, opened];
    if (line === '#' || line.startsWith('# ')) continue;
    if (open > 0 && open + 1 < close) {
      const before = blocks.find((block) => block.type === type);
      if (before) {
        throw new ScriptMetadataError(
          `Line ${open}: a second '# /// ${type}' block; the first is on line ${before.line}`,
          open,
        );
      }
      const content = lines.slice(open, close - 1).map((inner) => `${inner.slice(2)}\n`);
      blocks.push({ type, content: content.join(''), line: open });
    }
    open = 0;
    close = 0;
  }
  return blocks;
}
