import { type LedgerReport, memberLabel } from '../../ledger/report.ts';
import type { Counts } from '../../ledger/summary.ts';
import type { DeliveryCause, Entry, JointCause, LedgerEdition } from '../../ledger/types.ts';
import { causeLabel, changeWords } from '../../ledger/words.ts';
import { compare, isZero, zero } from '../../model/rational.ts';
import { type Status, statuses } from '../../model/status.ts';
import { isRevised, movesOf, type Triangle, type TriangleRow } from '../../serve/triangle.ts';
import { both, type Html, html, label, raw } from '../docs/html.ts';
import { section } from '../docs/page.ts';
import { catalogueScript } from '../docs/script.ts';
import { catalogueStyle } from '../docs/style.ts';
import { colours, splitBars } from './bars.ts';
import { count, difference, figure, number } from './figures.ts';
import { revisionStyle } from './style.ts';
import { words } from './words.ts';

/** The report as one page that needs nothing else: no network, no other file. */
export function revisionPage(report: LedgerReport, today: string): string {
  const { ledger } = report;
  const title = `${words.title.da}: ${ledger.label.da} · ${ledger.from.id} → ${ledger.to.id}`;
  const said = (word: { readonly da: string; readonly en: string }) => both(word.da, word.en);
  return html`<!doctype html>
<html lang="da" data-language="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(catalogueStyle + revisionStyle)}</style>
</head>
<body>
<header class="bar"><div class="inside">
<span class="home">FLIS Kuber</span>
<div class="languages" role="group" aria-label="Sprog / Language">
<button type="button" data-set="da" aria-pressed="true">Dansk</button><button type="button" data-set="en" aria-pressed="false">English</button>
</div></div></header>
<main class="inside">
<h1>${said(words.title)}: ${label(ledger.label)}</h1>
<dl class="editions">
<dt>${said(words.from)}</dt><dd>${edition(ledger.from)}</dd>
<dt>${said(words.to)}</dt><dd>${edition(ledger.to)}</dd>
${report.where === null ? null : html`<dt>${said(words.filter)}</dt><dd><code>${report.where}</code></dd>`}
</dl>
${ledger.entries.length === 0 ? html`<p class="lead">${said(words.nothing)}</p>` : bodyOf(report)}
${section('noter', words.notes, notesOf(report))}
</main>
<footer class="inside">${both(`${words.written.da}, ${today}`, `${words.written.en}, ${today}`)}</footer>
<script>${raw(catalogueScript)}</script>
</body>
</html>
`.text;
}

const edition = ({ id, publishedAt }: LedgerEdition): Html =>
  html`<code>${id}</code>, ${both(words.published.da, words.published.en)} ${publishedAt.slice(0, 10)}`;

function bodyOf(report: LedgerReport): Html {
  return html`${tiles(report)}
${section('aarsager', words.causes, causes(report))}
${section('noegletal', words.kpis, kpis(report))}
${section('delt', words.split, splits(report))}
${section('mest', words.movers, movers(report))}
${section('udgaver', words.triangles, triangles(report))}
${section('status', words.statuses, statusesOf(report))}
${section('steder', words.places, places(report))}
${section('leverancer', words.deliveries, deliveries(report))}
`;
}

function tiles({ summary, level, levels }: LedgerReport): Html {
  const name = levels[level] ?? { da: level, en: level };
  const sum = (of: keyof Counts) => summary.kpis.reduce((all, { counts }) => all + counts[of], 0);
  const tile = (value: number, word: { readonly da: string; readonly en: string }) =>
    html`<li><strong>${value === 0 ? '0' : count(value)}</strong><span>${both(word.da, word.en)}</span></li>
`;
  return html`<ul class="tiles">
${tile(sum('moved'), words.moved)}${tile(sum('new'), words.new)}${tile(sum('gone'), words.gone)}${tile(sum('status'), words.status)}${tile(summary.kpis.length, words.kpisTouched)}</ul>
<p class="meta">${both(
    `Tal er talt én gang: pr. ${name.da.toLowerCase()} og fineste periode.`,
    `Figures are counted once: by ${name.en.toLowerCase()} and finest period.`,
  )}</p>`;
}

const header = (
  ...cells: readonly (readonly [word: { readonly da: string; readonly en: string }, right?: true])[]
) =>
  html`<thead><tr>${cells.map(([word, right]) => html`<th${raw(right ? ' class="n"' : '')}>${both(word.da, word.en)}</th>`)}</tr></thead>`;

const countHeaders = (['moved', 'new', 'gone', 'status'] as const).map(
  (change) => [changeWords[change], true] as const,
);

const countCells = ({ moved, new: came, gone, status }: Counts): Html =>
  html`${[moved, came, gone, status].map((value) => html`<td class="n">${count(value)}</td>`)}`;

const table = (head: Html, rows: readonly Html[]): Html | null =>
  rows.length === 0
    ? null
    : html`<div class="scroll"><table>${head}<tbody>
${rows}</tbody></table></div>`;

const causeName = (report: LedgerReport, cause: number): Html => {
  const found = report.ledger.causes[cause];
  return html`<span class="named"><span class="key c${cause % colours}"></span><span>${found ? label(causeLabel(found)) : null}</span></span>`;
};

function causes(report: LedgerReport): Html | null {
  const rows = report.summary.causes.map(
    ({ cause, counts, kpis }) =>
      html`<tr><th scope="row">${causeName(report, cause)}</th>${countCells(counts)}<td class="n">${kpis}</td></tr>
`,
  );
  return table(header([words.cause], ...countHeaders, [words.kpisTouched, true]), rows);
}

function kpis({ ledger, summary }: LedgerReport): Html | null {
  const rows = summary.kpis.flatMap(({ column, counts, country }) => {
    const found = ledger.columns[column];
    if (!found) return [];
    const { decimals } = found;
    return [
      html`<tr><th scope="row">${label(found.label)}</th><td>${found.unit}</td>${countCells(counts)}<td>${country?.period ?? null}</td><td class="n">${country && figure(country.before, decimals)}</td><td class="n">${country && figure(country.after, decimals)}</td><td class="n">${country && difference(country, decimals)}</td></tr>
`,
    ];
  });
  const head = header(
    [words.kpi],
    [words.unit],
    ...countHeaders,
    [words.country],
    [words.before, true],
    [words.now, true],
    [words.difference, true],
  );
  return table(head, rows);
}

function splits(report: LedgerReport): Html | null {
  const cards = report.summary.kpis.flatMap(({ column, country }) => {
    const found = report.ledger.columns[column];
    if (!found || country === null || country.parts.length === 0) return [];
    const bars = splitBars(
      country,
      found.decimals,
      (cause) => causeName(report, cause),
      both(words.all.da, words.all.en),
    );
    return [
      html`<div class="card"><h3>${label(found.label)} <small>${found.unit}, ${country.period}</small></h3>${bars}</div>
`,
    ];
  });
  if (cards.length === 0) return null;
  return html`<p class="meta">${both(words.splitNote.da, words.splitNote.en)}</p>
<div class="splits">
${cards}</div>`;
}

function placeOf(report: LedgerReport, { grid, members }: Entry): Html {
  const levels = report.ledger.grids[grid]?.levels ?? [];
  const names = members.map((code, at) => memberLabel(report, levels[at] ?? '', code));
  return label({ da: names.map(({ da }) => da).join(', '), en: names.map(({ en }) => en).join(', ') });
}

function movers(report: LedgerReport): Html | null {
  const rows = report.summary.movers.flatMap((entry) => {
    const found = report.ledger.columns[entry.column];
    if (!found) return [];
    const { decimals } = found;
    return [
      html`<tr><th scope="row">${label(found.label)}</th><td>${placeOf(report, entry)}</td><td>${entry.period}</td><td class="n">${figure(entry.before, decimals)}</td><td class="n">${figure(entry.after, decimals)}</td><td class="n">${difference(entry, decimals)}</td><td>${entry.parts.map(({ cause }) => html`<span class="key c${cause % colours}" title="${causeTitle(report, cause)}"></span>`)}</td></tr>
`,
    ];
  });
  const head = header(
    [words.kpi],
    [words.place],
    [words.period],
    [words.before, true],
    [words.now, true],
    [words.difference, true],
    [words.causes],
  );
  return table(head, rows);
}

function causeTitle({ ledger }: LedgerReport, cause: number): string {
  const found = ledger.causes[cause];
  return found ? causeLabel(found).da : '';
}

/** So many of the newest periods that were revised. */
const periodsShown = 13;

function triangles(report: LedgerReport): Html | null {
  const shown = report.triangles.flatMap((triangle) => triangleTable(triangle) ?? []);
  if (shown.length === 0) return null;
  return html`<p class="meta">${both(words.trianglesNote.da, words.trianglesNote.en)}</p>
${shown}`;
}

function triangleTable({ column, levels, editions, rows }: Triangle): Html | null {
  const place = levels.findIndex(({ name }) => name === 'land');
  const country = place < 0 ? rows : rows.filter(({ members }) => members[place] === '000');
  const revised = country.filter(isRevised).slice(-periodsShown);
  if (revised.length === 0) return null;
  const time = levels.length - 1;
  const head = html`<thead><tr><th>${label(levels[time]?.label ?? words.period)}</th>${editions.map(
    ({ id, publishedAt }) =>
      html`<th class="n">${id.split('-').slice(0, 2).join('-')}<br><small>${publishedAt.slice(0, 10)}</small></th>`,
  )}</tr></thead>`;
  const body = revised.map(
    (
      row,
    ) => html`<tr><th scope="row">${row.members[time] ?? ''}</th>${triangleCells(row, column.decimals)}</tr>
`,
  );
  return html`<h3>${label(column.label)} <small>${column.unit}</small></h3>
<div class="scroll"><table class="triangle">${head}<tbody>
${body}</tbody></table></div>`;
}

function triangleCells(row: TriangleRow, decimals: number): Html {
  const moves = movesOf(row);
  const cells = row.cells.map((cell, at) => {
    const move = moves[at] ?? null;
    const direction = move === null || isZero(move) ? '' : compare(move, zero) > 0 ? ' up' : ' down';
    const said =
      cell === null ? null : cell.value ? number(cell.value, decimals) : statuses[cell.status].mark;
    return html`<td class="n${direction}">${said}</td>`;
  });
  return html`${cells}`;
}

function statusesOf(report: LedgerReport): Html | null {
  const word = (status: Status | null): Html => label(status === null ? words.none : statuses[status]);
  const rows = report.summary.statuses.flatMap(({ column, before, after, causes: own, figures, periods }) => {
    const found = report.ledger.columns[column];
    if (!found) return [];
    const range = periods.length > 1 ? `${periods[0]}..${periods.at(-1)}` : (periods[0] ?? '');
    return [
      html`<tr><th scope="row">${label(found.label)}</th><td>${word(before)} → ${word(after)}</td><td class="n">${count(figures)}</td><td>${range}</td><td>${own.map((cause) => html`<div>${causeName(report, cause)}</div>`)}</td></tr>
`,
    ];
  });
  const head = header([words.kpi], [words.became], [words.figures, true], [words.period], [words.cause]);
  return table(head, rows);
}

function places({ summary, level, levels, members }: LedgerReport): Html | null {
  const rows = summary.places.map(
    ({ member, counts, kpis }) =>
      html`<tr><td>${member}</td><th scope="row">${label(memberLabel({ members }, level, member))}</th>${countCells(counts)}<td class="n">${kpis}</td></tr>
`,
  );
  const name = levels[level] ?? { da: level, en: level };
  const found = table(header([{ da: '', en: '' }], [name], ...countHeaders, [words.kpisTouched, true]), rows);
  return (
    found &&
    html`<details${raw(rows.length <= 20 ? ' open' : '')}><summary>${label(name)}: ${rows.length}</summary>${found}</details>`
  );
}

/** Deliveries that causes name, each once, with the rows that it brought to each source. */
function deliveries({ ledger }: LedgerReport): Html | null {
  const told = ledger.causes.flatMap((cause) => (cause.kind === 'joint' ? cause.of : [cause]));
  const own = told.filter(
    (cause): cause is Exclude<typeof cause, JointCause> & DeliveryCause => cause.kind === 'delivery',
  );
  const receipts = [...new Set(own.map(({ receipt }) => receipt))].sort((a, b) => a - b);
  const rows = receipts.flatMap((receipt) => {
    const of = own.filter((cause) => cause.receipt === receipt);
    const [first] = of;
    if (!first) return [];
    const said = of.flatMap(({ sources, rows: kind }) =>
      sources.map(
        ({ source, rows }) =>
          html`<div><code>${source}</code>: ${rows === null ? '' : html`${count(rows)} `}${label(rowWord[kind])}</div>`,
      ),
    );
    return [
      html`<tr><td class="n">${receipt}</td><th scope="row">${first.file}</th><td>${first.sender ?? ''}</td><td>${first.received.slice(0, 16).replace('T', ' ')}</td><td>${said}</td></tr>
`,
    ];
  });
  return table(
    header([words.receipt, true], [words.file], [words.sender], [words.received], [words.rows]),
    rows,
  );
}

const rowWord = {
  added: { da: 'nye', en: 'added' },
  removed: { da: 'væk', en: 'removed' },
  changed: { da: 'rettede', en: 'changed' },
  all: { da: 'rækker', en: 'rows' },
} as const;

function notesOf({ ledger }: LedgerReport): Html | null {
  return ledger.notes.length === 0
    ? null
    : html`<ul>${ledger.notes.map((note) => html`<li>${label(note)}</li>`)}</ul>`;
}
