import { describe, expect, it } from 'vitest';
import { diagnosticsOf, miniWorkspace, modelOf, withChange, withFile } from '../../support/definitions.ts';
import { expectDiagnostic, marked } from '../../support/marked.ts';

const file = 'kpi-definitions/beskaeftigelse/rows/prøve.yaml';
const rows = (steps: string, from = 'star.ledighed', id = 'prøve.rows'.replace('ø', 'o')) =>
  `rows: ${id}\nlabel: { da: Prøve, en: Trial }\nfrom: ${from}\nsteps:\n${steps}`;

/** Asserts that this code, and nothing else, is said at the ⟦bad place⟧ of the steps. */
function expectFaultIn(code: Parameters<typeof expectDiagnostic>[1], text: string, files = miniWorkspace) {
  const place = marked(text);
  const found = diagnosticsOf(withFile(file, place.text, files));
  const one = expectDiagnostic(found, code, place);
  expect(found.map(({ message }) => message)).toEqual([one.message]);
  return one;
}

describe('rows', () => {
  it('have the columns of what they are made of, changed step by step', () => {
    const model = modelOf(
      withFile(
        file,
        rows(`  - where: ydelse == "dagpenge"
  - derive:
      dobbelt: { value: fuldtidspersoner * 2.5 }
      landsdel: { value: 'if(koen == "1", kommune, "101")', dimension: kommune, role: anden }
  - group: { by: [maaned, kommune], take: { n: { count: rows }, mest: { max: dobbelt }, koen: { distinct: koen } } }
`),
      ),
    );
    const source = model.sources['prove.rows'];
    expect(source?.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual(
      ['kommune code', 'maaned period', 'n number', 'mest number', 'koen number'].sort(
        (a, b) =>
          ['maaned', 'kommune', 'n', 'mest', 'koen'].indexOf(a.split(' ')[0] ?? '') -
          ['maaned', 'kommune', 'n', 'mest', 'koen'].indexOf(b.split(' ')[0] ?? ''),
      ),
    );
    expect(source?.columns.find(({ name }) => name === 'mest')).toMatchObject({ decimals: 2 });
    expect(source?.frequency).toBe('M');
  });

  it('are told what a step cannot do, where it stands', () => {
    expectFaultIn('unknown-column', rows('  - where: ⟦ydelser⟧ == "dagpenge"\n'));
    expectFaultIn('type-mismatch', rows('  - where: ⟦fuldtidspersoner + 1⟧\n'));
    expectFaultIn('type-mismatch', rows('  - where: ydelse == ⟦7⟧\n'));
    expectFaultIn('unknown-code', rows('  - where: koen == ⟦"3"⟧\n'));
    expectFaultIn('unknown-function', rows('  - where: ⟦alder⟧(ydelse) == 1\n'));
    expectFaultIn('bad-argument', rows('  - where: ⟦is_empty(ydelse, koen)⟧\n'));
    expectFaultIn('condition-divides', rows('  - where: ⟦fuldtidspersoner / 2⟧ > 1\n'));
    expectFaultIn(
      'unknown-code',
      rows(
        '  - derive: { k: { value: ⟦\'if(koen == "1", "101", "102")\'⟧, dimension: kommune } }\n'
          .replace("⟦'", "'⟦")
          .replace("'⟧", "⟧'"),
      ),
    );
    expectFaultIn('unknown-dimension', rows('  - derive: { k: { value: ydelse, dimension: ⟦kommuner⟧ } }\n'));
    expectFaultIn('unknown-source', rows('  - where: ydelse == "x"\n', '⟦star.ledigheder⟧'));
  });

  it('are told of a step that says nothing or two things', () => {
    expectFaultIn('rows-step', rows('  - ⟦{}⟧\n'));
    const found = diagnosticsOf(
      withFile(file, rows('  - where: koen == "1"\n    derive: { a: { value: koen } }\n')),
    );
    expect(found.map(({ message }) => message)).toEqual(['This step says 2 things: where, derive.']);
  });

  it('keep one period', () => {
    expectFaultIn('rows-step', rows('  - derive: { ⟦maaned⟧: { value: ydelse } }\n'));
  });

  it('spread intervals last of all that must see every row', () => {
    const text =
      miniWorkspace.find((one) => one.file === 'kpi-definitions/sources/dst.folketal.yaml')?.text ?? '';
    const dated = withFile(
      'kpi-definitions/sources/dst.folketal.yaml',
      text.replace('PERSONER]', 'PERSONER, FRA]').replace('key:', '  fra: { type: date, from: FRA }\nkey:'),
    );
    const spread = '  - spread: { level: M, from: fra, to: fra, on: any_day }\n';
    expectFaultIn(
      'rows-step',
      rows(
        `${spread}  - order: ⟦{ by: [kommune], along: [fra], take: { n: { next: fra } } }⟧\n`,
        'dst.folketal',
      ),
      dated,
    );
    // Whichever of the two stands first among the files.
    for (const id of ['aaa.spredt', 'zzz.spredt']) {
      expectFaultIn(
        'rows-step',
        rows(`  - match: ⟦{ rows: ${id}, on: { kommune: kommune }, found: f }⟧\n`, 'dst.folketal'),
        withFile(`kpi-definitions/rows/${id}.yaml`, rows(spread, 'dst.folketal', id), dated),
      );
    }
    expectFaultIn(
      'type-mismatch',
      rows('  - spread: { level: M, from: ⟦kommune⟧, to: fra, on: any_day }\n', 'dst.folketal'),
      dated,
    );
    expectFaultIn(
      'type-mismatch',
      rows('  - join_stays: { by: [kommune], from: fra, to: fra, within: ⟦{ hours: 4 }⟧ }\n', 'dst.folketal'),
      dated,
    );
  });

  it('are not made of themselves', () => {
    expectFaultIn('rows-cycle', rows('  - where: koen == "1"\n', '⟦prove.rows⟧'));
    const other = rows('  - where: koen == "1"\n', 'prove.rows', 'prove.andre');
    const found = diagnosticsOf(
      withFile(
        'kpi-definitions/rows/andre.yaml',
        other,
        withFile(file, rows('  - where: koen == "1"\n', 'prove.andre')),
      ),
    );
    expect(found.map(({ message }) => message)).toEqual([
      'Rows are made of themselves: prove.rows -> prove.andre -> prove.rows.',
    ]);
  });

  it('that are wrong are not called missing where they are used', () => {
    const files = withChange(
      'kpi-definitions/beskaeftigelse/ledige.yaml',
      'source: star.ledighed',
      'source: prove.rows',
    );
    expectFaultIn('unknown-column', rows('  - where: ⟦ydelser⟧ == "dagpenge"\n'), files);
  });
});

describe('roles of a measure', () => {
  const ledighed = 'kpi-definitions/sources/star.ledighed.yaml';
  const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
  const withRoles = withChange(
    ledighed,
    'dimension: kommune, levels: [kommune, land], empty: uoplyst, expect: all }',
    'dimension: kommune, role: bopael, empty: uoplyst, expect: all }\n  betaler: { type: code, from: Ydelse, dimension: kommune, role: betaling, empty: uoplyst }',
    withChange(
      'cubes/arbejde.yaml',
      'reconcile:\n  - { id: ledige_land, kpi: ledige, level: land, against: source_total }\n',
      '',
    ),
  );
  const withRole = (role: string) =>
    withChange(ledige, 'sum: fuldtidspersoner', `role: ${role}\n    sum: fuldtidspersoner`, withRoles);

  it('must be said where a source has several', () => {
    const place = marked(
      withRoles.find((one) => one.file === ledige)?.text.replace('star.ledighed', '⟦star.ledighed⟧') ?? '',
    );
    const { hint } = expectDiagnostic(diagnosticsOf(withRoles), 'role-ambiguous', place);
    expect(hint).toBe('write role: bopael, or role: betaling');
  });

  it('are columns of the source', () => {
    const files = withRole('betalings');
    const place = marked(
      files.find((one) => one.file === ledige)?.text.replace('role: betalings', 'role: ⟦betalings⟧') ?? '',
    );
    expectDiagnostic(diagnosticsOf(files), 'unknown-role', place);
  });

  it('become rows that say what they are', () => {
    const model = modelOf(withRole('[betaling, bopael]'));
    expect(model.measures['beskaeftigelse.ledige.ledige']?.source).toBe(
      'star.ledighed[kommune: betaler, else kommune]',
    );
    expect(model.cubes.arbejde?.sources).toEqual(['dst.folketal', 'star.ledighed']);
  });
});
