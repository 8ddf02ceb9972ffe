import type { PlannedPackage } from '@pyplan/resolver';

/** How much an installer would download. */
export interface Download {
  readonly files: number;
  /** Bytes of the files whose size the index tells. */
  readonly bytes: number;
  /** Files whose size the index does not tell. */
  readonly unknownSizes: number;
}

export function downloadOf(packages: readonly PlannedPackage[]): Download {
  const sizes = packages.map((planned) => planned.file.size);
  return {
    files: packages.length,
    bytes: sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
    unknownSizes: sizes.filter((size) => size === null).length,
  };
}
