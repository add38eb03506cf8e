import { canonicalJson } from '../catalog/canonicalJson.ts';
import { sha256 } from '../catalog/hash.ts';
import type { Source } from '../model/types.ts';
import type { CodeLists } from './codeLookup.ts';

/**
 * SHA-256 over everything that a delivery is judged by: the contract, and the code lists of its columns. A
 * delivery that was refused for a code is worth another look once the code is in its list.
 */
export function rulesOf(source: Source, { classifications }: CodeLists): string {
  const lists = source.columns.flatMap((column) =>
    column.kind !== 'code'
      ? []
      : column.levels.map((level) => {
          const { codeLength = null, members = [] } = classifications[level] ?? {};
          const judged = members.map(({ code, label, aliases, validFrom, validTo, expected }) => ({
            code,
            aliases,
            validFrom,
            validTo,
            expected,
            ...(column.match === 'name' ? { label } : {}),
          }));
          return { level, codeLength, judged };
        }),
  );
  return sha256(canonicalJson({ contract: source.contract, lists }));
}

/** The rules of several contracts, whatever their order. */
export const rulesOfAll = (sources: readonly Source[], lists: CodeLists): string =>
  sha256(canonicalJson(sources.map((source) => [source.id, rulesOf(source, lists)]).sort()));
