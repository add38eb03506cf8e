import type { KpiRecord } from '../../definitions/schema.ts';
import { lookUp } from '../../model/lookUp.ts';
import type { Catalogue, CatalogueVersion } from '../../pipeline.ts';
import { both, type Html, html, label, raw } from './html.ts';
import { lineageSvg } from './lineage.ts';
import { lineageOf } from './lineageOf.ts';
import { page, section } from './page.ts';
import { badge, domainOf } from './parts.ts';
import { directionWords, frequencyWords, measureWords, operandWords, partsWords, words } from './words.ts';

/** Everything there is to know about one KPI, its newest version first. */
export function kpiPage(catalogue: Catalogue, version: CatalogueVersion, today: string): string {
  const { record, file } = version;
  const { kpi, label: name, definition, status, note } = record;
  const body = html`<p class="crumbs"><a href="../index.html">${both(words.all.da, words.all.en)}</a> › <a href="../index.html#${domainOf(kpi)}">${domainOf(kpi)}</a></p>
<h1>${label(name)} ${badge(status)}</h1>
<p class="meta"><code>${kpi}</code> · ${both(words.version.da, words.version.en)} ${record.version} · <code>${file}</code></p>
${status === 'approved' ? null : html`<p class="banner">${label(words[status])}</p>`}
${definition === undefined ? null : html`<p class="lead">${label(definition)}</p>`}
${section('formel', words.formula, formula(record))}
${section('fakta', words.facts, facts(record))}
${section('komponenter', words.components, components(catalogue, record))}
${section('vej', words.lineage, html`<div class="scroll">${lineageSvg(lineageOf(catalogue, record))}</div>`)}
${section('kilder', words.sources, sources(catalogue, record))}
${section('dimensioner', words.dimensions, dimensions(catalogue, record))}
${section('versioner', words.history, history(catalogue, record))}
${section('brud', words.breaks, breaks(record))}
${section('bemaerk', words.note, note === undefined ? null : html`<p>${note}</p>`)}
${section('indgaar', words.usedBy, usedBy(catalogue, record))}
${section('post', words.record, flisRecord(record))}`;
  return page(`${name.da} · FLIS Kuber`, '../', body, today);
}

/** The formula as written; names of its measures lead to what they are. */
function formula({ formula: text, measures = {} }: KpiRecord): Html {
  const pieces = text
    .split(/([a-zæøåA-ZÆØÅ_][\wæøåÆØÅ.]*)/)
    .map((piece) =>
      Object.hasOwn(measures, piece) ? html`<a href="#komponent-${piece}">${piece}</a>` : html`${piece}`,
    );
  return html`<pre class="formula">${pieces}</pre>`;
}

type Fact = readonly [
  heading: { readonly da: string; readonly en: string },
  value: Html | string | undefined,
];

function table(facts: readonly Fact[]): Html {
  const rows = facts.flatMap(([{ da, en }, value]) =>
    value === undefined ? [] : [html`<dt>${both(da, en)}</dt><dd>${value}</dd>`],
  );
  return html`<dl>${rows}</dl>`;
}

function facts(record: KpiRecord): Html {
  const { missing, valid_to, successor, reason } = record;
  const coverage =
    missing.coverage === undefined
      ? null
      : both(
          `; mindst ${percent(missing.coverage, ',')} pct. skal være kendt`,
          `; at least ${percent(missing.coverage, '.')} % must be known`,
        );
  return table([
    [words.unit, record.unit],
    [words.decimals, String(record.decimals)],
    [words.direction, label(directionWords[record.direction])],
    [
      words.missing,
      html`${label(partsWords[missing.parts])}${coverage}; ${label(operandWords[missing.operand])}`,
    ],
    [words.valid, `${record.valid_from} – ${valid_to ?? ''}`],
    [words.flisId, record.flis_id],
    [words.successor, successor === undefined ? undefined : link(successor)],
    [words.reason, reason === undefined ? undefined : label(reason)],
    [words.owner, record.owner],
    [words.legal, record.legal_basis],
  ]);
}

const percent = (share: number, point: string): string =>
  String(Math.round(share * 1000) / 10).replace('.', point);

const link = (kpi: string): Html => html`<a href="${kpi}.html"><code>${kpi}</code></a>`;

/** Measures of the formula, those of other KPIs that it names among them, each with every key it was given. */
function components({ model, versions }: Catalogue, record: KpiRecord): Html {
  const ids = lookUp(model.kpis, record.kpi)?.measures ?? [];
  const cards = ids.map((id) => {
    const owner = lookUp(model.measures, id)?.kpi ?? record.kpi;
    const name = lookUp(model.measures, id)?.name ?? id;
    const written = versions.find((each) => each.record.kpi === owner)?.record.measures?.[name];
    const from = owner === record.kpi ? null : html` <small>${link(owner)}</small>`;
    return html`<div class="card" id="komponent-${name}"><h3>${name}${from}</h3>${table(
      Object.entries(written ?? {}).map(
        ([key, value]): Fact => [
          Object.hasOwn(measureWords, key)
            ? (measureWords[key] ?? { da: key, en: key })
            : { da: key, en: key },
          asWritten(value),
        ],
      ),
    )}</div>`;
  });
  return html`<div class="cards">${cards}</div>`;
}

/** A value of a definition as a person writes it. */
function asWritten(value: unknown): Html {
  if (isLabel(value)) return label(value);
  if (typeof value !== 'object' || value === null) return html`<code>${String(value)}</code>`;
  if (Array.isArray(value))
    return html`${value.map((one, at) => html`${at === 0 ? '' : ', '}${asWritten(one)}`)}`;
  return html`${Object.entries(value).map(
    ([key, inner], at) => html`${at === 0 ? '' : ', '}${key}: ${asWritten(inner)}`,
  )}`;
}

const isLabel = (value: unknown): value is { da: string; en: string } =>
  typeof value === 'object' &&
  value !== null &&
  'da' in value &&
  'en' in value &&
  typeof value.da === 'string' &&
  typeof value.en === 'string';

function sourcesUsed({ model }: Catalogue, { kpi }: KpiRecord) {
  const { nodes } = lineageOf({ model, versions: [] }, { kpi });
  const ids = nodes.flatMap(({ id, column }) => (column === 0 ? [id] : []));
  return ids.flatMap((id) => lookUp(model.sources, id) ?? []);
}

function sources(catalogue: Catalogue, record: KpiRecord): Html {
  const cards = sourcesUsed(catalogue, record).map((source) => {
    const frequency = frequencyWords[source.frequency] ?? { da: source.frequency, en: source.frequency };
    const roles = source.columns.flatMap((column) =>
      column.kind === 'code' && column.role !== null ? [`${column.name}: ${column.role}`] : [],
    );
    return html`<div class="card"><h3>${label(source.label)}</h3><p class="meta"><code>${source.id}</code></p>${table(
      [
        [words.supplier, source.supplier],
        [words.frequency, label(frequency)],
        [words.roles, roles.length === 0 ? undefined : roles.join(', ')],
        [words.origin, source.origin ?? undefined],
      ],
    )}</div>`;
  });
  return html`<div class="cards">${cards}</div>`;
}

/** Dimensions that every source of the KPI has a column of, with the levels that it can be asked by. */
function dimensions(catalogue: Catalogue, record: KpiRecord): Html | null {
  const { model } = catalogue;
  const used = sourcesUsed(catalogue, record);
  const shared = Object.values(model.dimensions).filter(
    ({ id }) =>
      used.length > 0 &&
      used.every(({ columns }) =>
        columns.some((column) => column.kind === 'code' && column.dimension === id),
      ),
  );
  if (shared.length === 0) return null;
  const rows = shared.map(
    ({ label: name, levels }) =>
      html`<dt>${label(name)}</dt><dd>${levels.map((level, at) => html`${at === 0 ? '' : ' › '}${label(lookUp(model.classifications, level)?.label ?? { da: level, en: level })}`)}</dd>`,
  );
  return html`<dl>${rows}</dl>`;
}

function history({ versions }: Catalogue, { kpi }: KpiRecord): Html {
  const rows = versions
    .filter(({ record }) => record.kpi === kpi)
    .map(
      ({ record, approved, file }) => html`<tr><td>${record.version}</td><td>${badge(record.status)}</td>
<td>${record.valid_from} – ${record.valid_to ?? ''}</td><td>${approved?.approved ?? ''}</td><td><code>${record.formula}</code></td><td><code>${file}</code></td></tr>
`,
    );
  const head = [words.version, words.status, words.valid, words.approved, words.formula, words.file].map(
    ({ da, en }) => html`<th>${both(da, en)}</th>`,
  );
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function breaks({ breaks: all = [] }: KpiRecord): Html | null {
  if (all.length === 0) return null;
  return html`<dl>${all.map(({ from, label: text }) => html`<dt>${from}</dt><dd>${label(text)}</dd>`)}</dl>`;
}

/** Other KPIs that stand on this one's measures, and cubes that hold it. */
function usedBy({ model }: Catalogue, { kpi }: KpiRecord): Html | null {
  const kpis = Object.values(model.kpis).filter(
    (other) => other.id !== kpi && other.measures.some((id) => lookUp(model.measures, id)?.kpi === kpi),
  );
  const cubes = Object.values(model.cubes).filter((cube) => cube.kpis.includes(kpi));
  if (kpis.length + cubes.length === 0) return null;
  return table([
    [words.kpi, kpis.length === 0 ? undefined : html`${kpis.map(({ id }) => html`${link(id)} `)}`],
    [
      words.cubes,
      cubes.length === 0
        ? undefined
        : html`${cubes.map((cube, at) => html`${at === 0 ? '' : ', '}${label(cube.label)} (<code>${cube.id}</code>)`)}`,
    ],
  ]);
}

function flisRecord({ flis_record }: KpiRecord): Html | null {
  if (flis_record === undefined) return null;
  const { andet = {}, ...fields } = flis_record;
  const rows = [...Object.entries(fields), ...Object.entries(andet)].map(
    ([name, text]) => html`<dt>${name}</dt><dd class="kept">${String(text)}</dd>`,
  );
  return rows.length === 0 ? raw('') : html`<dl>${rows}</dl>`;
}
