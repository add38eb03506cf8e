import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printFlisCsv, printFlisJson } from '../../src/definitions/flisRecordText.ts';
import { flisRecordFixtures } from '../support/flisRecords.ts';
import { codesIn, miniRoot } from '../support/miniRoot.ts';

const file = 'kpi-definitions/befolkning/borgere_pr_ledig.yaml';

/** A KPI by options alone: what they say, with some of them said otherwise or left out. */
const line = (changes: Readonly<Record<string, string | null>> = {}): readonly string[] => [
  'new',
  'kpi',
  ...Object.entries({
    '--id': 'befolkning.borgere_pr_ledig',
    '--label-da': 'Borgere "pr." ledig',
    '--label-en': 'Citizens per unemployed',
    '--unit': 'borger/fuldtidsperson',
    '--valid-from': '2026M01',
    '--formula': 'folketal / ledige',
    '--measure':
      'folketal: { source: dst.folketal, sum: personer, unit: borger, over_time: last, period: Å_Primo }',
    ...changes,
  }).flatMap(([name, value]) => (value === null ? [] : [name, value])),
  '--measure',
  'ledige: { source: star.ledighed, sum: fuldtidspersoner, unit: fuldtidsperson, over_time: mean }',
];

describe('flis new kpi', () => {
  it('writes a draft by options that check has nothing against', async () => {
    const { flis, read } = miniRoot();
    const { code, output, errors } = await flis(line());
    expect([code, errors]).toEqual([0, '']);
    expect(output).toBe(`wrote ${file}, a draft; try it: flis try befolkning.borgere_pr_ledig\n`);
    expect(read(file)).toBe(`# yaml-language-server: $schema=../schema/kpi.json
kpi: befolkning.borgere_pr_ledig
version: 1
status: draft
valid_from: "2026M01"
label: { da: "Borgere \\"pr.\\" ledig", en: "Citizens per unemployed" }
unit: "borger/fuldtidsperson"
decimals: 1
direction: neutral
formula: "folketal / ledige"
missing: { parts: require_all, operand: require_all }
measures:
  folketal: { source: dst.folketal, sum: personer, unit: borger, over_time: last, period: Å_Primo }
  ledige: { source: star.ledighed, sum: fuldtidspersoner, unit: fuldtidsperson, over_time: mean }
`);
    expect((await flis(['check'])).code).toBe(0);
  });

  it('asks for what the options leave out, and again where the answers make no KPI', async () => {
    const { flis, read } = miniRoot();
    const { code, errors, output } = await flis(['new', 'kpi', '--label-en', 'Unemployed'], {
      answers: {
        Id: 'befolkning.uden_arbejde',
        'Name in Danish': 'Uden arbejde',
        Unit: 'fuldtidsperson',
        Formula: ['antal + ', 'antal'],
        'Holds from': '2026M01',
        'Source of antal': 'star.ledighed',
        'Column that antal takes': 'fuldtidspersoner',
        'Unit of antal': 'fuldtidsperson',
        'antal over time': 'mean',
      },
    });
    expect(errors).toContain('error[formula-operand-missing]');
    expect(output).toContain('Nothing is written yet. Answer again?');
    expect(code).toBe(0);
    expect(read('kpi-definitions/befolkning/uden_arbejde.yaml')).toContain(
      '  antal: { source: star.ledighed, sum: fuldtidspersoner, unit: fuldtidsperson, over_time: mean }\n',
    );
  });

  it('writes nothing where the person gives up', async () => {
    const { flis, read } = miniRoot();
    const { code } = await flis(line({ '--id': null, '--formula': 'ledge' }), {
      answers: { Id: 'befolkning.borgere_pr_ledig', Nothing: 'no' },
    });
    expect(code).toBe(1);
    expect(() => read(file)).toThrow('ENOENT');
  });

  it('says which options are missing where there is nobody to ask', async () => {
    const { flis } = miniRoot();
    const { code, errors } = await flis(line({ '--unit': null, '--label-da': null }));
    expect(code).toBe(2);
    expect(errors).toContain('these options are missing: --label-da, --unit');
  });

  it.each([
    ['a formula over what is not there', { '--formula': 'folketal / ledge' }, 'unknown-measure'],
    ['units that do not fit', { '--unit': 'kr.' }, 'unit-mismatch'],
    ['no id', { '--id': 'Folketal' }, 'invalid-value'],
    ['no period', { '--valid-from': 'i går' }, 'bad-period'],
    ['a measure that is no YAML', { '--measure': 'folketal: {' }, 'yaml-syntax'],
  ])('writes no file with %s', async (_what, changes, code) => {
    const { flis, read } = miniRoot();
    const ran = await flis(line(changes));
    expect(ran.code).toBe(1);
    expect(codesIn(ran)).toContain(code);
    expect(() => read(file)).toThrow('ENOENT');
  });

  it('never writes over anything, wherever the KPI lies', async () => {
    const { flis, read, write } = miniRoot();
    write(
      'kpi-definitions/andet/sted.yaml',
      read('kpi-definitions/befolkning/folketal.yaml').replace(
        'befolkning.folketal',
        'befolkning.borgere_pr_ledig',
      ),
    );
    const there = await flis(line());
    expect([there.code, ...codesIn(there)]).toEqual([1, 'already-there']);
    write(file, '# nothing yet\n');
    const taken = await flis(line({ '--id': 'befolkning.folketal' }));
    expect([taken.code, ...codesIn(taken)]).toEqual([1, 'already-there']);
    expect(read('kpi-definitions/befolkning/folketal.yaml')).toContain('da: Folketal');
  });
});

describe('a FLIS record', () => {
  it.each([
    ['json', printFlisJson],
    ['csv', printFlisCsv],
  ])('comes in as %s and goes out as it came', async (format, print) => {
    const { flis, write, root, read } = miniRoot();
    const [record = {}] = flisRecordFixtures.slice(6);
    write('record.txt', print(flisRecordFixtures));
    const { code, errors } = await flis([
      ...line({ '--label-da': null }),
      '--from-record',
      join(root, 'record.txt'),
      '--record',
      record.NøgletalID ?? '',
    ]);
    expect([code, errors]).toEqual([0, '']);
    expect(read(file)).toContain('label: { da: "Skattefinansieret driftsresultat, kr. pr. indbygger"');
    const { output } = await flis(['export', 'flis-record', 'borgere_pr_ledig', '--format', format]);
    expect(output).toBe(print([record]));
  });

  it.each([
    ['is no record', '[]', []],
    ['is one of several', printFlisJson(flisRecordFixtures), []],
    ['is not in the file', printFlisJson(flisRecordFixtures), ['--record', '570']],
    ['has no title', '{"NøgletalID": "1"}', []],
  ])('that %s is refused', async (_what, text, more) => {
    const { flis, write } = miniRoot();
    write('record.json', text);
    const ran = await flis([...line(), '--from-record', 'record.json', ...more]);
    expect([ran.code, ...codesIn(ran)]).toEqual([1, 'bad-record']);
  });

  it('is asked for by a file that is there, and exported of KPIs that are', async () => {
    const { flis } = miniRoot();
    expect((await flis([...line(), '--from-record', 'nowhere.json'])).code).toBe(2);
    const { code, errors } = await flis(['export', 'flis-record', 'folketl']);
    expect(code).toBe(1);
    expect(errors).toContain('did you mean "folketal"?');
  });
});
