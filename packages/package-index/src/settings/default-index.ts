import type { IndexSettings } from './index-settings.ts';

/**
 * The index to ask where the user named none on the command line: that of their settings, else the
 * default repository of the Package URL type `pypi`.
 *
 * Loads the Package URL library only where the settings say nothing.
 */
export async function defaultIndexUrl(settings: Pick<IndexSettings, 'defaultIndex'>): Promise<string> {
  if (settings.defaultIndex !== null) return settings.defaultIndex.url;
  const { PackageURL, UrlConverter } = await import('@socketregistry/packageurl-js');
  const project = 'x';
  const page = UrlConverter.toDownloadUrl(
    new PackageURL('pypi', undefined, project, '0', undefined, undefined),
  );
  if (page?.url.endsWith(`/${project}/`) !== true) {
    throw new Error('the Package URL type `pypi` has no default repository; name one with --index-url');
  }
  return page.url.slice(0, -`${project}/`.length);
}
