import { expect, it } from 'vitest';
import type { GateResult } from '../../../src/catalog/types.ts';
import { gatesTouching } from '../../../src/serve/explain/gates.ts';
import { editionWith } from '../../catalog/records.ts';

const gate = (id: string, kpi: string | null, source: string | null): GateResult => ({
  id,
  gate: 'coverage',
  level: null,
  counts: { compared: 1, failed: 0 },
  numbers: [],
  kpi,
  source,
  outcome: 'passed',
  text: 'All is well.',
});

it('tells the gates of a KPI, of its sources and of the whole edition', () => {
  const gates = [
    gate('deliveries', null, null),
    gate('coverage:ledige', 'test.ledige', null),
    gate('coverage:andre', 'test.andre', null),
    gate('cross:star', null, 'star.ledighed'),
    gate('cross:dst', null, 'dst.folketal'),
  ];
  const manifest = editionWith({ gates });
  const told = gatesTouching(manifest, 'test.ledige', new Set(['star.ledighed']));
  expect(told.map(({ id }) => id)).toEqual(['deliveries', 'coverage:ledige', 'cross:star']);
  expect(gatesTouching(editionWith({}), 'test.ledige', new Set())).toEqual([]);
});
