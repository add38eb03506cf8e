import type { Catalogue, CatalogueVersion } from '../../pipeline.ts';
import { both, html, label } from './html.ts';
import { kpiPage } from './kpiPage.ts';
import { page } from './page.ts';
import { badge, domainOf, pageOf } from './parts.ts';
import { catalogueScript } from './script.ts';
import { catalogueStyle } from './style.ts';
import { words } from './words.ts';

/** A file of the catalogue, by its name below the folder it is written to. */
export interface DocsFile {
  readonly file: string;
  readonly text: string;
}

/** The whole catalogue as files that need nothing but a browser, and no network. */
export function writeDocs(catalogue: Catalogue, today: string): readonly DocsFile[] {
  return [
    { file: 'index.html', text: indexPage(catalogue, today) },
    { file: 'catalogue.css', text: catalogueStyle },
    { file: 'catalogue.js', text: catalogueScript },
    ...newestOf(catalogue).map((version) => ({
      file: pageOf(version.record.kpi),
      text: kpiPage(catalogue, version, today),
    })),
  ];
}

/** The newest version of each KPI, in the order of ids. */
function newestOf({ versions }: Catalogue): readonly CatalogueVersion[] {
  return versions.filter(({ record }, at) => versions[at - 1]?.record.kpi !== record.kpi);
}

function indexPage(catalogue: Catalogue, today: string): string {
  const newest = newestOf(catalogue);
  const domains = [...new Set(newest.map(({ record }) => domainOf(record.kpi)))];
  const groups = domains.map((domain) => {
    const own = newest.filter(({ record }) => domainOf(record.kpi) === domain);
    return html`<section class="domain" id="${domain}"><h2>${domain} <small>${own.length}</small></h2>
<ul class="kpis">
${own.map(entry)}</ul></section>
`;
  });
  const body = html`<h1>${both(words.catalogue.da, words.catalogue.en)}</h1>
<p class="lead">${newest.length} ${both(words.count.da, words.count.en)}</p>
<p class="search"><input id="search" type="search" autocomplete="off" data-da="${words.search.da}" data-en="${words.search.en}" placeholder="${words.search.da}" aria-label="${words.search.da}"></p>
<nav class="domains">${domains.map((domain) => html`<a href="#${domain}">${domain}</a> `)}</nav>
<p id="nothing" hidden>${both(words.nothing.da, words.nothing.en)}</p>
${groups}`;
  return page(`${words.catalogue.da} · FLIS Kuber`, '', body, today);
}

function entry({ record }: CatalogueVersion) {
  const { kpi, label: name, definition, unit, status, flis_id } = record;
  const found = [kpi, name.da, name.en, definition?.da, definition?.en, flis_id].join(' ').toLowerCase();
  return html`<li data-text="${found}"><a href="${pageOf(kpi)}"><strong>${label(name)}</strong>
<span class="meta"><code>${kpi}</code>${unit}</span></a>${badge(status)}</li>
`;
}
