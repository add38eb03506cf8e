import type { EditionManifest, Receipt, Snapshot } from '../../src/catalog/types.ts';

export const snapshotWith = (changes: Partial<Snapshot>): Snapshot => ({
  format: 1,
  source: 'star.ledighed',
  number: 1,
  receipt: 1,
  received: '2026-08-19T05:03:20.000Z',
  contract: 'c'.repeat(64),
  synthetic: false,
  periods: [{ period: '2026M07', rows: 99 }],
  rows: 99,
  file: { sha256: 'f'.repeat(64), size: 1 },
  content: '0'.repeat(64),
  refused: 0,
  quarantine: null,
  checks: [{ check: 'duplicate-row', outcome: 'passed', text: 'Every key names one row.' }],
  ...changes,
});

export const receiptWith = (changes: Partial<Receipt>): Omit<Receipt, 'format' | 'number' | 'previous'> => ({
  file: 'star.csv',
  sha256: 'd'.repeat(64),
  size: 1,
  received: '2026-08-19T05:03:20.000Z',
  sender: 'STAR',
  synthetic: false,
  verdict: 'accepted',
  rules: '1'.repeat(64),
  sources: [],
  snapshots: [],
  messages: [],
  ...changes,
});

export const editionWith = (changes: Partial<EditionManifest>): EditionManifest => ({
  format: 2,
  cube: 'beskaeftigelse',
  number: 1,
  id: '2026M07-1-3fa9c1d2',
  previous: null,
  publishedAt: '2026-08-19T12:00:00.000Z',
  period: '2026M07',
  inputHash: 'a'.repeat(64),
  builder: '0.1.0',
  engine: 'duckdb 1.5.6',
  synthetic: false,
  inputs: [
    {
      source: 'star.ledighed',
      synthetic: false,
      snapshots: [
        { number: 1, receipt: 1, received: '2026-08-19T05:03:20.000Z', sha256: 'f', size: 1, periods: null },
      ],
    },
  ],
  model: { sha256: 'b'.repeat(64), size: 1 },
  dimensions: [],
  tables: [],
  reconciliations: [],
  ...changes,
});
