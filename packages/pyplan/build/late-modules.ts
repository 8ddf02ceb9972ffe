import type { Plugin } from 'rolldown';

/**
 * Loads each module of Node's own where it is first used instead of at the head of a chunk: they cost more than all of
 * ours, and most runs need few of them.
 */
export const lateBuiltins: Plugin = {
  name: 'late-builtins',
  renderChunk(code) {
    let rest = code;
    for (const [statement, name, specifier] of code.matchAll(
      /^let (\w+) = require\("(node:[\w/]+)"\);\n/gm,
    )) {
      if (name === undefined) continue;
      rest = rest
        .replace(statement, '')
        .replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `require("${specifier}").`);
      if (new RegExp(`\\b${name}\\b`).test(rest))
        throw new Error(`${specifier} is used as a whole, as ${name}`);
    }
    return { code: rest };
  },
};

const h2Loader = '\0load-client-h2';

/** Loads undici's HTTP/2, and Node's with it, at the first connection that speaks it. */
export const lateHttp2: Plugin = {
  name: 'late-http2',
  async resolveId(source, importer) {
    if (source !== './client-h2.js' || importer === undefined) return null;
    if (importer.startsWith(h2Loader)) return importer.slice(h2Loader.length + 1);
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    return resolved === null ? null : `${h2Loader} ${resolved.id}`;
  },
  load(id) {
    if (!id.startsWith(h2Loader)) return null;
    return `module.exports = (...given) => require('./client-h2.js')(...given);`;
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
