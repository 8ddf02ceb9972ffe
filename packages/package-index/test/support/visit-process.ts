import { diskCache, httpSource } from '../../src/index.ts';
import { visitAll } from './visit.ts';

// A process of its own for tests with several of them: index URL, cache directory, project names.
const [indexUrl = '', directory = '', ...names] = process.argv.slice(2);
const source = httpSource({ indexUrl, cache: diskCache(directory) });
const digest = await visitAll(source, names);
await source.close();
process.stdout.write(`${digest} ${source.stats.requests}\n`);
