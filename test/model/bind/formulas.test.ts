import { describe, expect, it } from 'vitest';
import type { BoundExpression } from '../../../src/model/boundExpression.ts';
import {
  diagnosticsOf,
  expectFault,
  miniText,
  miniWorkspace,
  modelOf,
  withChange,
  withFile,
} from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';
const formula = 'ledige / folketal';

/** A bound expression as text, measures by their ids. */
function said(expression: BoundExpression | undefined): string {
  switch (expression?.kind) {
    case 'number':
      return expression.value;
    case 'measure':
      return expression.measure;
    case 'negate':
      return `-${said(expression.operand)}`;
    case 'arithmetic':
      return `(${said(expression.left)} ${expression.operator} ${said(expression.right)})`;
    default:
      return 'nothing';
  }
}

const bound = (files = miniWorkspace, kpi = 'beskaeftigelse.ledige_pr_1000') => {
  const found = modelOf(files).kpis[kpi];
  return { expression: said(found?.expression), measures: found?.measures };
};

/** A KPI of other KPIs alone, in a file of its own. */
function kpiOf(id: string, text: string): { file: string; text: string } {
  const [head = ''] = miniText(pr1000).split('measures:');
  const own = head
    .replace('beskaeftigelse.ledige_pr_1000', id)
    .replace('unit: person/1000 borger', 'unit: person');
  return { file: `kpi-definitions/${id}.yaml`, text: own.replace(formula, text) };
}

const withKpis = (...kpis: readonly { file: string; text: string }[]) =>
  kpis.reduce((files, { file, text }) => withFile(file, text, files), miniWorkspace);

describe('a formula', () => {
  it('takes its own measure before a KPI of that name, and the KPI where it has none', () => {
    expect(bound()).toEqual({
      expression: '(beskaeftigelse.ledige.ledige / beskaeftigelse.ledige_pr_1000.folketal)',
      measures: ['beskaeftigelse.ledige.ledige', 'beskaeftigelse.ledige_pr_1000.folketal'],
    });
  });

  it('takes a KPI by its whole id', () => {
    const files = withChange(pr1000, formula, 'beskaeftigelse.ledige / folketal');
    expect(bound(files)).toEqual(bound());
  });

  it('keeps brackets, signs and numbers', () => {
    const files = withChange(pr1000, formula, '-(ledige - ledige * 0.25) / folketal');
    expect(bound(files).expression).toBe(
      '(-(beskaeftigelse.ledige.ledige - (beskaeftigelse.ledige.ledige * 0.25)) / beskaeftigelse.ledige_pr_1000.folketal)',
    );
  });

  it('follows a KPI of KPIs down to its measures, and names each of them once', () => {
    const files = withKpis(
      kpiOf('beskaeftigelse.dobbelt', 'ledige + ledige'),
      kpiOf('beskaeftigelse.firedobbelt', 'dobbelt + dobbelt - ledige'),
    );
    const measure = 'beskaeftigelse.ledige.ledige';
    expect(bound(files, 'beskaeftigelse.firedobbelt')).toEqual({
      expression: `(((${measure} + ${measure}) + (${measure} + ${measure})) - ${measure})`,
      measures: [measure],
    });
  });

  it("looks up another KPI's names among that KPI's measures", () => {
    const files = withKpis(kpiOf('a.andet', 'ledige_pr_1000 * befolkning.folketal'));
    expect(bound(files, 'a.andet').measures).toEqual([
      'beskaeftigelse.ledige.ledige',
      'beskaeftigelse.ledige_pr_1000.folketal',
      'befolkning.folketal.folketal',
    ]);
  });

  it('names something that there is', () => {
    const { hint } = expectFault('unknown-measure', pr1000, formula, 'ledige / ⟦folketl⟧');
    expect(hint).toBe('did you mean "folketal"?');
    expect(expectFault('unknown-measure', pr1000, formula, '⟦ledge⟧ / folketal').hint).toBe(
      'did you mean "ledige"?',
    );
  });

  it('names one thing', () => {
    const cube = 'cubes/arbejde.yaml';
    const named = withChange(
      cube,
      'kpi: ledige,',
      'kpi: beskaeftigelse.ledige,',
      withChange(
        cube,
        '[ledige,',
        '[beskaeftigelse.ledige,',
        withKpis(kpiOf('a.ledige', 'beskaeftigelse.ledige')),
      ),
    );
    const { hint } = expectFault('ambiguous-name', pr1000, formula, '⟦ledige⟧ / folketal', named);
    expect(hint).toBe('write one of a.ledige, beskaeftigelse.ledige');
  });

  it('does not come back to itself', () => {
    const { message } = expectFault(
      'cyclic-formula',
      ledige,
      'formula: ledige\nmissing: { parts: require_all, operand: require_all }\nmeasures:\n  ledige:\n    source: star.ledighed\n    sum: fuldtidspersoner\n    unit: person\n    over_time: mean\n',
      'formula: ⟦ledige⟧\nmissing: { parts: require_all, operand: require_all }\n',
    );
    expect(message).toBe(
      'The formula of "beskaeftigelse.ledige" comes back to itself: beskaeftigelse.ledige -> beskaeftigelse.ledige.',
    );
  });

  it('does not come back to itself by way of others, which is told once', () => {
    const files = withKpis(
      kpiOf('x.a', 'b + 1'),
      kpiOf('x.b', 'c * 2'),
      kpiOf('x.c', '3 * a'),
      kpiOf('x.d', 'a'),
    );
    const found = diagnosticsOf(files);
    expect(found.map(({ code, span, message }) => [code, span?.file, message])).toEqual([
      [
        'cyclic-formula',
        'kpi-definitions/x.c.yaml',
        'The formula of "x.a" comes back to itself: x.a -> x.b -> x.c -> x.a.',
      ],
    ]);
  });

  it('has what is wrong with another formula told where that one stands', () => {
    const files = withKpis(kpiOf('x.a', 'nothing_like_it'), kpiOf('x.b', 'a + a'));
    expect(diagnosticsOf(files).map(({ code, span }) => [code, span?.file])).toEqual([
      ['unknown-measure', 'kpi-definitions/x.a.yaml'],
    ]);
  });

  it.each([
    '⟦not (ledige > 1)⟧',
    '⟦ledige > 1⟧',
    '⟦ledige > 1 and ledige < 2⟧',
    '⟦ledige in [1, 2]⟧',
    '⟦"2"⟧',
  ])('is a number, not %s', (text) => {
    const { hint } = expectFault('formula-not-a-number', pr1000, formula, `'${text}'`);
    expect(hint).toBe('a condition stands in a measure\'s "where", or in if(condition, a, b)');
  });

  it('is a formula', () => {
    expectFault('formula-implicit-multiplication', pr1000, formula, '2 ⟦ledige⟧ / folketal');
  });

  it('does not grow without end', () => {
    const chain = Array.from({ length: 12 }, (_, at) =>
      kpiOf(`x.k${at}`, at === 0 ? 'ledige' : `k${at - 1} + k${at - 1}`),
    );
    const found = diagnosticsOf(withKpis(...chain));
    // 2^8 measures and as many sums are few enough, 2^9 are not; what is built on them has no fault of its own.
    expect(found.map(({ code, span }) => [code, span?.file])).toEqual([
      ['formula-too-long', 'kpi-definitions/x.k9.yaml'],
    ]);
  });

  it.each([
    ['the bottom up', (at: number) => at],
    ['the top down', (at: number) => 2_000 - at],
  ])('does not go down without end, read from %s', (_, order) => {
    const name = (at: number) => `k${String(order(at)).padStart(4, '0')}`;
    const chain = Array.from({ length: 1_200 }, (_one, at) =>
      kpiOf(`x.${name(at)}`, at === 0 ? 'ledige' : `-${name(at - 1)}`),
    );
    const codes = diagnosticsOf(withKpis(...chain)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['formula-too-long']));
  });
});
