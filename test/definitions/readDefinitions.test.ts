import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDefinitions } from '../../src/definitions/readDefinitions.ts';
import { printTerminal } from '../../src/diagnostics/printTerminal.ts';
import { expectDiagnostic, marked } from '../support/marked.ts';
import { yamlLike } from './garbage.ts';

const label = 'label: { da: X, en: X }';
const dimension = (name: string) => `dimension: ${name}\n${label}\nhierarchies: { h: [a] }\n`;
const kpi = (name: string, version: number) => `kpi: ${name}
version: ${version}
status: draft
valid_from: 2026M01
${label}
unit: borger
decimals: 0
direction: neutral
formula: x
missing: { parts: skip, operand: as_zero }
`;

describe('readDefinitions', () => {
  it('sorts definitions by kind and file', () => {
    const { dimensions, kpis, cubes, diagnostics } = readDefinitions([
      { file: 'b.yaml', text: dimension('b') },
      { file: 'c.yaml', text: kpi('a.b', 1) },
      { file: 'a.yaml', text: dimension('c') },
    ]);
    expect(diagnostics).toEqual([]);
    expect(dimensions.map(({ file, record }) => [file, record.dimension])).toEqual([
      ['a.yaml', 'c'],
      ['b.yaml', 'b'],
    ]);
    expect(kpis.map(({ record }) => record.kpi)).toEqual(['a.b']);
    expect(cubes).toEqual([]);
  });

  it('knows what the files define that it could not read', () => {
    const { unread } = readDefinitions([
      { file: 'a.yaml', text: `# A comment.\n${dimension('a').replace('label', 'labl')}` },
      { file: 'b.yaml', text: 'kpi: "a.b"\nformula: [' },
      { file: 'c.yaml', text: 'nothing: c\n' },
      { file: 'd.yaml', text: dimension('d') },
    ]);
    expect(unread).toEqual(['a', 'a.b']);
  });

  it('reads the other files when one has mistakes, and gives no record for that one', () => {
    const { dimensions, diagnostics } = readDefinitions([
      { file: 'a.yaml', text: dimension('A') },
      { file: 'b.yaml', text: dimension('b') },
      { file: 'c.yaml', text: ': [' },
    ]);
    expect(dimensions.map(({ file }) => file)).toEqual(['b.yaml']);
    expect(new Set(diagnostics.map(({ span }) => span?.file))).toEqual(new Set(['a.yaml', 'c.yaml']));
  });

  it('keeps the first of two files that define the same, and names it at the other', () => {
    const second = marked(dimension('⟦omraade⟧'));
    const { dimensions, diagnostics } = readDefinitions([
      { file: 'b.yaml', text: second.text },
      { file: 'a.yaml', text: dimension('omraade') },
    ]);
    const found = expectDiagnostic(diagnostics, 'duplicate-definition', second);
    expect(found.span?.file).toBe('b.yaml');
    expect(found.message).toBe('The dimension "omraade" is defined in a.yaml already.');
    expect(dimensions.map(({ file }) => file)).toEqual(['a.yaml']);
  });

  it('takes one name for two kinds, and for two versions of a KPI', () => {
    const files = [
      { file: 'a.yaml', text: dimension('x') },
      { file: 'b.yaml', text: `classification: x\n${label}\nmembers: [{ code: "1", ${label} }]\n` },
      { file: 'c.yaml', text: kpi('a.x', 1) },
      { file: 'd.yaml', text: kpi('a.x', 2) },
      { file: 'e.yaml', text: kpi('a.x', 2) },
    ];
    const { diagnostics } = readDefinitions(files);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'The kpi "a.x" version 2 is defined in d.yaml already.',
    ]);
  });

  it('never throws, and every place lies in its text', () => {
    fc.assert(
      fc.property(
        fc.array(yamlLike, { minLength: 1, maxLength: 2 }),
        fc.constantFrom('', dimension('x')),
        (texts, start) => {
          const files = texts.map((text, index) => ({ file: `${index}.yaml`, text: start + text }));
          const { diagnostics } = readDefinitions(files);
          for (const { span } of diagnostics) {
            const text = files.find(({ file }) => file === span?.file)?.text ?? '';
            expect(span?.start).toBeGreaterThanOrEqual(0);
            expect(span?.end).toBeGreaterThanOrEqual(span?.start ?? 0);
            expect(span?.end).toBeLessThanOrEqual(text.length);
          }
          printTerminal(diagnostics, new Map(files.map(({ file, text }) => [file, text])));
        },
      ),
      { numRuns: 500 },
    );
  });
});
