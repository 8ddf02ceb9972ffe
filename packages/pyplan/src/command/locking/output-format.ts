import type { OutputFormat, Settings } from '../arguments/settings.ts';

/** `--format`, else `--json`, else what the name of the output file says, else pylock. */
export function outputFormat(settings: Settings): OutputFormat {
  if (settings.format !== null) return settings.format;
  if (settings.json) return 'json';
  const name = settings.output?.toLowerCase() ?? '';
  if (/(\.cdx|\.cyclonedx|(^|[/\\])bom)\.json$/.test(name)) return 'cyclonedx';
  if (name.endsWith('.json')) return 'json';
  return name.endsWith('.txt') || name.endsWith('.in') ? 'requirements' : 'pylock';
}
