import { describe, expect, it } from 'vitest';
import type { DefinitionFile } from '../../../src/definitions/definition.ts';
import { codeListOf, matchCodes } from '../../../src/model/accounts/patterns.ts';
import {
  accountSpace,
  dimensionsOfSelections,
  isSelected,
  selectedIn,
} from '../../../src/model/accounts/selected.ts';
import { priceFactor } from '../../../src/model/prices/factor.ts';
import { toPlain } from '../../../src/model/rational.ts';
import { accountWorkspace, selectionFile } from '../../support/accounts.ts';
import { modelOf } from '../../support/definitions.ts';
import { textOf } from '../../support/sources.ts';

const docs = textOf('docs/language.md');
const section = (name: string): string => docs.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
const blocks = (name: string): string[] =>
  [...section(name).matchAll(/```yaml\n([\s\S]*?)```/g)].map((found) => found[1] ?? '');
const rowsOf = (name: string, table: number): string[][] => {
  const tables = section(name)
    .split(/\n\n/)
    .filter((part) => part.startsWith('|'));
  const lines = (tables[table] ?? '').trim().split('\n').slice(2);
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

const files: readonly DefinitionFile[] = [
  ...accountWorkspace,
  ...[...blocks('Accounts'), ...blocks('Prices')].map((text, at) => ({
    file: `kpi-definitions/docs/${at}.yaml`,
    text,
  })),
  selectionFile('proeve.renter', 'rules: [{ selection: proeve.drift, codes: { dranst: "4" } }]'),
  selectionFile('proeve.resten', 'rules: [{ selection: proeve.drift, except: [{ selection: renter }] }]'),
];
const model = modelOf(files);

describe('the page of the language', () => {
  const used = dimensionsOfSelections(['proeve.drift'], model.selections);
  const space = accountSpace(model, used);
  const boxes = selectedIn('2026', model.selections, space).of('proeve.drift');

  it.each(rowsOf('Accounts', 0))(
    'says of dranst %s, funktion %s, gruppering %s that it is %s',
    (dranst, funktion, gruppering, said) => {
      const codes: Readonly<Record<string, string | undefined>> = { dranst, funktion, gruppering };
      const combination = used.map((dimension) => codes[dimension] ?? '');
      expect(isSelected(space, boxes, combination) ? 'selected' : 'not selected').toBe(said);
    },
  );

  it('has a table for each of the ways to write codes', () => {
    const written = rowsOf('Accounts', 1).flatMap(([cell = '']) =>
      [...cell.matchAll(/"([^"]+)"/g)].map((one) => one[1] ?? ''),
    );
    const list = codeListOf(model.classifications.funktion ?? { members: [] });
    expect(written.map((text) => [text, matchCodes(text, list).kind])).toEqual(
      ['5.32.30', '53230', '5.32.*', '0.22.01..0.22.05', '2.*..6.*', 'uoplyst'].map((text) => [
        text,
        text === '2.*..6.*' ? 'empty' : 'codes',
      ]),
    );
  });

  it.each(rowsOf('Prices', 0))('says that from %s to %s the factor is %s', (from, to, said) => {
    const edition = model.prices.pl?.editions[0];
    if (!edition) throw new Error('the page has an edition');
    const found = priceFactor(edition, 'service', Number(from), Number(to));
    expect('missing' in found ? `refused: no rate for ${found.missing}` : toPlain(found.factor, 12)).toBe(
      said,
    );
  });
});
