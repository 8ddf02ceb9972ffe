import { badField, type Fields, fieldsOf, optionalText, requiredText } from '../document/fields.ts';
import { readJson } from '../document/json-read.ts';
import type { LockedSet } from '../locked-set.ts';
import { nameOf, newLockedPackage, newLockedSet } from './new-set.ts';

/** What `pip list --format json` prints: names, versions, and where editable projects are. */
export function readPipList(text: string, file = 'pip list'): LockedSet {
  const packages = entries(text, file).map((fields) => {
    const editable = optionalText(fields, 'editable_project_location');
    return newLockedPackage(
      nameOf(fields),
      requiredText(fields, 'version'),
      editable === null
        ? {}
        : { source: { kind: 'directory', path: editable, editable: true, subdirectory: null } },
    );
  });
  return newLockedSet('pip-list', file, packages);
}

/**
 * What `conda list --json` prints. What conda shows of the channel `pypi` was installed by pip; the rest belongs to
 * its channel, under conda's own names.
 */
export function readCondaList(text: string, file = 'conda list'): LockedSet {
  const packages = entries(text, file).map((fields) => {
    const channel = optionalText(fields, 'channel');
    return newLockedPackage(
      nameOf(fields),
      requiredText(fields, 'version'),
      channel === 'pypi' ? {} : { source: { kind: 'conda', channel } },
    );
  });
  return newLockedSet('conda-list', file, packages);
}

function entries(text: string, file: string): readonly Fields[] {
  const list = readJson(file, text);
  if (!Array.isArray(list))
    throw badField({ file, path: '', table: {} }, null, 'expected a list of packages');
  return list.map((item, index) => fieldsOf(file, `[${index}]`, item));
}
