/** A file's object as indexes write it, and what is read of it at once. */
export interface PlainFile {
  /** The offset after the object. */
  readonly end: number;
  readonly filename: string;
  readonly url: string;
}

const space = '[ \\n\\r\\t]*';
const comma = `${space},${space}`;
const colon = `${space}:${space}`;
/** What strings without escapes are made of. */
const plain = '[^"\\\\\\x00-\\x1f]*';
const number = '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?';
const single = `"${plain}"|${number}|true|false|null`;
const singleMember = `"${plain}"${colon}(?:${single})`;
const inner = `\\{${space}${singleMember}(?:${comma}${singleMember}){0,20}${space}\\}`;
const other = `(?!"(?:filename|url)")"${plain}"${colon}(?:${single}|${inner})`;
const text = (key: string): string => `"${key}"${colon}"(${plain})"`;

/**
 * A file's object with one name and, after it, one URL. Bounded, and with no two runs of white space side by side, so
 * that what does not match fails in linear time.
 */
const fileObject = new RegExp(
  `\\{${space}(?:${other}${comma}){0,20}${text('filename')}(?:${comma}${other}){0,20}` +
    `${comma}${text('url')}(?:${comma}${other}){0,20}${space}\\}`,
  'y',
);

/**
 * The file object (PEP 691) that starts at `start`, found by one regular expression, which is compiled where the
 * scanner's loops are not yet; null for anything out of the ordinary, valid or not, which the scanner has to judge.
 */
export function plainFile(json: string, start: number): PlainFile | null {
  fileObject.lastIndex = start;
  const [, filename, url] = fileObject.exec(json) ?? [];
  return filename === undefined || url === undefined ? null : { end: fileObject.lastIndex, filename, url };
}
