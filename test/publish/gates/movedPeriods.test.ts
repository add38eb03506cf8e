import { describe, expect, it } from 'vitest';
import type { CellPart, EditionManifest } from '../../../src/catalog/types.ts';
import type { Version } from '../../../src/publish/gates/gate.ts';
import { movedPeriods } from '../../../src/publish/gates/movedPeriods.ts';

const months = ['2026M01', '2026M02', '2026M03', '2026M04'];
const question = { cube: 'c', kpis: ['k'], by: ['maaned'] };
const part = (partition: string, made: string | undefined, file = 'cells'): CellPart => ({
  partition,
  rows: 1,
  file: { sha256: file, size: 1 },
  ...(made === undefined ? {} : { made }),
});

/** A version whose one KPI takes each month beside the month before it. */
function version(parts: readonly CellPart[], model = 'model'): Version {
  const manifest = { model: { sha256: model }, dimensions: [], tables: [{ source: 's', parts }] };
  const pairs = months.flatMap((out, at) =>
    [months[at - 1], out].flatMap((source) =>
      source === undefined ? [] : [{ out, source, structureDate: '2026-04-30', weight: null }],
    ),
  );
  const use = { id: 's/antal', measure: { source: 's' }, weight: null, askedOf: null, pairs };
  const bound = { value: { measures: [use] }, diagnostics: [] };
  return { manifest: manifest as unknown as EditionManifest, bind: () => bound } as unknown as Version;
}

const all = months.map((month) => part(month, `made of ${month}`));
const withOther = (month: string, other: CellPart) =>
  all.map((each) => (each.partition === month ? other : each));

describe('movedPeriods', () => {
  it('are none where every part is the same', () => {
    expect(movedPeriods(version(all), version(all), question, months)).toEqual([]);
  });

  it('are those that are made of a month that came again, though its cells be the same', () => {
    const after = version(withOther('2026M02', part('2026M02', 'made of another delivery')));
    expect(movedPeriods(version(all), after, question, months)).toEqual(['2026M02', '2026M03']);
  });

  it('are all where definitions differ, or where nobody says what a part was made of', () => {
    expect(movedPeriods(version(all), version(all, 'another'), question, months)).toEqual(months);
    const unsaid = months.map((month) => part(month, undefined));
    expect(movedPeriods(version(unsaid), version(unsaid), question, months)).toEqual(months);
  });
});
