import type { Diagnostic, Severity, Span, TablePlace } from './diagnostic.ts';

/**
 * Every code that the product can say, with its severity and what it means in general.
 * `docs/diagnostics.md` is printed from this table, and a test asks for a case per code.
 */
export const codes = {
  // --- YAML and records -------------------------------------------------------------------------
  'yaml-syntax': { severity: 'error', meaning: 'The file is not well-formed YAML 1.2.' },
  'empty-file': { severity: 'error', meaning: 'The file holds no definition.' },
  'file-too-large': { severity: 'error', meaning: 'The file is larger than a definition can be (4 MiB).' },
  'nesting-too-deep': {
    severity: 'error',
    meaning: 'Lists and mappings stand more than 100 deep in each other.',
  },
  'several-documents': {
    severity: 'error',
    meaning: 'A file holds one definition; this one holds several YAML documents.',
  },
  'directive-not-allowed': {
    severity: 'error',
    meaning: 'Definitions have no YAML directives (%YAML, %TAG).',
  },
  'anchor-not-allowed': {
    severity: 'error',
    meaning: 'Definitions have no anchors (&name): what is meant is written where it is meant.',
  },
  'alias-not-allowed': {
    severity: 'error',
    meaning: 'Definitions have no aliases (*name): what is meant is written where it is meant.',
  },
  'merge-key-not-allowed': {
    severity: 'error',
    meaning: 'Definitions have no merge keys (<<): what is meant is written where it is meant.',
  },
  'tag-not-allowed': {
    severity: 'error',
    meaning: 'Definitions have no tags (!name): the schema says what a value is.',
  },
  'duplicate-key': { severity: 'error', meaning: 'The same key stands twice in one mapping.' },
  'key-not-text': { severity: 'error', meaning: 'A key is not text: a number, a list or nothing.' },
  'unknown-kind': { severity: 'error', meaning: 'The first key does not name a kind of definition.' },
  'unknown-key': { severity: 'error', meaning: 'A key that this kind of definition does not have.' },
  'missing-key': { severity: 'error', meaning: 'A key that this kind of definition must have is not there.' },
  'wrong-type': { severity: 'error', meaning: 'A value is of another type than its key asks for.' },
  'invalid-value': {
    severity: 'error',
    meaning: 'A value is of the right type, but not one that its key allows.',
  },
  'unquoted-code': {
    severity: 'error',
    meaning: 'A code stands without quotes, and YAML reads it as something else than text.',
  },
  'duplicate-definition': { severity: 'error', meaning: 'Two files define the same thing.' },
  // --- formulas ---------------------------------------------------------------------------------
  'formula-empty': { severity: 'error', meaning: 'A formula holds nothing.' },
  'formula-too-long': {
    severity: 'error',
    meaning:
      'A formula has more than 10,000 characters, 1,000 operators, or 1,000 parts with other KPIs put in.',
  },
  'formula-too-deep': { severity: 'error', meaning: 'A formula is nested more than 100 deep.' },
  'formula-character': { severity: 'error', meaning: 'A character has no place in a formula.' },
  'formula-number': {
    severity: 'error',
    meaning: 'Something that begins like a number is none: 0101, 1e3, 2026M07.',
  },
  'formula-number-ambiguous': {
    severity: 'error',
    meaning: 'A number could be read with the dot as decimal mark or between thousands: 1.500.',
  },
  'formula-quotes': { severity: 'error', meaning: 'A text stands between single quotes.' },
  'formula-text-unclosed': { severity: 'error', meaning: 'A text in a formula has no closing quote.' },
  'formula-text-escape': {
    severity: 'error',
    meaning: 'A text in a formula holds a backslash with an unknown character after it.',
  },
  'formula-implicit-multiplication': {
    severity: 'error',
    meaning: 'Two operands stand side by side with no operator between them.',
  },
  'formula-operand-missing': {
    severity: 'error',
    meaning: 'An operator, a comma or a bracket has nothing where an operand belongs.',
  },
  'formula-brackets': { severity: 'error', meaning: 'A bracket has no partner.' },
  'formula-comma': { severity: 'error', meaning: 'A comma stands outside of arguments and lists.' },
  'formula-assignment': { severity: 'error', meaning: 'A single "=" stands in a formula.' },
  'formula-block': { severity: 'error', meaning: 'A ";" stands in a formula, which is one expression.' },
  'formula-range': { severity: 'error', meaning: 'A ":" stands in a formula.' },
  'formula-object': { severity: 'error', meaning: 'Braces stand in a formula.' },
  'formula-index': { severity: 'error', meaning: 'Square brackets stand after an operand.' },
  'formula-call': { severity: 'error', meaning: 'A name with dots is called like a function.' },
  'formula-power': { severity: 'error', meaning: 'A power stands in a formula.' },
  'formula-percent': { severity: 'error', meaning: 'A percent sign stands in a formula.' },
  'formula-factorial': { severity: 'error', meaning: 'A "!" stands in a formula.' },
  'formula-plus': {
    severity: 'error',
    meaning: 'A plus stands before an operand, with nothing to add it to.',
  },
  'formula-bitwise': { severity: 'error', meaning: 'A bitwise operator stands in a formula.' },
  'formula-logic-sign': {
    severity: 'error',
    meaning: 'A logical operator is written as a sign: &&, ||, &, |.',
  },
  'formula-conditional': { severity: 'error', meaning: 'A choice with "?" stands in a formula.' },
  'formula-conversion': { severity: 'error', meaning: 'A unit conversion ("to") stands in a formula.' },
  'formula-unknown-operator': { severity: 'error', meaning: 'There is no such operator: ===, <>, mod, xor.' },
  'formula-reserved-word': {
    severity: 'error',
    meaning: 'A word that the parser keeps for itself is used as a name: true, null, NaN.',
  },
  'formula-chained-comparison': { severity: 'error', meaning: 'Comparisons are chained: a < b < c.' },
  'formula-not-place': { severity: 'error', meaning: 'A "not" stands elsewhere than before a condition.' },
  'formula-in-list': {
    severity: 'error',
    meaning: 'After "in" stands something else than a list in square brackets.',
  },
  'formula-in-operand': {
    severity: 'error',
    meaning: 'What stands before "in" needs round brackets, or a list stands before an operator.',
  },
  'formula-list-place': { severity: 'error', meaning: 'A list stands elsewhere than after "in".' },
  'formula-list-empty': { severity: 'error', meaning: 'A list is empty.' },
  'formula-list-element': {
    severity: 'error',
    meaning: 'A list holds something else than texts and numbers.',
  },
  // --- model ------------------------------------------------------------------------------------
  'empty-validity': { severity: 'error', meaning: 'Something ends before it begins.' },
  'overlapping-validity': {
    severity: 'error',
    meaning: 'Two things that exclude each other hold on the same day.',
  },
  'reserved-code': { severity: 'error', meaning: 'A code or name that the program itself uses.' },
  'ambiguous-alias': { severity: 'error', meaning: 'One alias stands for two members.' },
  'ambiguous-name': { severity: 'error', meaning: 'A name alone stands for several things.' },
  'leaf-differs': { severity: 'error', meaning: 'Hierarchies of one dimension start at different levels.' },
  'unknown-level': { severity: 'error', meaning: 'There is no level of that name.' },
  'unknown-code': { severity: 'error', meaning: 'A code is in no list where it must be.' },
  'empty-code-range': { severity: 'error', meaning: 'A range over codes holds of no code, so of no row.' },
  'unknown-dimension': { severity: 'error', meaning: 'There is no dimension of that name.' },
  'unknown-source': { severity: 'error', meaning: 'There is no source of that name.' },
  'unknown-column': { severity: 'error', meaning: 'There is no column of that name.' },
  'unknown-measure': { severity: 'error', meaning: 'There is no measure of that name.' },
  'unknown-kpi': { severity: 'error', meaning: 'There is no KPI of that name.' },
  'unknown-function': { severity: 'error', meaning: 'There is no function of that name.' },
  'bad-argument': {
    severity: 'error',
    meaning: 'A function is called with too many or too few arguments, or with one that it does not take.',
  },
  'rows-step': { severity: 'error', meaning: 'A step of rows does not say one thing that can be done.' },
  'rows-cycle': { severity: 'error', meaning: 'Rows are made of themselves.' },
  'rows-period': {
    severity: 'error',
    meaning: 'Rows do not end with one period column, so nobody knows when they are.',
  },
  'role-ambiguous': {
    severity: 'error',
    meaning: 'A source has several columns of a dimension, and a measure does not say which is meant.',
  },
  'unknown-role': { severity: 'error', meaning: 'There is no column of that role.' },
  'unknown-unit': { severity: 'error', meaning: 'There is no unit of that name.' },
  'period-column': {
    severity: 'error',
    meaning: 'A source has exactly one period column, taken from the file or constant.',
  },
  'delivered-by': {
    severity: 'error',
    meaning: 'A source does not say, or says wrongly, whose rows tell what absence means.',
  },
  'bad-period': { severity: 'error', meaning: 'A text is not a period, or not one of the right kind.' },
  'finest-level': {
    severity: 'error',
    meaning: 'The first level of a code column is not the finest of its dimension.',
  },
  'no-parents': {
    severity: 'error',
    meaning: 'No member of a level has a parent at the next level of its hierarchy.',
  },
  'parent-not-valid': {
    severity: 'error',
    meaning: 'A member belongs to a parent on a day on which the parent does not hold.',
  },
  'group-without-members': {
    severity: 'error',
    meaning: 'A level of groups has a member that does not say of what it is (of:).',
  },
  'successor-without-end': {
    severity: 'error',
    meaning: 'A member has successors but no last day, so no one knows from when they are.',
  },
  'successor-not-valid': {
    severity: 'error',
    meaning: 'A successor does not hold on the day after the member that it follows.',
  },
  'weights-not-one': {
    severity: 'error',
    meaning: 'The weights of the successors of a member do not make 1, so figures would be lost or made.',
  },
  'split-without-basis': {
    severity: 'error',
    meaning: 'A member is split between several, and nothing says what the weights are made of.',
  },
  'successors-missing': {
    severity: 'error',
    meaning: 'A member became something else, but it is not said what; only a broken one may leave that out.',
  },
  'named-twice': { severity: 'error', meaning: 'A definition names the same thing twice.' },
  'condition-divides': {
    severity: 'error',
    meaning: 'A condition divides, which engines do not do alike.',
  },
  'formula-without-measure': { severity: 'error', meaning: 'The formula of a KPI uses no measure.' },
  'aggregate-missing': { severity: 'error', meaning: 'A measure does not say how it aggregates.' },
  'aggregate-twice': { severity: 'error', meaning: 'A measure aggregates in two ways.' },
  'type-mismatch': { severity: 'error', meaning: 'Text stands where a number must, or the other way round.' },
  'no-source-total': {
    severity: 'error',
    meaning: "A rule asks for the source's own total, and the source gives none.",
  },
  'weight-impossible': { severity: 'error', meaning: 'A measure cannot be the weight of another.' },
  'percent-point': {
    severity: 'error',
    meaning: 'Percent stands where percentage points are meant, or the other way round.',
  },
  'over-time-impossible': {
    severity: 'error',
    meaning: 'An aggregate cannot be brought over time by the rule that is written.',
  },
  'alignment-impossible': {
    severity: 'error',
    meaning: 'A yearly alignment of a source that is not yearly.',
  },
  'unit-mismatch': { severity: 'error', meaning: 'Units do not fit together.' },
  'scale-in-formula': {
    severity: 'error',
    meaning: 'A power of ten in a formula does what the unit does already.',
  },
  'coverage-without-skip': {
    severity: 'error',
    meaning: 'A coverage threshold where nothing may be skipped.',
  },
  'coverage-missing': { severity: 'error', meaning: 'Parts may be skipped, but not said how many.' },
  'skip-needs-one-measure': {
    severity: 'error',
    meaning: 'Parts would be skipped in one operand of a formula only: the operands have no parts in common.',
  },
  'unused-measure': { severity: 'warning', meaning: 'No formula uses the measure.' },
  'cyclic-formula': { severity: 'error', meaning: 'A formula comes back to itself.' },
  'formula-not-a-number': { severity: 'error', meaning: 'The formula of a KPI does not give a number.' },
  'not-in-cube': { severity: 'error', meaning: 'The cube does not hold what is asked of it.' },
  'unknown-reconciliation': {
    severity: 'error',
    meaning: 'A gate names a reconciliation that the cube does not have.',
  },
  'gate-without-limit': {
    severity: 'error',
    meaning: 'A gate has no limit, or limits between which nothing lies.',
  },
  'release-without-date': { severity: 'error', meaning: 'A release calendar says no date.' },
  'grain-cannot-answer': {
    severity: 'error',
    meaning: 'A cube leaves out a dimension that a KPI cannot be added over.',
  },
  // --- prices -----------------------------------------------------------------------------------
  'unknown-prices': { severity: 'error', meaning: 'There are no prices of that name.' },
  'unknown-price-type': { severity: 'error', meaning: 'Prices have no type of expenditure of that name.' },
  'unknown-price-edition': { severity: 'error', meaning: 'Prices have no edition of that name.' },
  'prices-not-named': { severity: 'error', meaning: 'A formula reads prices that its KPI does not name.' },
  'nothing-priced': {
    severity: 'error',
    meaning:
      'Nothing in the prices of a year is an amount, or an amount does not add, or is in prices already.',
  },
  'rate-missing': { severity: 'error', meaning: 'A year between an amount and its prices has no rate.' },
  'prices-gap': { severity: 'error', meaning: 'Rates leave out a year between two others.' },
  'rate-not-exact': {
    severity: 'error',
    meaning: 'A rate is minus 100 pct. or less, or has more than six decimals.',
  },
  'rate-without-source': {
    severity: 'error',
    meaning: 'A rate says neither where it comes from nor that it is made up.',
  },
  // --- life cycle of definitions -------------------------------------------------------------------
  'approved-changed': {
    severity: 'error',
    meaning: 'A definition that was approved does not say the same any more: it gets a new version instead.',
  },
  'approved-removed': { severity: 'error', meaning: 'A definition that was approved is not there any more.' },
  'approval-missing': {
    severity: 'warning',
    meaning: 'A definition says that it is approved, and no approval of it is recorded.',
  },
  'approval-damaged': {
    severity: 'error',
    meaning: 'A file of approvals is not what `flis approve` writes.',
  },
  'retired-without-reason': {
    severity: 'error',
    meaning: 'A retired definition names neither a successor nor a reason.',
  },
  'not-to-approve': { severity: 'error', meaning: 'A definition cannot be approved: it is retired.' },
  'already-there': {
    severity: 'error',
    meaning: 'What is to be written is there already; nothing is written over.',
  },
  'nothing-to-try': {
    severity: 'error',
    meaning: 'A KPI cannot be tried: nothing was delivered, and nothing can be made up.',
  },
  'bad-record': { severity: 'error', meaning: 'A file holds no FLIS record, or not the one that is meant.' },
  // --- accounts ---------------------------------------------------------------------------------
  'unknown-selection': { severity: 'error', meaning: 'There is no selection of that name.' },
  'cyclic-selection': { severity: 'error', meaning: 'A selection comes back to itself.' },
  'rules-or-lists': {
    severity: 'error',
    meaning: 'A selection has neither rules nor lists of rules by year, or both.',
  },
  'rule-says-nothing': {
    severity: 'error',
    meaning: 'A rule of a selection names no codes, no selection and no exception.',
  },
  'empty-range': { severity: 'error', meaning: 'A range or beginning of codes holds no code of its list.' },
  'rule-selects-nothing': {
    severity: 'error',
    meaning: 'A rule of a selection selects no combination of codes.',
  },
  'dead-exception': {
    severity: 'warning',
    meaning: 'An exception takes nothing out of its rule that was still in it.',
  },
  'overlapping-rules': {
    severity: 'warning',
    meaning: 'Two rules of a selection select the same combination of codes; it counts once.',
  },
  'side-not-defined': {
    severity: 'error',
    meaning: 'A selection is of a side of the accounts that no selection defines.',
  },
  'side-defined-twice': {
    severity: 'error',
    meaning: 'Two selections define the same side of the accounts.',
  },
  'side-of-a-side': { severity: 'error', meaning: 'A selection that defines a side is of a side itself.' },
  'selection-gap': {
    severity: 'error',
    meaning: 'A selection has no list for a year in which it is used.',
  },
  'accounts-column': {
    severity: 'error',
    meaning: 'A source has no column, or several, for a dimension that a selection selects by.',
  },
  'sign-without-amount': {
    severity: 'error',
    meaning: 'A selection turns amounts around, and the measure has none that could be.',
  },
  'parts-overlap': { severity: 'error', meaning: 'Two parts of a partition select the same account.' },
  'parts-leave-out': {
    severity: 'error',
    meaning: 'No part of a partition selects an account that is parted.',
  },
  'parts-reach-outside': {
    severity: 'error',
    meaning: 'A part of a partition selects an account that is not parted.',
  },
  // --- catalogue ---------------------------------------------------------------------------------
  'object-damaged': {
    severity: 'error',
    meaning: 'A file of the store does not hash to its name; nothing is read from it.',
  },
  'totals-differ': {
    severity: 'error',
    meaning: 'A file of an edition does not add up to the control total that its manifest gives.',
  },
  'store-busy': {
    severity: 'error',
    meaning: 'Somebody writes to the store, so nothing is removed from it.',
  },
  'object-missing': { severity: 'error', meaning: 'A file that a manifest names is not in the store.' },
  'manifest-damaged': {
    severity: 'error',
    meaning: 'A manifest is missing among its numbers, or is not what it should be.',
  },
  'chain-broken': { severity: 'error', meaning: 'A manifest does not follow the one that lies before it.' },
  'not-signed': {
    severity: 'error',
    meaning: 'A record of the store has no signature, so nobody vouches for it.',
  },
  'unknown-signer': {
    severity: 'error',
    meaning: 'A record is signed with a key that the trust root does not know.',
  },
  'signature-invalid': {
    severity: 'error',
    meaning: 'A signature does not fit what it stands on: that was changed, or signed as something else.',
  },
  'key-out-of-use': {
    severity: 'error',
    meaning: 'A record is signed with a key that was revoked or replaced before, and does not vouch for it.',
  },
  'misplaced-record': {
    severity: 'error',
    meaning: 'A signed record lies where one of another cube or number should.',
  },
  'claim-missing': {
    severity: 'error',
    meaning: 'Nobody says which edition of a cube is the newest: newest.json is not there.',
  },
  'claim-expired': {
    severity: 'error',
    meaning: 'What was said to be the newest edition was said too long ago.',
  },
  'claim-ahead': {
    severity: 'error',
    meaning: 'What is the newest edition was said at a time that is still to come: a clock stands wrong.',
  },
  'rolled-back': {
    severity: 'error',
    meaning: 'The store holds less, or something else, than this reader has seen in it before.',
  },
  'editions-mixed': {
    severity: 'error',
    meaning: 'Records of a cube that lie together were never published together.',
  },
  'memory-damaged': {
    severity: 'error',
    meaning: 'The file that says what this reader has seen before cannot be read.',
  },
  'not-remembered': {
    severity: 'info',
    meaning: 'What was seen could not be written down, so that less could be shown later and not be noticed.',
  },
  'no-trust-root': {
    severity: 'error',
    meaning: 'There is no trust.json, which says whose signatures count.',
  },
  'trust-root-damaged': { severity: 'error', meaning: 'The trust root, trust.json, cannot be read.' },
  'no-signing-key': {
    severity: 'error',
    meaning: 'The workspace has no private key that it may sign with.',
  },
  'no-such-key': { severity: 'error', meaning: 'The trust root has no key of that name.' },
  'bad-key-name': {
    severity: 'error',
    meaning: 'The name of a new key is taken, or cannot be the name of a file.',
  },
  'key-ends-soon': {
    severity: 'warning',
    meaning: 'The key that signs will end within 60 days.',
  },
  'key-readable': {
    severity: 'warning',
    meaning: 'Others than its owner may read a private key.',
  },
  'edition-retracted': {
    severity: 'warning',
    meaning: 'The edition that was asked for was taken back, or a newer one was.',
  },
  'already-retracted': { severity: 'error', meaning: 'The edition was taken back before.' },
  'edition-too-new': {
    severity: 'error',
    meaning: 'An edition was published by a newer program, and this one does not know all that it says.',
  },
  'unknown-edition': { severity: 'error', meaning: 'There is no edition of that id or number.' },
  'no-visible-edition': {
    severity: 'error',
    meaning: 'At the time asked for nothing was published yet, or all of it is taken back or held back.',
  },
  'not-of-the-past': {
    severity: 'error',
    meaning: 'A question about several editions at once asks for what only one edition has.',
  },
  'edition-embargoed': {
    severity: 'error',
    meaning: 'An edition is held back until a time that has not come.',
  },
  'query-cancelled': {
    severity: 'error',
    meaning: 'Whoever asked a service took the question back, or the service or the cube was closed.',
  },
  'query-too-large': {
    severity: 'error',
    meaning: 'An answer has more cells, or needs more bytes of them in memory, than a service allows.',
  },
  'query-too-slow': {
    severity: 'error',
    meaning: 'An answer took longer than a service allows.',
  },
  'gate-blocked': {
    severity: 'error',
    meaning: 'A gate keeps a cube from being published; the edition before it stays the newest.',
  },
  'gate-not-blocked': {
    severity: 'error',
    meaning: 'What is approved does not stand in the way of an edition.',
  },
  // --- deliveries --------------------------------------------------------------------------------
  'no-receipt': {
    severity: 'warning',
    meaning: 'A delivery has no receipt beside it, so that nobody knows when it came.',
  },
  'receipt-without-file': { severity: 'warning', meaning: 'A receipt stands beside no delivery.' },
  'bad-receipt': {
    severity: 'error',
    meaning: 'The receipt beside a delivery cannot be understood, so the delivery has no place in time.',
  },
  'unknown-delivery': { severity: 'error', meaning: 'No source contract fits the file.' },
  'contract-not-met': {
    severity: 'warning',
    meaning: 'The file has the name of a contract, but not its columns.',
  },
  'extra-columns': {
    severity: 'info',
    meaning: 'The file has columns that no contract knows; they are left alone.',
  },
  'unclaimed-rows': { severity: 'warning', meaning: 'Rows of the file belong to no source contract.' },
  'rows-claimed-twice': { severity: 'error', meaning: 'Two source contracts claim the same row.' },
  'no-rows-claimed': {
    severity: 'warning',
    meaning: 'A contract fits the file, but no row of it is its own.',
  },
  'late-receipt': {
    severity: 'warning',
    meaning: 'The delivery was received before one that is recorded already.',
  },
  'file-changed': { severity: 'error', meaning: 'A delivery changed while it was read.' },
  'not-a-table': {
    severity: 'error',
    meaning: 'The file is not of the format that its contract says: a workbook, an archive, binary data.',
  },
  'wrong-encoding': { severity: 'error', meaning: 'The file is not in the encoding that its contract says.' },
  'wrong-delimiter': {
    severity: 'error',
    meaning: 'The columns are divided by another character than the contract says.',
  },
  'csv-syntax': { severity: 'error', meaning: 'Quotes in the file do not pair up.' },
  'empty-delivery': { severity: 'error', meaning: 'The file has no rows.' },
  'duplicate-column': { severity: 'error', meaning: 'Two columns of the file have the same name.' },
  'row-shape': { severity: 'error', meaning: 'A row has more or fewer fields than the header.' },
  'bad-number': { severity: 'error', meaning: 'A value is not a number.' },
  'decimal-comma': {
    severity: 'error',
    meaning: 'A number has a decimal comma where the contract says point.',
  },
  'decimal-point': {
    severity: 'error',
    meaning: 'A number has a decimal point where the contract says comma.',
  },
  'thousands-separator': { severity: 'error', meaning: 'A number has separators between its thousands.' },
  'too-many-decimals': { severity: 'error', meaning: 'A number has more decimals than its column keeps.' },
  'number-too-large': { severity: 'error', meaning: 'A number has more digits than can be kept exactly.' },
  'out-of-range': { severity: 'error', meaning: 'A number is outside the limits of its column.' },
  'empty-value': {
    severity: 'error',
    meaning: 'A value is empty, and the contract does not say what that means.',
  },
  'bad-date': { severity: 'error', meaning: 'A value is not a date or a time as ISO writes them.' },
  'bad-key': { severity: 'error', meaning: 'An identifier is not written as its contract says.' },
  'unmapped-code': { severity: 'warning', meaning: 'A code is in no list and counts as the unknown member.' },
  'member-not-valid': {
    severity: 'warning',
    meaning: 'A code is used in a period in which it does not hold.',
  },
  'value-not-allowed': {
    severity: 'error',
    meaning: 'A text is not one of the values that its column allows.',
  },
  'key-not-unique': {
    severity: 'error',
    meaning: 'Rows are looked up by a key that several rows have, so nobody knows which is meant.',
  },
  'duplicate-row': {
    severity: 'error',
    meaning: 'Two rows have the same key; none of them is taken, since nobody knows which is right.',
  },
  'looks-like-cpr': {
    severity: 'error',
    meaning: 'A value looks like a civil registration number, which never enters this program.',
  },
  'too-many-refused': {
    severity: 'error',
    meaning: 'More than half of the rows of a source were refused, so nothing of it is taken.',
  },
  'members-missing': {
    severity: 'warning',
    meaning: 'Members that the contract expects are in no row of the delivery.',
  },
  // --- requests ---------------------------------------------------------------------------------
  'no-such-file': { severity: 'error', meaning: 'A file that is named is not there.' },
  'bad-time': { severity: 'error', meaning: 'A text is not a time.' },
  'unknown-shape': { severity: 'error', meaning: 'There is no delivery of that shape to make up.' },
  'unknown-dialect': { severity: 'error', meaning: 'There is no SQL dialect of that name.' },
  'nothing-asked': {
    severity: 'error',
    meaning: 'A request names no KPI, or asks of members what only figures have.',
  },
  'asked-twice': { severity: 'error', meaning: 'A request names the same thing twice.' },
  'not-sliceable': {
    severity: 'error',
    meaning: 'A figure cannot be cut by a dimension that its source does not have.',
  },
  'group-in-filter': {
    severity: 'error',
    meaning: 'A filter by groups would count what is in several of them several times, so it is refused.',
  },
  'does-not-map': {
    severity: 'error',
    meaning:
      'A figure that is no sum cannot follow members that were merged or split since; as-was it is given.',
  },
  'does-not-add': {
    severity: 'error',
    meaning: 'A figure does not add over a dimension or over time, and nothing else can answer.',
  },
  'time-in-filter': { severity: 'error', meaning: 'Time is asked for by period, not in a filter.' },
  'filter-mixes-dimensions': {
    severity: 'error',
    meaning: 'One condition of a filter is about several dimensions.',
  },
  'not-a-condition': {
    severity: 'error',
    meaning: 'A filter of a ledger says something else than which codes levels have.',
  },
  'bad-hierarchy': { severity: 'error', meaning: 'A hierarchy is as-is, as-was or a date.' },
  'period-finer-than-level': {
    severity: 'error',
    meaning: 'The period asked for does not hold whole periods of the level asked for.',
  },
  'window-does-not-fit': {
    severity: 'error',
    meaning:
      'A function over time does not fit the periods that are asked for: one month back, asked by quarter.',
  },
  'frequency-too-coarse': {
    severity: 'error',
    meaning: 'A figure is asked for by a finer time than its source has.',
  },
  'bad-top': { severity: 'error', meaning: 'The number of rows is not a whole number from 1.' },
  'unknown-cube': { severity: 'error', meaning: 'There is no cube of that name.' },
} as const satisfies Record<string, { severity: Severity; meaning: string }>;

export type DiagnosticCode = keyof typeof codes;

/** Makes a diagnostic with the severity that the table gives its code. */
export function diagnostic(
  code: DiagnosticCode,
  message: string,
  at: { span?: Span; place?: TablePlace; hint?: string } = {},
): Diagnostic {
  return { code, severity: codes[code].severity, message, ...at };
}
