import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../src/definitions/readDefinition.ts';
import type { DiagnosticCode } from '../../src/diagnostics/codes.ts';
import { expectDiagnostic, type Marked, marked } from '../support/marked.ts';

const read = (text: string) => readDefinition({ file: 'a.yaml', text });

/** The only thing wrong with a marked text. */
function only(code: DiagnosticCode, place: Marked) {
  const { value, diagnostics } = read(place.text);
  expect(value).toBeUndefined();
  const found = expectDiagnostic(diagnostics, code, place);
  expect(diagnostics).toEqual([found]);
  return found;
}

const dimension = (end: string) =>
  marked(`dimension: omraade
label: { da: Område, en: Area }
hierarchies:
  geografi: [kommune, region, land]
${end}`);

describe('readDefinition', () => {
  it('reads a definition whose every key fits', () => {
    const { value, diagnostics } = read(dimension('# ⟦⟧').text);
    expect(diagnostics).toEqual([]);
    expect(value?.kind).toBe('dimension');
    expect(value?.record).toEqual({
      dimension: 'omraade',
      label: { da: 'Område', en: 'Area' },
      hierarchies: { geografi: ['kommune', 'region', 'land'] },
    });
  });

  it('reads a file with a byte order mark and Windows line ends', () => {
    const { value, diagnostics } = read(`\ufeff${dimension('⟦⟧').text.replaceAll('\n', '\r\n')}`);
    expect(diagnostics).toEqual([]);
    expect(value?.spanOf(['label', 'en'])).toEqual({ file: 'a.yaml', start: 46, end: 50 });
  });
});

describe('a file that is no definition', () => {
  it.each(['⟦⟧', '⟦⟧# only a comment\n', '⟦⟧---\n', '⟦⟧\n\n'])('is empty: %j', (text) => {
    only('empty-file', marked(text));
  });

  it.each([
    ['kpi: a: ⟦⟧b', undefined],
    ['label: { da: x⟦⟧', undefined],
    ['label: "x⟦⟧', undefined],
  ])('is not YAML: %s', (text) => {
    const { value, diagnostics } = read(marked(text).text);
    expect(value).toBeUndefined();
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['yaml-syntax']));
  });

  it('says where YAML breaks, and what to write', () => {
    const found = only('yaml-syntax', marked('dimension: ⟦@⟧x\n'));
    expect(found.message).toBe('Plain value cannot start with reserved character @.');
    expect(found.hint).toBe('write the value in quotes');
  });

  it('tells of every mistake in the YAML, each place once', () => {
    const { diagnostics } = read('a: @x\nb: @y\nc: "\\q"\n');
    expect(diagnostics.map(({ span }) => span?.start)).toEqual([3, 9, 16]);
  });

  it('has a second document', () => {
    const found = only(
      'several-documents',
      dimension('⟦---⟧ # more\ndimension: other\n'.replace('⟧ # more', ' # more⟧')),
    );
    expect(found.hint).toBe('put it into a file of its own');
  });

  it('has a first key that is no kind, but nearly', () => {
    expect(only('unknown-kind', marked('⟦dimensoin⟧: x\nlabel: y\n')).hint).toBe('did you mean "dimension"?');
  });

  it('names its kind too late', () => {
    expect(only('unknown-kind', marked('⟦label⟧: y\ndimension: x\n')).hint).toBe('write "dimension" first');
  });

  it.each(['⟦hello⟧', '⟦- kpi: x\n- kpi: y⟧\n'])('is not a mapping: %j', (text) => {
    only('unknown-kind', marked(text));
  });
});

describe('what definitions do without', () => {
  it('refuses an anchor', () => {
    only('anchor-not-allowed', marked(`${dimension('⟦⟧').text.replace('omraade', '⟦&x⟧ omraade')}`));
  });

  it('refuses an alias, and says nothing of its value', () => {
    const found = only('alias-not-allowed', marked(dimension('⟦⟧').text.replace('omraade', '⟦*x⟧')));
    expect(found.hint).toBe('if "*x" is meant as text, write it in quotes');
  });

  it('refuses a tag', () => {
    only('tag-not-allowed', marked(dimension('⟦⟧').text.replace('omraade', '⟦!!str⟧ omraade')));
  });

  it('refuses a merge key', () => {
    only('merge-key-not-allowed', dimension('⟦<<⟧: { note: x }\n'));
  });

  it('refuses a directive', () => {
    only('directive-not-allowed', marked(`⟦%YAML 1.1⟧\n---\n${dimension('⟦⟧').text}`));
  });

  it('refuses the same key twice', () => {
    only('duplicate-key', dimension('⟦label⟧: { da: x, en: y }\n'));
    only('duplicate-key', dimension('  aar: [a]\n  ⟦aar⟧: [b]\n'));
  });

  it('refuses a key that is not text', () => {
    expect(only('key-not-text', dimension('  ⟦2027⟧: [a]\n')).hint).toBe('write "2027" in quotes');
    only('key-not-text', dimension('  ? ⟦[a, b]⟧\n  : [a]\n'));
    only('key-not-text', dimension('  ⟦~⟧: [a]\n'));
  });

  it('refuses a key that means something to JavaScript', () => {
    only('unknown-key', dimension('⟦__proto__⟧: { x: 1 }\n'));
    only('unknown-key', dimension('⟦constructor⟧: { x: 1 }\n'));
    only('unknown-key', dimension('  ⟦__proto__⟧: [a]\n'));
  });
});

const kpi = (line: string) =>
  marked(`kpi: borger.folketal
version: 1
status: draft
valid_from: 2026M01
label: { da: Folketal, en: Population }
unit: borger
decimals: 0
direction: neutral
formula: folketal
missing: { parts: require_all, operand: require_all }
measures:
  folketal: { source: dst.folketal, sum: personer, unit: borger, over_time: last }
${line}`);

/** The KPI above with one piece of it replaced by a marked one. */
const kpiWith = (piece: string, replacement: string) => marked(kpi('⟦⟧').text.replace(piece, replacement));

describe('keys', () => {
  it('are told with the near name if there is none of that name', () => {
    const found = only('unknown-key', kpi('⟦owners⟧: KL\n'));
    expect(found.message).toBe('This kpi has no key "owners".');
    expect(found.hint).toBe('did you mean "owner"?');
  });

  it('are listed if no name is near, without those that are there already', () => {
    const found = only('unknown-key', kpiWith('en: Population', 'en: Population, ⟦svensk⟧: x'));
    expect(found.hint).toBeUndefined();
    const nested = only('unknown-key', kpiWith('operand: require_all', 'operand: require_all, ⟦share⟧: 1'));
    expect(nested.message).toBe('"missing" has no key "share".');
    expect(nested.hint).toBe('possible here: coverage');
  });

  it('that are mistyped are not missing as well', () => {
    expect(only('unknown-key', kpiWith('formula:', '⟦fromula⟧:')).hint).toBe('did you mean "formula"?');
  });

  it('that are missing are told at the key of what they are missing in', () => {
    const found = only('missing-key', kpiWith('folketal: { source: dst.folketal,', '⟦folketal⟧: {'));
    expect(found.message).toBe('"folketal" needs a key "source".');
  });

  it('that are missing at the top are told at the first key', () => {
    const found = only(
      'missing-key',
      marked(kpi('⟦⟧').text.replace('unit: borger\n', '').replace('kpi', '⟦kpi⟧')),
    );
    expect(found.message).toBe('This kpi needs a key "unit".');
  });

  it('that are missing in an item of a list are told at its first key', () => {
    const found = only('missing-key', kpi('breaks:\n  - ⟦from⟧: 2026M07\n'));
    expect(found.message).toBe('Item 1 of "breaks" needs a key "label".');
  });

  it('that are missing in an empty item of a list are told at the item', () => {
    const { diagnostics } = read(kpi('breaks:\n  - {} ⟦⟧\n').text);
    expect(diagnostics.map(({ code }) => code)).toEqual(['missing-key', 'missing-key']);
  });

  it('choose what may stand beside them', () => {
    const source = (columns: string) =>
      marked(`source: dst.folketal
label: { da: Folketal, en: Population }
supplier: DST
frequency: Å_Primo
delivery: full
file: { names: ["folketal_*.csv"], format: csv, header: [aar] }
columns:
  aar: { type: period, from: aar }
${columns}
key: [aar]
`);
    expect(only('unknown-key', source('  x: { type: integer, from: x, ⟦decimal⟧: 2 }')).hint).toBe(
      'possible here: empty, min, max',
    );
    only('missing-key', source('  ⟦x⟧: { type: decimal, from: x }'));
    only('missing-key', source('  ⟦x⟧: { from: x }'));
    const kind = only('invalid-value', source('  x: { type: ⟦interger⟧, from: x }'));
    expect(kind.message).toBe(
      '"type" must be one of code, period, text, integer, decimal, date, time, key, and is "interger".',
    );
    expect(kind.hint).toBe('did you mean "integer"?');
    const means = only(
      'invalid-value',
      source('  x: { type: integer, from: x, empty: [{ means: ⟦supressed⟧ }] }'),
    );
    expect(means.hint).toBe('did you mean "suppressed"?');
    expect(only('invalid-value', source('  x: { type: integer, from: x, empty: ⟦secret⟧ }')).message).toBe(
      '"empty" must be one of suppressed, not_applicable, not_delivered, or a list, and is "secret".',
    );
  });
});

describe('values', () => {
  it.each([
    ['version: 1', 'version: "⟦1⟧"', '"version" must be a number, and is "1".', 'write 1 without quotes'],
    ['version: 1', 'version: ⟦1.5⟧', '"version" must be a whole number, and is 1.5.', undefined],
    ['unit: borger', 'unit: ⟦[borger]⟧', '"unit" must be text, and is a list.', undefined],
    ['unit: borger', '⟦unit⟧:', '"unit" must be text, and is empty.', undefined],
    ['unit: borger', 'unit: ⟦~⟧', '"unit" must be text, and is empty.', undefined],
    [
      '{ da: Folketal, en: Population }',
      '⟦Folketal⟧',
      '"label" must be a mapping, and is "Folketal".',
      'its keys: da, en',
    ],
  ])('of the wrong type: %s as %s', (piece, replacement, message, hint) => {
    const found = only('wrong-type', kpiWith(piece, replacement));
    expect(found.message).toBe(message);
    if (hint !== undefined) expect(found.hint).toBe(hint);
  });

  it.each([
    [
      'status: draft',
      'status: ⟦Draft⟧',
      '"status" must be one of draft, hearing, approved, retired, and is "Draft".',
    ],
    ['version: 1', 'version: ⟦0⟧', '"version" must be more than 0, and is 0.'],
    ['decimals: 0', 'decimals: ⟦12⟧', '"decimals" must be at most 9, and is 12.'],
    ['da: Folketal', 'da: "⟦⟧"', '"da" must be text of at least 1 character, and is "".'],
    [
      'borger.folketal',
      '⟦Folketal⟧',
      '"kpi" must be domain.name in lower-case letters, digits and _, and is "Folketal".',
    ],
    [
      'over_time: last',
      'over_time: last, period: ⟦primo⟧',
      '"period" must be one of Å_Primo, Å_Midt, Å_SenSkoleStart, or a year in quotes, and is "primo".',
    ],
    ['over_time: last', 'over_time: last, count: ⟦row⟧', '"count" must be "rows", and is "row".'],
  ])('of the right type that are not allowed: %s as %s', (piece, replacement, message) => {
    expect(only('invalid-value', kpiWith(piece, replacement)).message).toBe(message);
  });

  it('are all told, each at its place, in one run', () => {
    const text = kpi('owner: [KL]\nnotes: x⟦⟧\n')
      .text.replace('version: 1', 'version: x')
      .replace('last', 'lst');
    const { diagnostics } = read(text);
    expect(diagnostics.map(({ code, span }) => [code, text.slice(span?.start, span?.end)]).sort()).toEqual([
      ['invalid-value', 'lst'],
      ['unknown-key', 'notes'],
      ['wrong-type', '[KL]'],
      ['wrong-type', 'x'],
    ]);
  });
});

const classification = (member: string) =>
  marked(`classification: kommune
label: { da: Kommune, en: Municipality }
members:
  - { code: "0101", label: { da: København, en: Copenhagen } }
  - { ${member}, label: { da: X, en: X } }
`);

describe('codes', () => {
  it('without quotes are numbers: the diagnostic says which', () => {
    const found = only('unquoted-code', classification('code: ⟦0101⟧'));
    expect(found.message).toBe('Without quotes, 0101 is the number 101, not text.');
    expect(found.hint).toBe('write "0101" in quotes');
  });

  it.each([
    ['code: ⟦08⟧', 'the number 8, not text'],
    ['code: ⟦1e3⟧', 'the number 1000, not text'],
    ['code: ⟦0x1F⟧', 'the number 31, not text'],
    ['code: ⟦101⟧', 'a number, not text'],
    ['code: ⟦true⟧', 'a truth value, not text'],
    ['code: ⟦no⟧', 'false to programs that read YAML 1.1'],
    ['code: ⟦Y⟧', 'true to programs that read YAML 1.1'],
    ['code: ⟦1_000⟧', 'a number to programs that read YAML 1.1'],
    ['code: ⟦12:30⟧', 'a number to the base 60 to programs that read YAML 1.1'],
    ['code: ⟦2027-01-01⟧', 'a date to programs that read YAML 1.1'],
    ['code: "1", parents: { region: ⟦084⟧ }', 'the number 84, not text'],
    ['code: "1", parents: { region: [{ code: ⟦084⟧ }] }', 'the number 84, not text'],
    ['code: "1", aliases: ["0101", ⟦0102⟧]', 'the number 102, not text'],
  ])('%s is %s', (member, meaning) => {
    expect(only('unquoted-code', classification(member)).message).toContain(meaning);
  });

  it.each([
    'code: "no"',
    "code: '08'",
    'code: M',
    'code: 3.22.01',
    'code: uoplyst',
    'code: "1", valid_from: 2027-01-01',
  ])('is fine as %s', (member) => {
    expect(read(classification(`${member}⟦⟧`).text).diagnostics).toEqual([]);
  });

  it('may be words that are doubtful only as codes', () => {
    const text = classification('code: "1"⟦⟧').text.replace('en: Copenhagen', 'en: No');
    expect(read(text).diagnostics).toEqual([]);
  });

  it('are checked wherever text is asked for and a number stands', () => {
    only('unquoted-code', kpiWith('valid_from: 2026M01', 'valid_from: ⟦2026⟧'));
  });

  it('have dates that are in the calendar', () => {
    const found = only('invalid-value', classification('code: "1", valid_from: ⟦2027-02-30⟧'));
    expect(found.message).toBe('"valid_from" must be a date like 2027-01-01, and is "2027-02-30".');
  });
});
