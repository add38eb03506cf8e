import type { KpiRecord } from '../../definitions/schema.ts';
import { both, type Html, html } from './html.ts';
import { statusWords } from './words.ts';

/** Where a KPI's page lies; an id has no sign that a file name could not. */
export const pageOf = (kpi: string): string => `kpi/${kpi}.html`;

export const domainOf = (kpi: string): string => kpi.split('.')[0] ?? kpi;

export function badge(status: KpiRecord['status']): Html {
  const { da, en } = statusWords[status];
  return html`<span class="badge ${status}">${both(da, en)}</span>`;
}
