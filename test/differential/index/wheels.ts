import { hash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';

/** A wheel to upload. */
export interface BuiltWheel {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** A pure wheel that pip and uv would install. */
export function buildWheel(name: string, version: string, requires: readonly string[] = []): BuiltWheel {
  const info = `${name}-${version}.dist-info`;
  const metadata = [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    'Requires-Python: >=3.8',
    ...requires.map((text) => `Requires-Dist: ${text}`),
    '',
    '',
  ].join('\n');
  const members = {
    [`${name}.py`]: strToU8(`version = '${version}'\n`),
    [`${info}/METADATA`]: strToU8(metadata),
    [`${info}/WHEEL`]: strToU8(
      'Wheel-Version: 1.0\nGenerator: pyplan\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    ),
  };
  const record = [...Object.keys(members), `${info}/RECORD`].map((path) => `${path},,\n`).join('');
  const bytes = zipSync(
    { ...members, [`${info}/RECORD`]: strToU8(record) },
    { mtime: new Date('2020-01-01T00:00:00Z') },
  );
  return {
    name,
    version,
    filename: `${name}-${version}-py3-none-any.whl`,
    bytes,
    sha256: hash('sha256', bytes),
  };
}
