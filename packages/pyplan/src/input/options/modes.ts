/** The values of `--resolution`. */
export const resolutionModes = ['highest', 'lowest', 'lowest-direct'] as const;

/** The values of `--prerelease`. */
export const prereleaseModes = [
  'disallow',
  'allow',
  'if-necessary',
  'explicit',
  'if-necessary-or-explicit',
] as const;
