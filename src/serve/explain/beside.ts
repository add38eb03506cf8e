import { compare, type Rational, subtract } from '../../model/rational.ts';
import type { Status } from '../../model/status.ts';
import type { ExplainedComponent, ExplainedDelivery, Explanation } from './explanation.ts';

/** One question explained by two editions, and where they part. */
export interface ExplainedBeside {
  readonly of: Explanation;
  readonly against: Explanation;
  /** The figure first, then each component that either has. */
  readonly figures: readonly FigureBeside[];
  /** Rows left at each step and condition that either has, component by component. */
  readonly rows: readonly RowsBeside[];
  /** What else is not the same: formula, versions, conditions, filters, periods, coverage. */
  readonly changes: readonly ChangeBeside[];
  /** Deliveries that only one of the two was made of. */
  readonly deliveries: {
    readonly of: readonly ExplainedDelivery[];
    readonly against: readonly ExplainedDelivery[];
  };
}

export interface FigureBeside {
  /** The measure; null for the figure itself. */
  readonly measure: string | null;
  readonly unit: string;
  readonly of: ToldFigure | null;
  readonly against: ToldFigure | null;
  /** What `of` has more; null where either is no number, since there is no difference then. */
  readonly difference: Rational | null;
}

export interface ToldFigure {
  readonly status: Status;
  readonly value: Rational | null;
}

export interface RowsBeside {
  readonly measure: string;
  readonly text: string;
  readonly of: number | null;
  readonly against: number | null;
}

export interface ChangeBeside {
  readonly measure: string | null;
  readonly what:
    | 'formula'
    | 'version'
    | 'aggregate'
    | 'period'
    | 'role'
    | 'conditions'
    | 'filters'
    | 'coverage'
    | 'missing';
  readonly of: string;
  readonly against: string;
}

export function explainedBeside(of: Explanation, against: Explanation): ExplainedBeside {
  const measures = [...new Set([...of.components, ...against.components].map(({ measure }) => measure))];
  const pairs = measures.map((measure) => ({
    measure,
    of: of.components.find((each) => each.measure === measure),
    against: against.components.find((each) => each.measure === measure),
  }));
  return {
    of,
    against,
    figures: [
      figureBeside(
        null,
        of.answer.columns[0]?.unit ?? '',
        of.answer.rows.at(-1)?.cells[0],
        against.answer.rows.at(-1)?.cells[0],
      ),
      ...pairs.map((each) =>
        figureBeside(each.measure, (each.of ?? each.against)?.unit ?? '', each.of, each.against),
      ),
    ],
    rows: pairs.flatMap(rowsBeside),
    changes: [...changesOf(of, against), ...pairs.flatMap(changesOfComponent)],
    deliveries: {
      of: onlyIn(of.deliveries, against.deliveries),
      against: onlyIn(against.deliveries, of.deliveries),
    },
  };
}

interface Pair {
  readonly measure: string;
  readonly of: ExplainedComponent | undefined;
  readonly against: ExplainedComponent | undefined;
}

function figureBeside(
  measure: string | null,
  unit: string,
  of: ToldFigure | undefined,
  against: ToldFigure | undefined,
): FigureBeside {
  const told = (figure: ToldFigure | undefined) =>
    figure ? { status: figure.status, value: figure.value } : null;
  const difference = of?.value && against?.value ? subtract(of.value, against.value) : null;
  return { measure, unit, of: told(of), against: told(against), difference };
}

/** Steps that both have stand beside each other by what they say, those of one alone by themselves. */
function rowsBeside({ measure, of, against }: Pair): readonly RowsBeside[] {
  const [left, right] = [of?.rowsLeft ?? [], against?.rowsLeft ?? []];
  const texts = [...new Set([...left, ...right].map(({ text }) => text))];
  return texts.map((text) => ({
    measure,
    text,
    of: left.find((each) => each.text === text)?.rows ?? null,
    against: right.find((each) => each.text === text)?.rows ?? null,
  }));
}

function changesOf(of: Explanation, against: Explanation): readonly ChangeBeside[] {
  const version = ({ answer }: Explanation) => String(answer.columns[0]?.version ?? '');
  return [
    change(null, 'formula', of.formula, against.formula),
    change(null, 'version', version(of), version(against)),
  ].flat();
}

function changesOfComponent({ measure, of, against }: Pair): readonly ChangeBeside[] {
  if (!of || !against) return [];
  const coverage = ({ coverage: { delivered, expected } }: ExplainedComponent) =>
    `${delivered} of ${expected}`;
  const missing = (each: ExplainedComponent) =>
    each.missing
      .map(
        ({ period, why, members }) =>
          `${period} ${why}: ${members.map((codes) => codes.join(' ')).join(', ')}`,
      )
      .join('; ');
  return [
    change(measure, 'aggregate', of.aggregate, against.aggregate),
    change(measure, 'period', of.period, against.period),
    change(measure, 'role', of.role ?? '', against.role ?? ''),
    change(measure, 'conditions', of.conditions.join(' and '), against.conditions.join(' and ')),
    change(measure, 'filters', of.filters.join(' and '), against.filters.join(' and ')),
    change(measure, 'coverage', coverage(of), coverage(against)),
    change(measure, 'missing', missing(of), missing(against)),
  ].flat();
}

const change = (
  measure: string | null,
  what: ChangeBeside['what'],
  of: string,
  against: string,
): readonly ChangeBeside[] => (of === against ? [] : [{ measure, what, of, against }]);

const onlyIn = (some: readonly ExplainedDelivery[], others: readonly ExplainedDelivery[]) =>
  some.filter(
    ({ source, snapshot }) => !others.some((other) => other.source === source && other.snapshot === snapshot),
  );

/** Whether anything of the two is not the same. */
export const isSame = ({ figures, changes, deliveries }: ExplainedBeside): boolean =>
  changes.length === 0 &&
  deliveries.of.length + deliveries.against.length === 0 &&
  figures.every(
    ({ of, against }) =>
      of?.status === against?.status &&
      (of?.value && against?.value ? compare(of.value, against.value) === 0 : of?.value === against?.value),
  );
