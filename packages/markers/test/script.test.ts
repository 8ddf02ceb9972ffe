import { expect, test } from 'vitest';
import { parseInlineScriptMetadata, ScriptMetadataError } from '../src/index.ts';

test('blocks are found with their content and line', () => {
  const script = `#!/usr/bin/env python
# /// script
# dependencies = ["a"]
#
#   b = 1
# ///
import a

# /// tool-x
# c
# ///
`;
  expect(parseInlineScriptMetadata(script)).toEqual([
    { type: 'script', content: 'dependencies = ["a"]\n\n  b = 1\n', line: 2 },
    { type: 'tool-x', content: 'c\n', line: 9 },
  ]);
  expect(parseInlineScriptMetadata(script.replaceAll('\n', '\r\n'))).toHaveLength(2);
});

test('the last closing line of a run of comments closes the block', () => {
  expect(parseInlineScriptMetadata('# /// script\n# a\n# ///\n# b\n# ///\n# c\nx')).toEqual([
    { type: 'script', content: 'a\n///\nb\n', line: 1 },
  ]);
});

test.each([
  '# /// script\n# a\nb\n# ///',
  '# /// script\n# ///',
  '#/// script\n# a\n# ///',
  '# /// script\n#a\n# ///',
  ' # /// script\n# a\n# ///',
])('%j has no block', (script) => {
  expect(parseInlineScriptMetadata(script)).toEqual([]);
});

test('two blocks of one type are an error that names both lines', () => {
  const twice = '# /// script\n# a\n# ///\n\n# /// script\n# b\n# ///';
  expect(() => parseInlineScriptMetadata(twice)).toThrow(ScriptMetadataError);
  expect(() => parseInlineScriptMetadata(twice)).toThrow('Line 5');
});
