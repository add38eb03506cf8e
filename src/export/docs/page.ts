import { both, type Html, html, raw } from './html.ts';

/** A whole page; `root` is the way back to the folder that all pages lie in. */
export function page(title: string, root: string, body: Html, today: string): string {
  return html`<!doctype html>
<html lang="da" data-language="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}catalogue.css">
<script src="${root}catalogue.js" defer></script>
</head>
<body>
<header class="bar"><div class="inside">
<a class="home" href="${root}index.html">FLIS Kuber</a>
<div class="languages" role="group" aria-label="Sprog / Language">
<button type="button" data-set="da" aria-pressed="true">Dansk</button><button type="button" data-set="en" aria-pressed="false">English</button>
</div></div></header>
<main class="inside">
${body}
</main>
<footer class="inside">${both(`Skrevet af flis docs, ${today}`, `Written by flis docs, ${today}`)}</footer>
</body>
</html>
`.text;
}

/** A heading in both languages over what belongs to it; nothing where there is nothing. */
export function section(
  id: string,
  heading: { readonly da: string; readonly en: string },
  content: Html | null,
): Html {
  if (content === null) return raw('');
  return html`<section id="${id}"><h2>${both(heading.da, heading.en)}</h2>${content}</section>
`;
}
