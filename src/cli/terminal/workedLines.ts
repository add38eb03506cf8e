import { printExact, printNumber } from '../../model/printNumber.ts';
import { compare, multiply, type Rational, rational, rounded } from '../../model/rational.ts';
import { statuses } from '../../model/status.ts';
import type { Explanation, Worked } from '../wanted.ts';
import type { Locale } from './locale.ts';
import { printTable } from './table.ts';
import { paragraph } from './wrap.ts';

/** One line of a formula that is worked out: what is done, what comes of it, and in what. */
interface Line {
  readonly text: string;
  readonly value: string;
  readonly unit: string;
}

/** Members of a mean that are told of one by one. */
const fewParts = 5;

/**
 * A formula worked out line by line, inner parts first; a line is named by its number where a later one uses it. Last
 * the unit of the figure, and what is shown of it.
 */
export function printWorked(explanation: Explanation, locale: Locale, width: number): string {
  const { worked, answer, components } = explanation;
  const lines: Line[] = [];
  const known = new Map<string, string>();
  const unitOf = (figure: string) => {
    const component = components.find(({ measure }) => measure === figure);
    return component ? baseUnit(component.unit) : '';
  };
  const put = (line: Line): string => {
    lines.push(line);
    return `(${lines.length})`;
  };
  const value = (node: Worked) =>
    node.value === null ? statuses[node.status][locale] : exact(node.value, locale);
  const write = (node: Worked): string => {
    switch (node.operator) {
      case 'number':
        return node.value === null ? (node.number ?? '') : printExact(node.value, locale);
      case 'figure': {
        const before = known.get(node.figure ?? '');
        if (before) return before;
        const name = put({
          text: shortName(node.figure ?? '', explanation),
          value: value(node),
          unit: unitOf(node.figure ?? ''),
        });
        known.set(node.figure ?? '', name);
        return name;
      }
      case 'mean':
      case 'first':
      case 'last':
        return put({ text: meanInWords(node, locale), value: value(node), unit: '' });
      case 'same_parts':
        return node.inputs.map(write).join('');
      case 'negate':
        return put({ text: `-${node.inputs.map(write).join('')}`, value: value(node), unit: '' });
      case '+':
      case '-':
      case '*':
      case '/': {
        const [left = '', right = ''] = node.inputs.map(write);
        return put({ text: `${left} ${node.operator} ${right}`, value: value(node), unit: '' });
      }
      case 'if': {
        const operands = node.inputs.map(write);
        const taken = operands.pop() ?? '';
        const text = `if by ${operands.join(', ')}: ${taken}`;
        return put({ text, value: value(node), unit: '' });
      }
      default: {
        const decimals = node.operator === 'round' ? [String(node.decimals ?? 0)] : [];
        const text = `${node.operator}(${[...node.inputs.map(write), ...decimals].join(', ')})`;
        return put({ text, value: value(node), unit: '' });
      }
    }
  };
  const last = write(worked);
  const cell = answer.rows.at(-1)?.cells[0];
  const column = answer.columns[0];
  if (cell?.value && column && worked.value) {
    const factor = rational(explanation.scale.denominator, explanation.scale.numerator);
    const isScaled = compare(factor, rational(1n)) !== 0;
    if (isScaled)
      lines.push({
        text: `${last} x ${printExact(factor, locale)}`,
        value: exact(multiply(worked.value, factor), locale),
        unit: column.unit,
      });
    const shown = printNumber(cell.value, column.decimals, locale);
    lines.push({
      text: `shown with ${column.decimals} ${column.decimals === 1 ? 'decimal' : 'decimals'}`,
      value: shown,
      unit: column.unit,
    });
  }
  return printTable(
    {
      keys: [
        { header: [''], align: 'right', cells: lines.map((_, at) => `(${at + 1})`) },
        { header: ['part'], align: 'left', cells: lines.map(({ text }) => text) },
      ],
      groups: [
        [
          { header: ['value'], align: 'right', cells: lines.map((line) => line.value) },
          { header: ['unit'], align: 'left', cells: lines.map(({ unit }) => unit) },
        ],
      ],
      footer: 0,
    },
    width,
  ).concat(samePartsNote(worked, width));
}

function samePartsNote(worked: Worked, width: number): string {
  if (worked.operator !== 'same_parts') return '';
  const text = 'Every component is added up over the parts that all of them have.';
  return `${paragraph(text, width).join('\n')}\n`;
}

/** With six decimals, and a sign behind what has more. */
function exact(value: Rational, locale: Locale): string {
  const isWhole = compare(rounded(value, 6), value) === 0;
  return `${printExact(value, locale)}${isWhole ? '' : '…'}`;
}

function meanInWords({ operator, inputs }: Worked, locale: Locale): string {
  const numbers = inputs.filter(({ value }) => value !== null);
  const told = numbers
    .slice(0, fewParts)
    .map(({ member, value }) => `${member ?? ''} ${value ? exact(value, locale) : ''}`);
  const more = numbers.length > fewParts ? `, and ${numbers.length - fewParts} more` : '';
  const without = inputs.length - numbers.length;
  const rest = without > 0 ? `; ${without} without a number` : '';
  return `${operator} of ${numbers.length}: ${told.join(', ')}${more}${rest}`;
}

/** The part of a declared unit that formulas count in. */
const baseUnit = (unit: string): string => unit.replace(/^[\d.]+ /, '').replace(/\/[\d.]+ /, '/');

/** A text with the measures that are the KPI's own by their names alone. */
export function shortName(text: string, { answer }: Explanation): string {
  const id = answer.columns[0]?.id ?? '';
  return text.replaceAll(`${id}.`, '');
}
