import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLayout } from '../../src/definitions/layout.ts';
import { parseYaml } from '../../src/definitions/parseYaml.ts';
import { readPlainYaml } from '../../src/definitions/plainYaml.ts';
import { yamlLike } from './garbage.ts';

const texts = ['kpi-definitions', 'cubes', 'data/classifications'].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readFileSync(file, 'utf8')),
);

/** Throws where the two read a text differently; tells whether it is plain. */
function isRead(text: string): boolean {
  const plain = readPlainYaml(text);
  if (plain === null) return false;
  const source = { file: 'a.yaml', text };
  const layout = checkLayout(source);
  expect(layout.diagnostics).toEqual([]);
  expect(parseYaml(source, layout.value)).toEqual({ value: plain, diagnostics: [] });
  return true;
}

/** A piece that means something to YAML, put somewhere into a text. */
const pieces = [
  ...[' ', '\n', '\n\n', '\n  ', '\n ', '\t', '- ', '- - ', ': ', ':', ' #', '#', ',', '{', '}', '[', ']'],
  ...['{}', '[]', '"', "'", "''", '\\"', '\\', '""', '>-', '|', '&a', '*a', '!x', '?', '<<', '%', '---\n'],
  ...['~', 'null', 'true', 'true: ', '-1', '-x', '.5', '1e3', '0x1', '00', '..', 'é', '\u00a0', 'a: b'],
];
const changed = fc
  .tuple(
    fc.constantFrom(...texts.filter(({ length }) => length < 3_000)),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('', ...pieces), fc.nat(3)), { minLength: 1, maxLength: 3 }),
  )
  .map(([text, changes]) =>
    changes.reduce((so_far, [number, piece, gone]) => {
      const at = number % so_far.length;
      return so_far.slice(0, at) + piece + so_far.slice(at + gone);
    }, text),
  );

describe('plain YAML', () => {
  it('is read as the parser of all YAML reads it, place for place', () => {
    const plain = texts.filter(isRead);
    expect(plain.length / texts.length).toBeGreaterThan(0.9);
  });

  it('is read alike or left to that parser, whatever is changed in a definition', () => {
    let plain = 0;
    fc.assert(
      fc.property(changed, (text) => {
        plain += isRead(text) ? 1 : 0;
      }),
      { numRuns: 1_500 },
    );
    expect(plain).toBeGreaterThan(300);
  });

  it('is read alike or left to that parser, whatever a text is', () => {
    fc.assert(
      fc.property(yamlLike, (text) => void isRead(text)),
      { numRuns: 1_500 },
    );
  });

  it.each([
    ['a: >-\n  x\n\n  y\n', 'an empty line within a text'],
    ['a: b # why\n', 'a comment after a value'],
    ['a: b\n  c\n', 'a scalar of two lines'],
    ['a:\nb: 1\n', 'a key without a value'],
    ['a: "\\u00e6"\n', 'an escape'],
    ['- a\n', 'a list at the top'],
    ['a: &x b\n', 'an anchor'],
    ['a: 1\na: 2\n', 'a key that stands there twice'],
  ])('does not read %j: %s', (text) => {
    expect(readPlainYaml(text)).toBeNull();
  });
});
