export {
  evaluateMarker,
  type MarkerContext,
  markerMentionsExtra,
  UndefinedComparisonError,
  UndefinedEnvironmentNameError,
} from './marker/evaluate-marker.ts';
export { explainMarker, type MarkerExplanation, type MarkerReason } from './marker/explain-marker.ts';
export { formatMarker } from './marker/format-marker.ts';
export type {
  EnvironmentVariable,
  Marker,
  MarkerComparison,
  MarkerEnvironment,
  MarkerJunction,
  MarkerOperand,
  MarkerOperator,
  MarkerVariable,
} from './marker/marker.ts';
export { parseMarker } from './marker/parse-marker.ts';
export {
  createMarkerAlgebra,
  type MarkerAlgebra,
  type MarkerAlgebraOptions,
  type MarkerSet,
} from './marker-set/algebra.ts';
export { MarkerBudgetError } from './marker-set/diagram.ts';
export { platformFacts } from './marker-set/platform-facts.ts';
export type { Witness } from './marker-set/witness.ts';
export { formatRange } from './range/format-range.ts';
export { locateRange } from './range/locate-range.ts';
export {
  areDisjointRanges,
  areEqualRanges,
  complementRange,
  emptyRange,
  fullRange,
  intersectRanges,
  isEmptyRange,
  isSubrange,
  rangeContains,
  rangeOf,
  subtractRanges,
  uniteRanges,
  type VersionRange,
} from './range/version-range.ts';
export {
  type IndexRequirement,
  type IndexSpecifierSet,
  parseIndexRequirement,
  parseIndexSpecifierSet,
} from './requirement/index-requirement.ts';
export { normalizeName } from './requirement/name.ts';
export {
  formatRequirement,
  parseRequirement,
  type Requirement,
  type RequirementSpans,
} from './requirement/requirement.ts';
export {
  type OptionName,
  parseRequirementsFile,
  type ReadRequirementsFile,
  type RequirementHash,
  type RequirementsEntry,
  type RequirementsFile,
  RequirementsFileError,
  type RequirementsFileOptions,
  type RequirementsPlace,
} from './requirements-file/requirements-file.ts';
export {
  parseInlineScriptMetadata,
  type ScriptMetadataBlock,
  ScriptMetadataError,
} from './script/inline-script-metadata.ts';
export type { Specifier, SpecifierOperator } from './specifier/specifier.ts';
export {
  filterVersions,
  formatSpecifierSet,
  newestOf,
  oldestOf,
  type PrereleaseOptions,
  parseSpecifierSet,
  type SpecifierSet,
  specifierSetContains,
  specifierSetPrereleases,
  tryParseSpecifierSet,
} from './specifier/specifier-set.ts';
export {
  InvalidMarkerError,
  InvalidRequirementError,
  InvalidSpecifierError,
  InvalidVersionError,
  MarkersSyntaxError,
  type Span,
} from './text/syntax-error.ts';
export { bumpVersion, type VersionBump } from './version/bump-version.ts';
export { compareVersions } from './version/compare-versions.ts';
export { parseVersion, tryParseVersion } from './version/parse-version.ts';
export { sortVersions } from './version/sort-versions.ts';
export {
  baseVersion,
  formatVersion,
  isDevrelease,
  isPostrelease,
  isPrerelease,
  type PreRelease,
  publicVersion,
  type Version,
  type VersionNumber,
  type VersionParts,
  versionOf,
} from './version/version.ts';
