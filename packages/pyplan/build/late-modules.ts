import type { Plugin } from 'rolldown';

/**
 * Loads each module of Node's own, and each chunk named `late-…`, where it is first used instead of at the head of the
 * chunk that uses it: Node's cost more than all of ours, and most runs need few of them.
 */
export const lateModules: Plugin = {
  name: 'late-modules',
  renderChunk(code) {
    const atHead = /^(?:let|const) (\w+) = (require\("(?:node:|\.\/(?:command\/)?late-)[^"]+"\));\n/gm;
    let rest = code;
    const names: string[] = [];
    for (const [statement, name, load] of code.matchAll(atHead)) {
      if (name === undefined || load === undefined) continue;
      names.push(name);
      rest = rest
        .replace(statement, '')
        .replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `(${name}_ ??= ${load}).`);
      if (new RegExp(`\\b${name}\\b`).test(rest)) throw new Error(`${load} is used as a whole, as ${name}`);
    }
    return { code: names.length === 0 ? rest : withVariables(rest, names) };
  },
};

/** Declares where what is loaded is kept, after the line by which a file may be run and the directives. */
function withVariables(code: string, names: readonly string[]): string {
  const [head = ''] =
    /^(?:#!.*\n)?(?:(?:"use strict"|Object\.defineProperty\(exports, Symbol\.toStringTag.*|'use strict');?\n)*/.exec(
      code,
    ) ?? [];
  return `${head}let ${names.map((name) => `${name}_`).join(', ')};\n${code.slice(head.length)}`;
}

/**
 * What undici loads at once of Node's own and hardly uses, by what it uses: an assertion, which loads Node's when it
 * fails; and of HTTP a limit on headers (Node's default) and a class that it is never handed.
 */
const standIns: Readonly<Record<string, string>> = {
  'node:assert': `module.exports = (holds, ...told) => { if (!holds) require('node:assert').ok(holds, ...told); };`,
  'node:http': `module.exports = { maxHeaderSize: 16 * 1024, IncomingMessage: class {} };`,
};
const standIn = '\0stand-in ';
const h2Loader = '\0load-client-h2 ';

/** Makes undici's client for plain HTTP/1 load fast. Its HTTP/2, and Node's, is loaded at the first connection that speaks it. */
export const lightUndici: Plugin = {
  name: 'light-undici',
  async resolveId(source, importer) {
    if (importer === undefined) return null;
    if (importer.startsWith(h2Loader)) return importer.slice(h2Loader.length);
    if (!/[\\/]undici[\\/]lib[\\/]/.test(importer)) return null;
    if (standIns[source] !== undefined) return `${standIn}${source}`;
    if (source !== './client-h2.js') return null;
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    return resolved === null ? null : `${h2Loader}${resolved.id}`;
  },
  load(id) {
    if (id.startsWith(standIn)) return standIns[id.slice(standIn.length)] ?? null;
    return id.startsWith(h2Loader)
      ? `module.exports = (...given) => require('./client-h2.js')(...given);`
      : null;
  },
};

/** fflate without its workers: its file for Node loads Node's threads at once. */
export const smallFflate: Plugin = {
  name: 'small-fflate',
  async resolveId(source, importer) {
    if (source !== 'fflate') return null;
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    return resolved === null ? null : resolved.id.replace(/index\.mjs$/, 'browser.js');
  },
};
