import { type IndexFile, type ProjectPage, SourceError } from '@pyplan/resolver';
import { type FileObject, indexFile } from './file-entry.ts';
import type { PageRecord } from './page-record.ts';

const NO_FILES: readonly IndexFile[] = [];

/** A page that knows of its like on other indexes. */
interface IndexPage extends ProjectPage {
  readonly related: readonly string[];
}

/** URLs of the pages of the same project on other indexes, as the page gives them (PEP 708). */
export function relatedPages(page: ProjectPage): readonly string[] {
  return (page as Partial<IndexPage>).related ?? [];
}

/** A `ProjectPage` over a record: the files of a version are decoded when they are first asked for. */
export function lazyPage(record: PageRecord): IndexPage {
  /** Of a place for each version, made at once: filled from its end it would be kept in a slower form. */
  let decoded: (readonly IndexFile[] | undefined)[] | null = null;
  function filesOf(index: number): readonly IndexFile[] {
    if (record.versions[index] === undefined) return NO_FILES;
    decoded ??= Array.from({ length: record.versions.length }, () => undefined);
    let files = decoded[index];
    if (files === undefined) {
      files = decodeFiles(record, index);
      decoded[index] = files;
    }
    return files;
  }

  return {
    name: record.name,
    get versions() {
      return record.versions;
    },
    filesOf,
    requiresPythonsOf: (index) =>
      scanRequiresPythons(record, index) ?? filesOf(index).flatMap((file) => file.requiresPython ?? []),
    get passedOver() {
      return record.passedOver();
    },
    status: record.status,
    index: record.index,
    digest: record.digest,
    related: record.related,
  };
}

/** What stands in the text of the files; null where it would have to be decoded. */
function scanRequiresPythons(record: PageRecord, index: number): readonly string[] | null {
  const text = record.versions[index] === undefined ? '' : record.slice(index);
  if (text.includes('\\')) return null;
  return Array.from(text.matchAll(/"requires-python"\s*:\s*"([^"]*)"/g), ([, value = '']) => value);
}

function decodeFiles(record: PageRecord, index: number): readonly IndexFile[] {
  try {
    const entries: readonly FileObject[] = JSON.parse(`[${record.slice(index)}]`);
    return entries.map((entry) => indexFile(entry, record.base));
  } catch (cause) {
    if (cause instanceof SourceError) throw cause;
    throw new SourceError(
      `${record.name}: the files of version ${record.versions[index]?.text ?? ''} can't be read`,
      { kind: 'corrupt', url: record.base, cause },
    );
  }
}
