/** What the report adds to the style sheet of the catalogue. */
export const revisionStyle = `
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: .8rem 1rem; }
.tiles strong { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--quiet); font-size: .9rem; }
.tiles strong span { color: inherit; font-size: inherit; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th { vertical-align: bottom; }
tbody th { color: var(--ink); font-weight: 500; white-space: normal; min-width: 9rem; }
tbody tr:hover { background: var(--soft); }
td em { color: var(--quiet); }
.editions { display: grid; grid-template-columns: auto 1fr; gap: .2rem 1rem; }
.key { display: inline-block; width: .8em; height: .8em; border-radius: .2em; margin-right: .5em; vertical-align: baseline; }
.named { display: inline-flex; align-items: baseline; }
.named .key { flex: none; }
.named > span + span { overflow-wrap: anywhere; }
.splits { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: .9rem; }
.splits .card { min-width: 0; }
table.split { background: none; }
table.split th, table.split td { border: 0; padding: .2rem .4rem; vertical-align: middle; }
table.split th { font-weight: 400; font-size: .85rem; overflow-wrap: anywhere; width: 45%; }
table.split tr.sum th, table.split tr.sum td { border-top: 1px solid var(--line); font-weight: 600; }
.bar-of { display: block; width: 100%; min-width: 5rem; height: 1rem; }
.bar-of line { stroke: var(--quiet); stroke-width: 1; }
.bar-of rect.all { fill: var(--ink); }
.c0 { fill: #0b6e99; background: #0b6e99; } .c1 { fill: #c2571a; background: #c2571a; }
.c2 { fill: #3a7d44; background: #3a7d44; } .c3 { fill: #8e4585; background: #8e4585; }
.c4 { fill: #b08900; background: #b08900; } .c5 { fill: #4f5fb0; background: #4f5fb0; }
.c6 { fill: #a63a4a; background: #a63a4a; } .c7 { fill: #55707a; background: #55707a; }
td.up { background: color-mix(in srgb, var(--good) 16%, transparent); }
td.down { background: color-mix(in srgb, var(--bad) 16%, transparent); }
details { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: .6rem 1rem; }
details summary { cursor: pointer; font-weight: 600; }
details .scroll { margin-top: .7rem; }
@media print { details > * { display: block; } .splits { grid-template-columns: 1fr 1fr; } }
`;
