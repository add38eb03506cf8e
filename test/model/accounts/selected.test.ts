import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDefinitions } from '../../../src/definitions/readDefinitions.ts';
import { evaluateCondition } from '../../../src/formula/evaluate.ts';
import { loadParser } from '../../../src/formula/parse.ts';
import { conditionOf } from '../../../src/model/accounts/conditionOf.ts';
import {
  accountSpace,
  changeYears,
  combinationInWords,
  dimensionsOfSelections,
  exampleOf,
  isSelected,
  selectedIn,
} from '../../../src/model/accounts/selected.ts';
import { codesOfDimension } from '../../../src/model/bind/accounts.ts';
import { bindClassifications } from '../../../src/model/bind/classifications.ts';
import { bindDimensions } from '../../../src/model/bind/dimensions.ts';
import { bindSelections } from '../../../src/model/bind/selections.ts';
import { accountWorkspace, selectionFile } from '../../support/accounts.ts';
import { modelOf } from '../../support/definitions.ts';
import { allAccounts, dimensions, filesOf, naively, selections } from '../../support/randomSelections.ts';

const parse = await loadParser();
const accounts = allAccounts();
const span = { file: '', start: 0, end: 0 };

/** Bound without the rules that want every rule to select something, which random ones need not. */
function bound(files: Parameters<typeof readDefinitions>[0]) {
  const found: string[] = [];
  const definitions = readDefinitions(files);
  const context = {
    definitions,
    parse,
    report: ({ message }: { message: string }) => void found.push(message),
  };
  const structured = { classifications: bindClassifications(context), dimensions: bindDimensions(context) };
  const all = bindSelections(context, structured);
  expect([...definitions.diagnostics, ...found]).toEqual([]);
  return { ...structured, selections: all };
}

describe('random nested selections', () => {
  it('select what a naive reading of them selects, as sets and as conditions', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        selections,
        fc.constantFrom(2016, 2017, 2018, 2019, 2026),
        fc.nat(),
        (written, year, start) => {
          const model = bound([...accountWorkspace, ...filesOf(written)]);
          const used = dimensionsOfSelections(['t.c'], model.selections);
          const space = accountSpace(model, used);
          const boxes = selectedIn(String(year), model.selections, space).of('t.c');
          const condition = conditionOf('t.c', model.selections, {
            columnOf: (dimension) => dimension,
            periodColumn: 'periode',
            codesOf: (dimension) => codesOfDimension(dimension, model),
            span,
          });
          for (let at = start % 97; at < accounts.length; at += 97) {
            const account = accounts[at] as (typeof accounts)[number];
            const codes: Readonly<Record<string, string>> = { ...account, periode: `${year}M05` };
            const expected = naively('t.c', account, year, written);
            const combination = used.map((dimension) => codes[dimension] ?? '');
            expect([
              isSelected(space, boxes, combination),
              evaluateCondition(condition, (name) => codes[name] ?? null),
            ]).toEqual([expected, expected]);
            compared += 1;
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(5_000);
  });
});

describe('selected accounts', () => {
  const model = modelOf([
    ...accountWorkspace,
    selectionFile(
      't.f7',
      `lists:
  - valid_to: "2017"
    rules: [{ codes: { dranst: "1" } }]
  - valid_from: "2018"
    rules:
      - codes: { dranst: ["1", "2"], hovedkonto: ["0", "2..6"] }
        except:
          - codes: { funktion: "0.22.*" }
          - codes: { funktion: "5.32.30" }
            except: [{ codes: { dranst: "1", gruppering: "005" } }]`,
    ),
  ]);
  const used = dimensionsOfSelections(['t.f7'], model.selections);
  const space = accountSpace(model, used);
  const inYear = (year: string) => selectedIn(year, model.selections, space);

  it.each([
    ['2026', { dranst: '1', funktion: '32201', gruppering: '001' }, true],
    ['2026', { dranst: '1', funktion: '02205', gruppering: '001' }, false],
    ['2026', { dranst: '2', funktion: '53230', gruppering: '005' }, false],
    ['2026', { dranst: '1', funktion: '53230', gruppering: '005' }, true],
    ['2026', { dranst: '1', funktion: '53230', gruppering: 'uoplyst' }, false],
    ['2026', { dranst: '1', funktion: '76280', gruppering: '001' }, false],
    ['2026', { dranst: '1', funktion: 'uoplyst', gruppering: '001' }, false],
    ['2017', { dranst: '1', funktion: '76280', gruppering: '001' }, true],
  ])('in %s: %o', (year, account: Readonly<Record<string, string>>, expected) => {
    const boxes = inYear(year).of('t.f7');
    expect(
      isSelected(
        space,
        boxes,
        used.map((dimension) => account[dimension] ?? ''),
      ),
    ).toBe(expected);
  });

  it('know the dimensions and the years that make a difference', () => {
    expect(used).toEqual(['dranst', 'funktion', 'gruppering']);
    expect(changeYears(['t.f7'], model.selections)).toEqual(['0001', '2018']);
  });

  it('say a combination in words, without what makes no difference', () => {
    const example = exampleOf(space, inYear('2017').of('t.f7')) ?? {};
    expect(combinationInWords(example)).toBe('dranst 1');
    expect(combinationInWords({})).toBe('every account');
    expect(exampleOf(space, [])).toBeNull();
  });

  it('are over all four dimensions in the tests', () => {
    expect(accounts).toHaveLength(12 * 6 * 5 * 8);
    expect(dimensions).toHaveLength(4);
  });
});
