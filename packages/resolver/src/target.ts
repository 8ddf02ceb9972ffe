import type { MarkerEnvironment } from '@pyplan/markers';
import type { TagSet } from '@pyplan/wheel-meta';

/** An interpreter on a platform. */
export interface Target {
  /** As the user named it, e.g. `3.12` or `3.11.7`. */
  readonly python: string;
  /** As the user named it, e.g. `linux` or `aarch64-apple-darwin`. */
  readonly platform: string;
  readonly environment: MarkerEnvironment;
  /** The wheel tags it takes, best first. */
  readonly tags: TagSet;
}
