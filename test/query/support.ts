import { expect } from 'vitest';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import type { Checked, Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { loadParser } from '../../src/formula/parse.ts';
import { bindQuery } from '../../src/query/bindQuery.ts';
import type { BoundQuery, MeasureUse } from '../../src/query/bound.ts';
import { requestTexts } from '../../src/query/place.ts';
import type { Request } from '../../src/query/request.ts';
import type { QueryScope } from '../../src/query/scope.ts';
import { miniWorkspace, modelOf, withChange, withFile } from '../support/definitions.ts';
import { expectDiagnostic, marked } from '../support/marked.ts';

const parse = await loadParser();

/** A request as a person types it: every option is a text. */
export interface Typed {
  readonly kpi: string;
  readonly by?: string;
  readonly where?: string;
  readonly period?: string;
  readonly hierarchy?: string;
  readonly order?: string;
  readonly top?: string;
}

const list = (text: string | undefined): string[] => (text ? text.split(',') : []);

export function requestOf(typed: Typed): Request {
  const { where, period, hierarchy, order, top } = typed;
  return {
    cube: 'arbejde',
    kpis: list(typed.kpi),
    by: list(typed.by),
    ...(where === undefined ? {} : { where }),
    ...(period === undefined ? {} : { period }),
    ...(hierarchy === undefined ? {} : { hierarchy }),
    ...(order === undefined ? {} : { order }),
    ...(top === undefined ? {} : { top: Number(top) }),
  };
}

const months = (year: number, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => `${year}M${String(first + at).padStart(2, '0')}`);

/** The mini workspace as an edition that holds thirteen months and one population. */
export function scopeOf(
  files: readonly DefinitionFile[] = miniWorkspace,
  held: QueryScope['held'] = heldByDefault,
): QueryScope {
  return { model: modelOf(files), cube: 'arbejde', held, newest: '2026M07', parse };
}

export const heldByDefault: QueryScope['held'] = {
  'star.ledighed': [...months(2025, 7, 12), ...months(2026, 1, 7)],
  'dst.folketal': ['2026'],
};

export function bind(typed: Typed, scope: QueryScope = scopeOf()): Checked<BoundQuery> {
  return bindQuery(requestOf(typed), scope);
}

/** The bound query of a request that nothing is wrong with. */
export function bound(typed: Typed, scope: QueryScope = scopeOf()): BoundQuery {
  const { value, diagnostics } = bind(typed, scope);
  if (!value) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return value;
}

export function useOf(query: BoundQuery, measure: string): MeasureUse {
  const use = query.measures.find((each) => each.measure.id.endsWith(`.${measure}`));
  if (!use)
    throw new Error(`no measure ${measure} in ${query.measures.map((each) => each.measure.id).join(', ')}`);
  return use;
}

const options: Readonly<Record<keyof Typed, string>> = {
  kpi: '--kpi',
  by: '--by',
  where: '--where',
  period: '--period',
  hierarchy: '--hierarchy',
  order: '--order',
  top: '--top',
};

/** Binds a request of which one option has a ⟦bad place⟧, and asserts that this, and nothing else, is told of. */
export function expectRefused(
  code: Diagnostic['code'],
  typed: Typed,
  scope: QueryScope = scopeOf(),
): Diagnostic {
  const wrong = (Object.keys(options) as (keyof Typed)[]).find((option) => typed[option]?.includes('⟦'));
  if (!wrong) throw new Error('expectRefused: one option has a ⟦bad place⟧');
  const place = marked(typed[wrong] ?? '');
  const request = requestOf({ ...typed, [wrong]: place.text });
  const { value, diagnostics } = bindQuery(request, scope);
  expect(value).toBeUndefined();
  const found = expectDiagnostic(diagnostics, code, place);
  expect(diagnostics.map((each) => each.message)).toEqual([found.message]);
  expect(found.span?.file).toBe(options[wrong]);
  expect(requestTexts(request).get(options[wrong])).toBe(place.text);
  return found;
}

/** The rules of the measure `ledige`, exchanged: `over: { koen: none }`, another rule over time. */
export function withLedige(
  rules: string,
  files: readonly DefinitionFile[] = miniWorkspace,
): readonly DefinitionFile[] {
  const file = 'kpi-definitions/beskaeftigelse/ledige.yaml';
  return withChange(file, 'over_time: mean', rules, files);
}

/** A KPI more in the cube: a price per inhabitant, weighted by the population. */
export function withPrice(
  rules: { readonly over?: string; readonly overTime?: string } = {},
): readonly DefinitionFile[] {
  const files = withFile(
    'kpi-definitions/beskaeftigelse/pris.yaml',
    `kpi: beskaeftigelse.pris
version: 1
status: approved
valid_from: "2020"
label: { da: Pris, en: Price }
unit: kr./borger
decimals: 0
direction: neutral
formula: pris
missing: { parts: require_all, operand: require_all }
measures:
  pris:
    source: star.ledighed
    sum: fuldtidspersoner
    unit: kr./borger
    over: ${rules.over ?? '{ kommune: { weighted_by: indbyggere } }'}
    over_time: ${rules.overTime ?? 'mean'}
  indbyggere: { source: dst.folketal, sum: personer, unit: borger, over_time: last, period: Å_Primo }
`,
  );
  return withChange('cubes/arbejde.yaml', 'kpis: [ledige, ', 'kpis: [pris, ledige, ', files);
}
