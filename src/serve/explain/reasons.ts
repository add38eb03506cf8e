import { dateOf } from '../../model/periods.ts';
import { type Flag, flags, type Status } from '../../model/status.ts';
import type { Kpi } from '../../model/types.ts';
import type { Cell } from '../../query/answer.ts';
import type { BoundColumn, OutPeriod } from '../../query/bound.ts';
import { changesOf } from '../../query/versions.ts';
import type { OpenEdition } from '../openEdition.ts';
import type { ExplainedComponent } from './explanation.ts';
import { partsOfWorked, type Worked } from './working.ts';

/** Why a figure is or is not a number, and why it has each of its flags. */
export interface Reason {
  readonly of: Status | Flag | 'coverage';
  readonly text: string;
}

export interface ReasonScope {
  readonly edition: OpenEdition;
  readonly column: BoundColumn;
  readonly period: OutPeriod;
  readonly cell: Cell;
  readonly worked: Worked;
  readonly components: readonly ExplainedComponent[];
}

export function reasonsOf(scope: ReasonScope): readonly Reason[] {
  const { cell } = scope;
  return [
    ...statusReasons(scope).map((text) => ({ of: cell.status, text })),
    { of: 'coverage' as const, text: coverageReason(scope) },
    ...cell.flags.flatMap((flag) => flagReasons(flag, scope).map((text) => ({ of: flag, text }))),
  ];
}

function statusReasons(scope: ReasonScope): readonly string[] {
  const { cell, column, period, worked, components } = scope;
  const { kpi } = column;
  const nothings = components.filter(
    ({ measure, status }) => status !== 'ok' && worked.status === 'ok' && countsAsZero(worked, measure),
  );
  const asZero = nothings.map(
    ({ measure, status }) => `${measure} is ${status} and counts as 0: the KPI says missing_operand as_zero.`,
  );
  const own = components.filter(({ status }) => status === cell.status).map(({ measure }) => measure);
  switch (cell.status) {
    case 'ok':
      return asZero;
    case 'undefined': {
      const zeros = partsOfWorked(worked).filter(
        ({ operator, inputs }) => operator === '/' && inputs[1]?.value?.numerator === 0n,
      );
      if (zeros.length > 0)
        return [
          `A denominator is 0: ${zeros.flatMap(({ inputs: [, by] }) => figuresUnder(by)).join(', ') || 'a number'}.`,
        ];
      return [
        `${own.join(', ') || 'The figure'} has nothing to be worked out of, such as the mean of no rows.`,
      ];
    }
    case 'not_applicable':
      if (column.kind === 'kpi' && worked.status === 'ok')
        return [
          `${kpi.id} version ${kpi.version} holds from ${kpi.validFrom}${kpi.validTo === null ? '' : ` to ${kpi.validTo}`}, which ${period.code} is not in.`,
        ];
      return [`${own.join(', ') || 'A component'} does not apply here: the source says so of its rows.`];
    case 'below_coverage':
      return [
        `${own.join(', ') || 'A component'} has less than the KPI's rule asks for (${ruleInWords(kpi)}).`,
      ];
    case 'suppressed':
      return [`The source holds ${own.join(', ') || 'a component'} back: its values are suppressed.`];
    case 'not_delivered':
      return [`Nothing has been delivered of what ${own.join(', ') || 'a component'} is made of.`];
  }
}

function countsAsZero(worked: Worked, measure: string): boolean {
  return partsOfWorked(worked).some(({ figure, status }) => figure === measure && status === 'ok');
}

const figuresUnder = (worked: Worked | undefined): readonly string[] =>
  worked ? [...new Set(partsOfWorked(worked).flatMap(({ figure }) => figure ?? []))] : [];

const ruleInWords = ({ missing }: Kpi): string => {
  switch (missing.parts) {
    case 'require_all':
      return 'all parts are required';
    case 'skip':
      return `at least ${percent(missing.coverage)} of the parts`;
    case 'as_zero':
      return 'missing parts count as 0';
  }
};

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

function coverageReason({ cell, column }: ReasonScope): string {
  const { expected, delivered, suppressed, notApplicable, absent } = cell.coverage;
  if (expected === 0) return 'Nobody has said which parts there should be.';
  const rest = [
    ...(absent > 0 ? [`${absent} not delivered`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(notApplicable > 0 ? [`${notApplicable} not applicable`] : []),
  ];
  const share = delivered === expected ? '' : `, ${percent(delivered / expected)}`;
  return `${delivered} of ${expected} parts are known${share}${rest.length > 0 ? `: ${rest.join(', ')}` : ''}; ${ruleInWords(column.kpi)}.`;
}

function flagReasons(flag: Flag, scope: ReasonScope): readonly string[] {
  const { column, period, components, cell } = scope;
  const own = components.filter((each) => each.flags.includes(flag));
  const names = own.map(({ measure }) => measure).join(', ');
  switch (flag) {
    case 'source_total':
      return own.map(({ measure, source }) => {
        const ours = cell.ours ? '; what our own parts give stands beside it' : '';
        return `${measure} is a total that ${source} gives itself${ours}.`;
      });
    case 'weighted':
      return own.map(
        ({ measure, weight }) =>
          `${measure} is a mean weighed by ${weight ?? 'another measure'} of other periods.`,
      );
    case 'synthetic':
      return [`Deliveries of ${syntheticIn(scope).join(', ')} are made up.`];
    case 'break': {
      const breaks = column.kpi.breaks.map(
        ({ from, label }) => `A break in the series from ${from}: ${label.en}.`,
      );
      const changes = changesOf(column)
        .filter((day) => day <= period.lastDay)
        .slice(-1)
        .map((day) => `The definition became another on ${dateOf(day)}.`);
      const members =
        names === '' ? [] : [`${names}: members were mapped over a break in their classification.`];
      return [...breaks, ...changes, ...members];
    }
    case 'imputed':
      return [`${names || 'A component'}: figures of a member that was split are shared out by weights.`];
    default:
      return [`${names || 'The figure'} is marked ${flags[flag].en}.`];
  }
}

function syntheticIn({ edition, components }: ReasonScope): readonly string[] {
  const madeUp = new Set(
    edition.manifest.inputs.filter(({ synthetic }) => synthetic).map(({ source }) => source),
  );
  return [
    ...new Set(components.flatMap(({ delivered }) => delivered.filter((source) => madeUp.has(source)))),
  ];
}
