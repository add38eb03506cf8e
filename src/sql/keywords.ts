/**
 * Words that some engine reads as its own where a name may stand. Quoting one name too many does no
 * harm; the test quotes and runs every word of DuckDB's own list.
 */
export const keywords: ReadonlySet<string> = new Set(
  `all analyse analyze and anti any array as asc ascending asof asymmetric at authorization between bigint
  binary bit boolean both by case cast char character check coalesce collate collation column columns
  concurrently constraint create cross cube current_date current_time current_timestamp current_user date
  dec decimal default deferrable desc descending describe distinct div do else end except exists extract
  false fetch final float for foreign format freeze from full generated glob global grant group grouping
  grouping_id having ilike in inf infinity initially inner inout int integer intersect interval into is
  isnull join lambda lateral leading left like limit localtime localtimestamp map mod nan national natural
  nchar none not notnull null nullif nulls numeric offset on only or order out outer overlaps overlay
  pivot pivot_longer pivot_wider placing position positional precision prewhere primary qualify real
  references returning right rollup row sample select semi session_user set setof settings show similar
  smallint some struct substring summarize symmetric table tablesample then time timestamp to totals
  trailing treat trim true try_cast union unique unpack unpivot user using values varchar variadic verbose
  view when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces
  xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
);
