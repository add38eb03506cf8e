import type { Label } from '../definitions/schema.ts';
import { assertNever } from '../diagnostics/invariant.ts';
import type { Cause, DeliveryCause } from './types.ts';

const rowWords: Readonly<Record<DeliveryCause['rows'], Label>> = {
  added: { da: 'nye rækker', en: 'rows added' },
  removed: { da: 'rækker væk', en: 'rows removed' },
  changed: { da: 'rettede rækker', en: 'rows changed' },
  all: { da: 'rækker', en: 'rows' },
};

/** A cause in a few words; lists of more than three are counted. */
export function causeLabel(cause: Cause): Label {
  switch (cause.kind) {
    case 'delivery': {
      const who = [cause.sender, cause.received.slice(0, 10)].filter(Boolean).join(' ');
      const { da, en } = rowWords[cause.rows];
      return { da: `${cause.file} (${who}): ${da}`, en: `${cause.file} (${who}): ${en}` };
    }
    case 'structure': {
      if (cause.asIs !== null) {
        const { before, after } = cause.asIs;
        return {
          da: `Nyeste struktur: ${before} → ${after}`,
          en: `Newest structure: ${before} → ${after}`,
        };
      }
      const what = few([...cause.classifications, ...cause.dimensions]);
      return { da: `Klassifikation: ${what.da}`, en: `Classification: ${what.en}` };
    }
    case 'prices': {
      const what = few(cause.prices.map(({ index }) => index));
      return { da: `Prisudgave: ${what.da}`, en: `Price edition: ${what.en}` };
    }
    case 'definition': {
      const what = few(cause.kpis.map(({ kpi, before, after }) => `${kpi} ${versions(before, after)}`));
      return { da: `Definition: ${what.da}`, en: `Definition: ${what.en}` };
    }
    case 'window': {
      const periods = [...new Set(cause.sources.flatMap((source) => source.periods))].sort();
      const range = periods.length > 1 ? `${periods[0]}..${periods.at(-1)}` : (periods[0] ?? '');
      return cause.change === 'new'
        ? { da: `Ny periode: ${range}`, en: `New period: ${range}` }
        : { da: `Periode udgået: ${range}`, en: `Period left: ${range}` };
    }
    case 'program':
      return {
        da: `Program: ${cause.before} → ${cause.after}`,
        en: `Program: ${cause.before} → ${cause.after}`,
      };
    case 'joint': {
      const parts = cause.of.map(causeLabel);
      return {
        da: `Kan ikke skilles ad: ${parts.map(({ da }) => da).join(' + ')}`,
        en: `Cannot be told apart: ${parts.map(({ en }) => en).join(' + ')}`,
      };
    }
    default:
      return assertNever(cause);
  }
}

const versions = (before: number | null, after: number | null): string =>
  before === after ? `v${after}` : before === null ? `v${after}` : `v${before} → v${after ?? '–'}`;

function few(names: readonly string[]): Label {
  const shown = names.slice(0, 3).join(', ');
  const more = names.length - 3;
  return more <= 0
    ? { da: shown, en: shown }
    : { da: `${shown} og ${more} til`, en: `${shown} and ${more} more` };
}

/** What became of a figure. */
export const changeWords = {
  moved: { da: 'flyttet', en: 'moved' },
  new: { da: 'nye', en: 'new' },
  gone: { da: 'væk', en: 'gone' },
  status: { da: 'status', en: 'status' },
} as const;
