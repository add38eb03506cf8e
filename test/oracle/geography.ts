import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Where a kommune lies at a level on a day, read straight from the YAML of the classifications. */
export interface Home {
  readonly kommune: string;
  readonly area: string;
  readonly expected: boolean;
}

export interface Name {
  readonly level: string;
  readonly code: string;
  readonly label: string;
}

interface Member {
  readonly code: string;
  readonly label: { readonly da: string };
  readonly parents?: Readonly<
    Record<
      string,
      string | readonly { readonly code: string; readonly valid_from?: string; readonly valid_to?: string }[]
    >
  >;
  readonly expected?: boolean;
  readonly valid_to?: string;
}

/** The steps from a kommune to each level; landsdele are the way to regions. */
const ways: Readonly<Record<string, readonly string[]>> = {
  kommune: [],
  landsdel: ['landsdel'],
  region: ['landsdel', 'region'],
  land: ['landsdel', 'region', 'land'],
  kommunegruppe: ['kommunegruppe'],
};

export interface Geography {
  /** Every kommune and `uoplyst`; whoever belongs nowhere is `uoplyst` too. */
  readonly homes: (level: string, date: string) => Home[];
  readonly names: readonly Name[];
}

export function readGeography(workspace: string): Geography {
  const members = Object.fromEntries(
    Object.keys(ways).map((level) => [
      level,
      read(join(workspace, 'data', 'classifications', `${level}.yaml`)),
    ]),
  );
  const homeOf = (kommune: Member, level: string, date: string): string => {
    let at: Member | undefined = kommune;
    for (const [step, next] of (ways[level] ?? []).entries()) {
      const parent = parentOf(at, next, date);
      at =
        parent === undefined
          ? undefined
          : members[(ways[level] ?? [])[step] ?? '']?.find(({ code }) => code === parent);
    }
    return at?.code ?? 'uoplyst';
  };
  return {
    homes: (level, date) => [
      ...(members.kommune ?? []).map((kommune) => ({
        kommune: kommune.code,
        area: homeOf(kommune, level, date),
        expected: kommune.expected !== false && date <= (kommune.valid_to ?? '9999-12-31'),
      })),
      { kommune: 'uoplyst', area: 'uoplyst', expected: false },
    ],
    names: Object.entries(members).flatMap(([level, list]) =>
      list.map(({ code, label }) => ({ level, code, label: label.da })),
    ),
  };
}

const read = (file: string): Member[] =>
  (parse(readFileSync(file, 'utf8')) as { readonly members: Member[] }).members;

function parentOf(member: Member | undefined, level: string, date: string): string | undefined {
  const parent = member?.parents?.[level];
  if (parent === undefined || typeof parent === 'string') return parent;
  return parent.find(({ valid_from = '', valid_to = '9999' }) => valid_from <= date && date <= valid_to)
    ?.code;
}
