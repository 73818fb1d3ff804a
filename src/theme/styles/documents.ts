/** Pages to read: the way up, tables that become cards, code, notes. */
export const documents = `.trail ol { display: flex; flex-wrap: wrap; gap: .2rem .5rem; list-style: none; margin: 0; padding: 0; font-size: .95rem; }
.trail li { display: inline-flex; align-items: center; gap: .5rem; }
.trail li:not(:last-child)::after { content: "›" / ""; color: var(--faint); }
.trail a { display: inline-block; padding-block: .4rem; }
.doc > section { scroll-margin-top: 1rem; }
.doc > section > h2 { margin-top: 2.4rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
.doc h4 { margin: 1rem 0 .2rem; font-size: 1rem; }
.doc h3 { margin: 1.6rem 0 .3rem; font-size: 1.1rem; }
.doc p, .doc .points { max-width: 46rem; }
.doc .points { padding-inline-start: 1.2rem; }
.table { width: 100%; border-collapse: collapse; margin-block: .8rem 1.4rem; background: var(--card); border: 1px solid var(--line); border-radius: var(--round); font-size: .96rem; overflow-wrap: break-word; }
.table th, .table td { padding: .55rem .8rem; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
.table tr:last-child > * { border-bottom: 0; }
.table thead th { overflow-wrap: normal; color: var(--faint); font-weight: 600; font-size: .9rem; background: var(--tint); }
.table tbody th { font-weight: 600; min-width: 9rem; }
.table tbody th code { font-weight: 500; }
.table details { margin: .2rem 0 0; }
.table .links { list-style: none; margin: .2rem 0 0; padding: 0; font-weight: 400; }
.table .links a { display: inline-block; padding-block: .2rem; }
@media (max-width: 58rem) {
  .table { overflow-wrap: anywhere; }
  .table, .table tbody, .table tr, .table th, .table td { display: block; }
  .table thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .table tbody tr { padding: .6rem .2rem; border-bottom: 1px solid var(--line); }
  .table tbody tr:last-child { border-bottom: 0; }
  .table tbody th, .table tbody td { border: 0; padding: .15rem .8rem; }
  .table tbody td { display: grid; grid-template-columns: 8.2rem 1fr; gap: .6rem; }
  .table tbody td::before { content: attr(data-label); color: var(--faint); font-size: .9rem; }
  .table tbody td:has(> div:empty) { display: none; }
}
@media (max-width: 34rem) {
  .table tbody td { grid-template-columns: 6rem 1fr; }
  .table tbody td:has(.pairs, .links) { display: block; }
}
.code { margin-block: .6rem; background: var(--card); border: 1px solid var(--line); border-radius: var(--round); overflow-x: auto; }
.code pre { margin: 0; padding: .8rem 1rem; white-space: pre; }
.code.whole code { user-select: all; }
.scopes fieldset { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); column-gap: 1.5rem; }
.scopes + p, .scopes + h3 { margin-top: 1.4rem; }
.mode { margin-block: 1.2rem; }
.address { display: inline-block; padding: .15rem .5rem; background: var(--tint); border-radius: .3rem; }
.pairs { display: flex; flex-wrap: wrap; gap: .2rem .5rem; margin: 0; padding: 0; list-style: none; }
.pairs code { background: var(--tint); border-radius: .3rem; padding: .05rem .35rem; }
.sub { display: block; color: var(--faint); font-size: .92rem; font-weight: 400; }`
