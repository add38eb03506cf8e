import { describe, expect, it } from 'vitest';
import type { ReconciliationResult } from '../../../src/catalog/types.ts';
import { editionTable } from '../../../src/cli/editionTable.ts';
import { printEditions } from '../../../src/cli/terminal/editions.ts';
import { printPublished } from '../../../src/cli/terminal/published.ts';
import type { ListedEdition } from '../../../src/cli/wanted.ts';
import { printCsv } from '../../../src/export/csv.ts';

const sha256 = '0'.repeat(64);

function edition(parts: Partial<ListedEdition>): ListedEdition {
  return {
    format: 2,
    cube: 'beskaeftigelse',
    number: 1,
    id: '2026M06-1-3fa9c1d2',
    previous: null,
    publishedAt: '2026-08-19T05:03:20.001Z',
    period: '2026M06',
    inputHash: sha256,
    builder: '0.1.0',
    engine: 'DuckDB 1.5.6',
    synthetic: false,
    inputs: [
      {
        source: 'star.ledighed',
        synthetic: false,
        snapshots: [1, 2].map((number) => ({
          number,
          receipt: number,
          received: '2026-08-19T05:03:20Z',
          sha256,
          size: 1,
          periods: null,
        })),
      },
    ],
    model: { sha256, size: 1 },
    dimensions: [],
    tables: [],
    reconciliations: [],
    signedBy: 'publisher-3fa9c1d2',
    retraction: null,
    ...parts,
  };
}

const two = [
  edition({}),
  edition({ number: 2, id: '2026M07-1-0badcafe', period: '2026M07', synthetic: true }),
];

describe('printEditions', () => {
  it('lists them as they were published, made-up ones marked', () => {
    expect(printEditions(two, 120)).toBe(`\
edition             cube            no.  newest   published (UTC)   sources  made up
──────────────────────────────────────────────────────────────────────────────────────
2026M06-1-3fa9c1d2  beskaeftigelse    1  2026M06  2026-08-19 05:03        1
2026M07-1-0badcafe  beskaeftigelse    2  2026M07  2026-08-19 05:03        1  SYNTHETIC
`);
  });

  it('says below the table which were taken back, and why', () => {
    const retraction = {
      format: 1,
      cube: 'beskaeftigelse',
      number: 1,
      previous: null,
      edition: 1,
      id: '2026M06-1-3fa9c1d2',
      sha256,
      reason: 'May was delivered twice.',
      by: 'anna',
      at: '2026-08-20T08:00:00.000Z',
    } as const;
    expect(printEditions([edition({ retraction })], 120)).toContain(
      '\n\n2026M06-1-3fa9c1d2 was taken back on 2026-08-20 by anna: May was delivered twice.\n',
    );
  });

  it('says how to publish where nothing is published', () => {
    expect(printEditions([], 80)).toContain('flis publish');
  });
});

describe('editionTable', () => {
  it('has the id first, and what went in', () => {
    expect(printCsv(editionTable(two))).toBe(
      [
        'edition,cube,number,period,published_at,synthetic,inputs,builder,engine,signed_by,retracted',
        '2026M06-1-3fa9c1d2,beskaeftigelse,1,2026M06,2026-08-19T05:03:20.001Z,false,star.ledighed:1+2,0.1.0,DuckDB 1.5.6,publisher-3fa9c1d2,',
        '2026M07-1-0badcafe,beskaeftigelse,2,2026M07,2026-08-19T05:03:20.001Z,true,star.ledighed:1+2,0.1.0,DuckDB 1.5.6,publisher-3fa9c1d2,',
        '',
      ].join('\n'),
    );
  });
});

describe('printPublished', () => {
  const reconciliation: ReconciliationResult = {
    id: 'ledige_land',
    kpi: 'beskaeftigelse.ledige',
    level: 'land',
    against: 'source_total',
    tolerance: 0,
    differences: [
      { member: '000', period: '2026M07', ours: '91533', theirs: '91583', difference: '-50' },
      { member: '000', period: '2026M06', ours: '89848', theirs: '89907', difference: '-59' },
    ],
    compared: 60,
    outcome: 'differs',
    reason: null,
  };
  const notRun: ReconciliationResult = {
    ...reconciliation,
    kpi: 'befolkning.folketal_alder',
    against: 'befolkning.folketal_civilstand',
    differences: [],
    compared: 0,
    outcome: 'not_run',
    reason: 'nothing was delivered',
  };

  it('tells what came in, what went out, what is waited for, and where figures disagree', () => {
    const label = { da: 'x', en: 'x' };
    const text = printPublished(
      {
        dryRun: false,
        newKey: { name: 'publisher-3fa9c1d2', folder: 'keys' },
        receipts: [
          {
            format: 1,
            number: 3,
            file: 'star_jobindsats_release3.csv',
            sha256,
            size: 1,
            received: '2026-08-19T18:49:14Z',
            sender: 'STAR',
            synthetic: false,
            previous: null,
            rules: sha256,
            verdict: 'accepted',
            sources: [
              {
                source: 'star.ledighed',
                verdict: 'accepted',
                rules: sha256,
                rows: 46029,
                refused: 2,
                quarantine: null,
              },
              {
                source: 'star.kontanthjaelp',
                verdict: 'nothing_new',
                rules: sha256,
                rows: 600,
                refused: 0,
                quarantine: null,
              },
            ],
            snapshots: [{ source: 'star.ledighed', number: 3, sha256 }],
            messages: [{ code: 'rows-refused', severity: 'warning', text: '2 rows were refused.' }],
          },
        ],
        cubes: [
          {
            cube: 'beskaeftigelse',
            label,
            outcome: 'published',
            editions: [edition({ reconciliations: [reconciliation, notRun] })],
            blocked: [],
            current: '2026M06-1-3fa9c1d2',
            waitingFor: [],
          },
          {
            cube: 'befolkning',
            label,
            outcome: 'unchanged',
            editions: [],
            blocked: [],
            current: '2026-1-aaaaaaaa',
            waitingFor: [],
          },
          {
            cube: 'regnskab',
            label,
            outcome: 'waiting',
            editions: [],
            blocked: [],
            current: null,
            waitingFor: ['dst.regk31'],
          },
        ],
      },
      100,
    );
    expect(text).toBe(`\
delivery 3: star_jobindsats_release3.csv · accepted
    star.ledighed: snapshot 3, 46029 rows, 2 refused
    star.kontanthjaelp: nothing new, 600 rows

Made the key publisher-3fa9c1d2 in keys, as there was none: editions are signed with it. Keep a copy of it; readers need trust.json.

cube            outcome               edition
────────────────────────────────────────────────────────
beskaeftigelse  published             2026M06-1-3fa9c1d2
befolkning      unchanged             2026-1-aaaaaaaa
regnskab        waits for dst.regk31

beskaeftigelse 2026M06-1-3fa9c1d2: figures that differ from those beside them
figure          beside            differ  newest        ours  theirs  difference
────────────────────────────────────────────────────────────────────────────────
ledige by land  the source's own    2/60  000 2026M07  91533   91583         -50

beskaeftigelse 2026M06-1-3fa9c1d2: not compared
  folketal_alder by land beside folketal_civilstand: nothing was delivered
`);
  });
});
