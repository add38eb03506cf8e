import { Document, isMap, isScalar, type Scalar, visit, type YAMLMap } from 'yaml';
import type { KpiRecord } from './schema.ts';

/** Keys in the order that people read them in; others follow as they come. */
const order: readonly (keyof KpiRecord)[] = [
  'kpi',
  'version',
  'status',
  'valid_from',
  'valid_to',
  'successor',
  'reason',
  'flis_id',
  'label',
  'definition',
  'unit',
  'decimals',
  'direction',
  'formula',
  'missing',
  'measures',
  'breaks',
  'owner',
  'legal_basis',
  'note',
  'flis_record',
];

/** Words that stand without quotes and are text in every YAML reader there is. */
const plainWord = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[a-zæøå][a-zæøå0-9_.]*$/i;
/** What has a mapping or a list in it takes a line each; short ones stand on one line. */
const widest = 100;

/** A KPI as a file that reads back as the same record. */
export function writeKpi(record: KpiRecord): string {
  const keys = Object.keys(record) as (keyof KpiRecord)[];
  const sorted = [
    ...order.filter((key) => keys.includes(key)),
    ...keys.filter((key) => !order.includes(key)),
  ];
  const fields = sorted.filter((key) => record[key] !== undefined).map((key) => [key, record[key]]);
  const document = new Document(Object.fromEntries(fields), { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === 'string') node.type = plainWord.test(node.value) ? 'PLAIN' : 'QUOTE_DOUBLE';
    },
    Map: (_key, node, path) => {
      if (path.length > 1 && fitsOneLine(node)) node.flow = true;
    },
  });
  // Unfolded, so that the place of a word in a formula is its place in the file.
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true });
  return `# yaml-language-server: $schema=../schema/kpi.json\n${text}`;
}

/** A mapping of single values that is short enough. */
function fitsOneLine(node: YAMLMap): boolean {
  const isFlat = node.items.every(({ value }) => isScalar(value) || (isMap(value) && fitsOneLine(value)));
  return isFlat && lengthOf(node) <= widest;
}

const lengthOf = (node: YAMLMap): number =>
  node.items.reduce(
    (sum, { key, value }) =>
      sum +
      String((key as Scalar).value).length +
      (isMap(value) ? lengthOf(value) : String((value as Scalar).value).length) +
      6,
    0,
  );
