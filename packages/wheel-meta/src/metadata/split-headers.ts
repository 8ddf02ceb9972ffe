/** One header: its name as written, its value with inner line breaks kept. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** Headers and body of a text with lines of any kind, as Python's feed parser splits them. */
export function splitHeaders(text: string): { readonly headers: readonly Header[]; readonly body: string } {
  const lines: string[] = [];
  let position = 0;
  while (position < text.length) {
    const end = lineEnd(text, position);
    const line = text.slice(position, end);
    if (!isHeaderLine(line)) {
      if (isEmpty(line)) position = end;
      break;
    }
    lines.push(line);
    position = end;
  }
  const { headers, returned } = joinLines(lines);
  return { headers, body: returned + text.slice(position) };
}

/** The index after the line break that ends the line at `start`, or the end of the text. */
function lineEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) return at + 1;
    if (code === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  }
  return text.length;
}

function isHeaderLine(line: string): boolean {
  return /^(?:From |[!-9;-~]*:|[\t ])/.test(line);
}

function isEmpty(line: string): boolean {
  return line === '\n' || line === '\r\n' || line === '\r';
}

/**
 * Joins continuations to their header. An envelope line (`From …`, of mailboxes) is no header; where
 * it is the last of several lines it is given back as the first one of the body.
 */
function joinLines(lines: readonly string[]): {
  readonly headers: readonly Header[];
  readonly returned: string;
} {
  const headers: Header[] = [];
  let name = '';
  let value = '';
  const flush = (): void => {
    if (name !== '') headers.push({ name, value: value.replace(/[\r\n]+$/, '') });
    name = '';
  };
  for (const [index, line] of lines.entries()) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (name !== '') value += line;
      continue;
    }
    flush();
    if (line.startsWith('From ')) {
      if (index > 0 && index === lines.length - 1) return { headers, returned: line };
      continue;
    }
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    name = line.slice(0, colon);
    value = line.slice(colon + 1).replace(/^[ \t]+/, '');
  }
  flush();
  return { headers, returned: '' };
}
