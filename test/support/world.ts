/**
 * A small country as a test makes it up: code lists, sources with their rows, KPIs and one cube, in
 * words of the definition language but without its text. `cubeHarness` builds it through the
 * product, `naive` reads it row by row; neither knows of the other.
 */
export interface World {
  readonly classifications: readonly WorldClassification[];
  readonly dimensions: readonly WorldDimension[];
  readonly sources: readonly WorldSource[];
  readonly kpis: readonly WorldKpi[];
  readonly cube: { readonly dimensions: readonly string[]; readonly waitFor: string };
}

export interface WorldClassification {
  readonly id: string;
  readonly members: readonly WorldMember[];
}

/** Dates are ISO days, both ends within; left out: open. */
export interface WorldMember {
  readonly code: string;
  readonly expected?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly parents?: Readonly<Record<string, readonly WorldParent[]>>;
  /** Of a group: finest members in it. */
  readonly of?: readonly string[];
  /** What it became on the day after `to`; weights as `1/3`, and none where it broke off without any. */
  readonly successors?: {
    readonly kind?: 'broken';
    readonly to?: readonly { readonly code: string; readonly weight?: string }[];
  };
}

export interface WorldParent {
  readonly code: string;
  readonly from?: string;
  readonly to?: string;
}

/** Hierarchies list levels, finest first; a level is a classification of the same name. */
export interface WorldDimension {
  readonly id: string;
  readonly hierarchies: Readonly<Record<string, readonly string[]>>;
  readonly groups?: readonly string[];
}

export type WorldFrequency = 'M' | 'K' | 'Å' | 'Å_Primo';

/** A code column is called like its dimension; beside the codes there is one text column, `slags`. */
export interface WorldSource {
  readonly id: string;
  readonly frequency: WorldFrequency;
  readonly codes: readonly WorldCode[];
  readonly numbers: readonly { readonly name: string; readonly decimals: number }[];
  readonly rows: readonly WorldRow[];
}

export interface WorldCode {
  readonly dimension: string;
  readonly levels: readonly string[];
  readonly expect: 'all' | 'delivered' | readonly string[];
}

export interface WorldRow {
  readonly period: string;
  /** Dimension to the code in the row and the level it belongs to. */
  readonly codes: Readonly<Record<string, { readonly level: string; readonly code: string }>>;
  readonly slags: string;
  /** Number column to a scaled integer, or to why there is none. */
  readonly values: Readonly<Record<string, bigint | 'suppressed' | 'not_applicable' | 'not_delivered'>>;
}

export interface WorldMeasure {
  readonly name: string;
  readonly source: string;
  readonly aggregate: 'sum' | 'count' | 'min' | 'max';
  /** Null for count. */
  readonly column: string | null;
  /** Only rows whose `slags` is one of these. */
  readonly slags?: readonly string[];
  /** Only rows with one of these codes, whatever their level. */
  readonly codes?: { readonly dimension: string; readonly in: readonly string[] };
  readonly unit: string;
  readonly over?: Readonly<
    Record<string, 'sum' | 'none' | 'source_total' | { readonly weighted_by: string }>
  >;
  readonly overTime: 'sum' | 'mean' | 'last' | 'first' | 'none';
  /** `Å_Primo`, or a year. */
  readonly period?: string;
}

export type WorldFormula =
  | { readonly kind: 'measure'; readonly name: string }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: '+' | '-' | '*' | '/'; readonly left: WorldFormula; readonly right: WorldFormula }
  /** A function: formulas first, then what is written behind them. `if` compares its first two formulas by `with`. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly of: readonly WorldFormula[];
      readonly with: readonly string[];
    };

/** Its id is `test.<name>`. */
export interface WorldKpi {
  readonly name: string;
  readonly unit: string;
  readonly formula: WorldFormula;
  readonly measures: readonly WorldMeasure[];
  readonly missing: {
    readonly parts: 'require_all' | 'skip' | 'as_zero';
    readonly coverage?: number;
    readonly operand: 'require_all' | 'as_zero';
  };
  /** 1 if left out; several versions of one name stand beside each other. */
  readonly version?: number;
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** One condition about one level; several hold all together. */
export interface WorldFilter {
  readonly level: string;
  readonly is: '==' | '!=' | 'in' | 'not in';
  readonly codes: readonly string[];
}

export interface WorldQuestion {
  readonly kpis: readonly string[];
  readonly by: readonly string[];
  readonly where: readonly WorldFilter[];
  /** `2026M07`, `2026K3`, `2026`, or a range of two of one kind. */
  readonly period: string;
  readonly hierarchy: string;
}

export function whereText(filters: readonly WorldFilter[]): string | undefined {
  return filters.length === 0 ? undefined : filters.map(filterText).join(' and ');
}

function filterText({ level, is, codes }: WorldFilter): string {
  const list = `[${codes.map((code) => `"${code}"`).join(', ')}]`;
  switch (is) {
    case '==':
    case '!=':
      return `${level} ${is} "${codes[0] ?? ''}"`;
    case 'in':
      return `${level} in ${list}`;
    case 'not in':
      return `not (${level} in ${list})`;
  }
}

export function formulaText(formula: WorldFormula): string {
  switch (formula.kind) {
    case 'measure':
      return formula.name;
    case 'number':
      return formula.value;
    case 'call': {
      const of = formula.of.map(formulaText);
      if (formula.name === 'if') return `if(${of[0]} ${formula.with[0]} ${of[1]}, ${of[2]}, ${of[3]})`;
      return `${formula.name}(${[...of, ...formula.with].join(', ')})`;
    }
    default:
      return `(${formulaText(formula.left)} ${formula.kind} ${formulaText(formula.right)})`;
  }
}
