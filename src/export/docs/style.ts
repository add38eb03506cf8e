/** Plain CSS: light and dark by the reader's own setting, one column on a phone. */
export const catalogueStyle = `:root {
  --paper: #fbfaf8; --card: #fff; --ink: #1d2430; --quiet: #5d6675; --line: #dedbd4;
  --accent: #0b5c7a; --soft: #e6f0f3; --good: #1f6b3a; --warn: #8a5a00; --bad: #8f2d2d;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181e; --card: #1c222b; --ink: #e8eaee; --quiet: #a2abb9; --line: #323a46;
    --accent: #7cc4dd; --soft: #1e323b; --good: #7fd09b; --warn: #e6b45c; --bad: #ee9a9a;
  }
}
* { box-sizing: border-box; }
html[data-language="da"] [lang="en"], html[data-language="en"] body [lang="da"] { display: none; }
html { scroll-padding-top: 4.5rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
.inside { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
.bar { position: sticky; top: 0; z-index: 1; background: var(--card); border-bottom: 1px solid var(--line); }
.bar .inside { display: flex; align-items: center; justify-content: space-between; min-height: 3.5rem; }
.home { font-weight: 700; color: var(--ink); text-decoration: none; letter-spacing: .01em; }
.languages { display: flex; }
.languages button {
  font: inherit; font-size: .875rem; padding: .35rem .8rem; cursor: pointer;
  border: 1px solid var(--line); background: transparent; color: var(--quiet);
}
.languages button:first-child { border-radius: .5rem 0 0 .5rem; }
.languages button:last-child { border-radius: 0 .5rem .5rem 0; border-left: 0; }
.languages button[aria-pressed="true"] { background: var(--soft); color: var(--accent); font-weight: 600; }
h1 { font-size: clamp(1.5rem, 4.5vw, 2.1rem); line-height: 1.2; margin: 1.5rem 0 .5rem; text-wrap: balance; }
h1 .badge { vertical-align: middle; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); }
h2 small, h3 small { color: var(--quiet); font-weight: 400; }
h3 { margin: 0 0 .5rem; font-size: 1rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.meta, .crumbs { color: var(--quiet); font-size: .9rem; margin: .25rem 0; }
.crumbs { margin-top: 1.25rem; }
.lead { font-size: 1.05rem; max-width: 46rem; }
.banner { border-left: 4px solid var(--warn); background: var(--card); padding: .6rem 1rem; border-radius: 0 .5rem .5rem 0; }
.search input {
  width: 100%; font: inherit; padding: .7rem 1rem; border: 1px solid var(--line); border-radius: .6rem;
  background: var(--card); color: var(--ink);
}
.search input:focus-visible, a:focus-visible, button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.domains { display: flex; flex-wrap: wrap; gap: .4rem; }
.domains a { padding: .2rem .7rem; border: 1px solid var(--line); border-radius: 1rem; text-decoration: none; font-size: .9rem; background: var(--card); }
.kpis { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: .75rem; }
.kpis li {
  display: flex; gap: .75rem; justify-content: space-between; align-items: flex-start; background: var(--card);
  border: 1px solid var(--line); border-radius: .7rem; padding: .75rem .9rem;
}
.kpis li[hidden] { display: none; }
.kpis a { color: inherit; text-decoration: none; min-width: 0; }
.kpis a:hover strong { color: var(--accent); text-decoration: underline; }
.kpis strong, .kpis .meta, .kpis code { display: block; }
.kpis strong, h1 { hyphens: auto; overflow-wrap: anywhere; }
.kpis strong { line-height: 1.35; }
.badge { flex: none; font-size: .75rem; font-weight: 600; padding: .1rem .55rem; border-radius: 1rem; border: 1px solid currentColor; white-space: nowrap; }
.badge.approved { color: var(--good); } .badge.draft, .badge.hearing { color: var(--warn); } .badge.retired { color: var(--bad); }
.formula {
  font: 1.15rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
  background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: .5rem; padding: .9rem 1.1rem; margin: 0;
}
dl { display: grid; grid-template-columns: minmax(7rem, 13rem) 1fr; gap: .35rem 1rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
dd.kept { white-space: pre-wrap; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: .9rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: 1rem 1.1rem; }
.card:target { border-color: var(--accent); box-shadow: 0 0 0 2px var(--accent); }
.card dl { grid-template-columns: minmax(5.5rem, 9rem) 1fr; font-size: .93rem; }
.scroll { overflow-x: auto; padding-bottom: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; background: var(--card); }
th, td { text-align: left; padding: .5rem .7rem; border: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
.lineage { display: block; font-size: 13px; }
.lineage rect { fill: var(--card); stroke: var(--line); stroke-width: 1.2; }
.lineage a rect { stroke: var(--accent); }
.lineage a:hover rect { fill: var(--soft); }
.lineage path { fill: none; stroke: var(--quiet); stroke-width: 1.4; opacity: .7; }
.lineage text { fill: var(--ink); font-weight: 600; }
.lineage .below, .lineage .head { fill: var(--quiet); font-weight: 400; font-size: 11.5px; }
footer { color: var(--quiet); font-size: .85rem; padding-top: 2.5rem; padding-bottom: 2rem; }
@media (max-width: 34rem) {
  dl, .card dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .6rem; }
}
@media print { .bar, .search, .domains { display: none; } }
`;
