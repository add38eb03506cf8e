import type { Draws } from './draws.ts';
import type { Month } from './month.ts';

export const domains = [
  'borger',
  'skole',
  'ubu',
  'aeldre',
  'personale',
  'voksenhandicap',
  'sundhed',
  'beskaeftigelse',
  'oekonomi',
] as const;
export type Domain = (typeof domains)[number];

export interface Making {
  readonly draws: Draws;
  readonly scale: number;
}

/** How the deliveries of one contract are made. */
export interface NationalSource {
  /** Id of the contract. */
  readonly id: string;
  readonly domain: Domain;
  /** The months that a file is made in, and the period that its name tells. */
  readonly fileOf: (month: Month) => string | null;
  /** Rows of the file, in their order. */
  readonly rows: (month: Month, making: Making) => string;
}

export const monthly = ({ code }: Month): string => code;
export const notInJuly = ({ code, month }: Month): string | null => (month === 7 ? null : code);
export const inJanuary = ({ year, month }: Month): string | null => (month === 1 ? String(year) : null);
export const inDecember = ({ year, month }: Month): string | null => (month === 12 ? String(year) : null);

/** One of few texts by a draw; a text may stand several times to come more often. */
export const oneOf = (draw: string, values: readonly string[]): string =>
  `([${values.map((value) => `'${value}'`).join(', ')}])[${draw} % ${values.length} + 1]`;

/** Some hash of the id that is an id of its own, for rows that are events; never ten digits long but by a wonder. */
export const eventKey = (draw: string): string => `(${draw} >> 2)`;
