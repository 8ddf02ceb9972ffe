import {
  InvalidRequirementError,
  InvalidSpecifierError,
  parseRequirement,
  parseSpecifierSet,
  tryParseVersion,
} from '@pyplan/markers';
import { hasLineBoundary, quote } from '../../bytes/text.ts';
import { fieldHeaders, type MetadataField, metadataVersions } from '../fields.ts';
import type { Metadata } from '../metadata.ts';
import { parseContentType } from './content-type.ts';
import { InvalidLicenseExpressionError, normalizeLicenseExpression } from './license-expression.ts';
import { isIdentifier, isKeyword } from './python-identifier.ts';

const projectName = /^(?:[a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9])$/i;

/** What is wrong with the value of a field that is given, or of a required one that is not; null: nothing. */
export function flawOf(metadata: Metadata, field: MetadataField, header: string): string | null {
  switch (field) {
    case 'metadataVersion':
      return flawOfMetadataVersion(metadata.metadataVersion);
    case 'name':
      return flawOfRequired(metadata.name, header, (name) => projectName.test(name));
    case 'version':
      return flawOfRequired(metadata.version, header, (version) => tryParseVersion(version) !== null);
    case 'summary':
      return hasLineBoundary(metadata.summary ?? '') ? `${quote(header)} must be a single line` : null;
    case 'descriptionContentType':
      return flawOfContentType(metadata.descriptionContentType ?? '', header);
    case 'dynamic':
      return firstFlaw(metadata.dynamic, flawOfDynamic);
    case 'providesExtra':
      return firstFlaw(metadata.providesExtra, (name) =>
        projectName.test(name) ? null : invalid(name, header),
      );
    case 'requiresPython':
      return parses(parseSpecifierSet, metadata.requiresPython ?? '')
        ? null
        : invalid(metadata.requiresPython, header);
    case 'requiresDist':
      return firstFlaw(metadata.requiresDist, (text) =>
        parses(parseRequirement, text) ? null : invalid(text, header),
      );
    case 'licenseExpression':
      return parses(normalizeLicenseExpression, metadata.licenseExpression ?? '')
        ? null
        : invalid(metadata.licenseExpression, header);
    case 'licenseFiles':
      return firstFlaw(metadata.licenseFiles, (path) => flawOfLicenseFile(path, header));
    case 'importNames':
      return firstFlaw(metadata.importNames ?? [], (name) => flawOfImportName(name, header));
    case 'importNamespaces':
      return firstFlaw(metadata.importNamespaces, (name) => flawOfImportName(name, header));
    default:
      // The rest is free text, and Requires-External allows versions of any scheme.
      return null;
  }
}

function invalid(value: string | null, header: string): string {
  return `${quote(value ?? '')} is invalid for ${quote(header)}`;
}

function firstFlaw(values: readonly string[], flawOfValue: (value: string) => string | null): string | null {
  for (const value of values) {
    const flaw = flawOfValue(value);
    if (flaw !== null) return flaw;
  }
  return null;
}

function parses(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (
      error instanceof InvalidRequirementError ||
      error instanceof InvalidSpecifierError ||
      error instanceof InvalidLicenseExpressionError
    ) {
      return false;
    }
    throw error;
  }
}

function flawOfMetadataVersion(version: string | null): string | null {
  if (version !== null && metadataVersions.includes(version)) return null;
  return `${version === null ? 'None' : quote(version)} is not a valid metadata version`;
}

function flawOfRequired(
  value: string | null,
  header: string,
  isValid: (value: string) => boolean,
): string | null {
  if (value === null || value === '') return `${quote(header)} is a required field`;
  return isValid(value) ? null : invalid(value, header);
}

function flawOfContentType(value: string, header: string): string | null {
  const contentType = hasLineBoundary(value.slice(0, -1)) ? null : parseContentType(value);
  if (contentType === null) return `${quote(value)} is not a valid content type for ${quote(header)}`;
  const { type, parameters } = contentType;
  if (type !== 'text/plain' && type !== 'text/x-rst' && type !== 'text/markdown') {
    return `${quote(header)} must be one of text/plain, text/x-rst, text/markdown, not ${quote(value)}`;
  }
  const charset = parameters.get('charset');
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') {
    return `${quote(header)} can only specify the UTF-8 charset, not ${quote(charset)}`;
  }
  const variant = parameters.get('variant') ?? 'GFM';
  if (type === 'text/markdown' && variant !== 'GFM' && variant !== 'CommonMark') {
    return `valid Markdown variants for ${quote(header)} are GFM and CommonMark, not ${quote(variant)}`;
  }
  return null;
}

function flawOfDynamic(value: string): string | null {
  const field = value.toLowerCase();
  if (field === 'name' || field === 'version' || field === 'metadata-version') {
    return `${quote(field)} is not allowed as a dynamic field`;
  }
  return fieldHeaders.has(field) ? null : `${quote(field)} is not a valid dynamic field`;
}

/** PEP 639: a relative path with `/`, resolved, within the distribution. */
function flawOfLicenseFile(path: string, header: string): string | null {
  if (path.includes('..')) return `${invalid(path, header)}, parent directory indicators are not allowed`;
  if (path.includes('*')) return `${invalid(path, header)}, paths must be resolved`;
  if (/^(?:\/|[a-z]:[\\/]|\\\\)/i.test(path)) return `${invalid(path, header)}, paths must be relative`;
  if (windowsPathAsPosix(path) !== path) return `${invalid(path, header)}, paths must use '/' delimiter`;
  return null;
}

/** A relative path as `pathlib.PureWindowsPath(path).as_posix()` writes it. */
function windowsPathAsPosix(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const drive = /^[a-z]:/i.exec(slashed)?.[0] ?? '';
  const rest = slashed.slice(drive.length);
  const root = rest.startsWith('/') ? '/' : '';
  const parts = rest.split('/').filter((part) => part !== '' && part !== '.');
  return drive + root + parts.join('/') || '.';
}

/** PEP 794: a dotted name, `; private` after it where it is not for others. */
function flawOfImportName(value: string, header: string): string | null {
  const semicolon = value.indexOf(';');
  const name = (semicolon === -1 ? value : value.slice(0, semicolon)).trimEnd();
  for (const identifier of name.split('.')) {
    if (!isIdentifier(identifier)) {
      return `${invalid(name, header)}; ${quote(identifier)} is not a valid identifier`;
    }
    if (isKeyword(identifier)) return `${invalid(name, header)}; ${quote(identifier)} is a keyword`;
  }
  if (semicolon !== -1 && value.slice(semicolon + 1).trimStart() !== 'private') {
    return `${invalid(value, header)}; the only valid option is 'private'`;
  }
  return null;
}
