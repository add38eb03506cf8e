/** What the catalogue says in its two languages. */
export const words = {
  catalogue: { da: 'Nøgletalskatalog', en: 'Catalogue of key figures' },
  search: { da: 'Søg i navne, id’er og definitioner', en: 'Search names, ids and definitions' },
  count: { da: 'nøgletal', en: 'key figures' },
  nothing: { da: 'Intet nøgletal svarer til det.', en: 'No key figure matches.' },
  all: { da: 'Alle nøgletal', en: 'All key figures' },
  definition: { da: 'Definition', en: 'Definition' },
  formula: { da: 'Formel', en: 'Formula' },
  components: { da: 'Komponenter', en: 'Components' },
  facts: { da: 'Fakta', en: 'Facts' },
  unit: { da: 'Enhed', en: 'Unit' },
  decimals: { da: 'Decimaler', en: 'Decimals' },
  direction: { da: 'Retning', en: 'Direction' },
  missing: { da: 'Når noget mangler', en: 'When something is missing' },
  valid: { da: 'Gælder', en: 'In force' },
  owner: { da: 'Ejer', en: 'Owner' },
  legal: { da: 'Hjemmel', en: 'Legal basis' },
  flisId: { da: 'NøgletalID i FLIS', en: 'NøgletalID in FLIS' },
  sources: { da: 'Kilder', en: 'Sources' },
  supplier: { da: 'Leverandør', en: 'Supplier' },
  frequency: { da: 'Frekvens', en: 'Frequency' },
  origin: { da: 'Oprindelse', en: 'Origin' },
  dimensions: { da: 'Dimensioner', en: 'Dimensions' },
  roles: { da: 'Kommunerolle', en: 'Role of the municipality' },
  levels: { da: 'Niveauer', en: 'Levels' },
  lineage: { da: 'Hvor tallet kommer fra', en: 'Where the figure comes from' },
  history: { da: 'Versioner', en: 'Versions' },
  version: { da: 'Version', en: 'Version' },
  status: { da: 'Status', en: 'Status' },
  approved: { da: 'Godkendt', en: 'Approved' },
  file: { da: 'Fil', en: 'File' },
  successor: { da: 'Afløst af', en: 'Succeeded by' },
  reason: { da: 'Begrundelse', en: 'Reason' },
  breaks: { da: 'Databrud', en: 'Breaks in series' },
  note: { da: 'Bemærk', en: 'Note' },
  cubes: { da: 'Kuber', en: 'Cubes' },
  usedBy: { da: 'Indgår i', en: 'Used by' },
  record: { da: 'FLIS-posten', en: 'The FLIS record' },
  source: { da: 'Kilde', en: 'Source' },
  rows: { da: 'Rækker', en: 'Rows' },
  measure: { da: 'Komponent', en: 'Component' },
  kpi: { da: 'Nøgletal', en: 'Key figure' },
  cube: { da: 'Kube', en: 'Cube' },
  draft: {
    da: 'Udkast: definitionen er ikke bekræftet, og tallet er ikke i kraft.',
    en: 'Draft: the definition is not confirmed, and the figure is not in force.',
  },
  hearing: {
    da: 'I høring: definitionen kan stadig ændres.',
    en: 'In hearing: the definition may still change.',
  },
  retired: { da: 'Udgået: tallet opgøres ikke længere.', en: 'Retired: the figure is no longer computed.' },
} as const;

export const statusWords = {
  draft: { da: 'udkast', en: 'draft' },
  hearing: { da: 'høring', en: 'hearing' },
  approved: { da: 'godkendt', en: 'approved' },
  retired: { da: 'udgået', en: 'retired' },
} as const;

export const directionWords = {
  higher_is_better: { da: 'højere er bedre', en: 'higher is better' },
  lower_is_better: { da: 'lavere er bedre', en: 'lower is better' },
  neutral: { da: 'hverken højere eller lavere er bedre', en: 'neither higher nor lower is better' },
} as const;

export const partsWords = {
  require_all: {
    da: 'alle dele af en total skal være leveret',
    en: 'all parts of a total must have been delivered',
  },
  skip: { da: 'manglende dele springes over', en: 'missing parts are left out' },
  as_zero: { da: 'manglende dele er 0', en: 'missing parts are 0' },
} as const;

export const operandWords = {
  require_all: {
    da: 'mangler et led i formlen, er der intet tal',
    en: 'without one operand of the formula there is no figure',
  },
  as_zero: { da: 'et manglende led i formlen er 0', en: 'a missing operand of the formula is 0' },
} as const;

/** Keys of a measure that have a better name; others are shown as they are written. */
export const measureWords: Readonly<Record<string, { readonly da: string; readonly en: string }>> = {
  source: { da: 'kilde', en: 'source' },
  sum: { da: 'sum af', en: 'sum of' },
  count: { da: 'antal', en: 'count of' },
  min: { da: 'mindste', en: 'least' },
  max: { da: 'største', en: 'greatest' },
  mean: { da: 'gennemsnit af', en: 'mean of' },
  variance: { da: 'varians af', en: 'variance of' },
  distinct: { da: 'antal forskellige', en: 'distinct' },
  median: { da: 'median af', en: 'median of' },
  quantile: { da: 'fraktil af', en: 'quantile of' },
  first: { da: 'første', en: 'first' },
  last: { da: 'sidste', en: 'last' },
  where: { da: 'kun rækker hvor', en: 'rows where' },
  unit: { da: 'enhed', en: 'unit' },
  over: { da: 'over dimensioner', en: 'over dimensions' },
  over_time: { da: 'over tid', en: 'over time' },
  period: { da: 'periode', en: 'period' },
  role: { da: 'kommunerolle', en: 'role' },
  accounts: { da: 'konti', en: 'accounts' },
  reason: { da: 'hvorfor', en: 'why' },
};

export const frequencyWords: Readonly<Record<string, { readonly da: string; readonly en: string }>> = {
  D: { da: 'daglig', en: 'daily' },
  U: { da: 'ugentlig', en: 'weekly' },
  M: { da: 'månedlig', en: 'monthly' },
  K: { da: 'kvartalsvis', en: 'quarterly' },
  Å: { da: 'årlig', en: 'yearly' },
  Å_Primo: { da: 'årlig, 1. januar', en: 'yearly, 1 January' },
};
