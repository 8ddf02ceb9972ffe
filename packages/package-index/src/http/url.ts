/** The URL without user name and password. Text that is no URL comes back as it is. */
export function withoutCredentials(url: string): string {
  if (!url.includes('@')) return url;
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.username === '' && parsed.password === '')) return url;
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}

/** An index URL as the base of its pages: with a slash at the end, without query and fragment. */
export function indexBase(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return url.endsWith('/') ? url : `${url}/`;
  parsed.hash = '';
  if (!parsed.pathname.endsWith('/')) parsed.pathname += '/';
  return parsed.href;
}
