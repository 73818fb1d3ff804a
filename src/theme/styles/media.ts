/** What the medium changes: motion, forced colours, paper. Last in the sheet, since it overrules what stands above. */
export const media = `@media (prefers-reduced-motion: no-preference) { .button, .choice { transition: background-color .12s, border-color .12s; } }
@media (forced-colors: active) { .button, .card, .notice { border: 1px solid; } .mark, .mark .way { fill: CanvasText; } }
@media print {
  :root { color-scheme: light; --paper: #fff; }
  .skip, .language, .button, .choice { display: none; }
  .card, .notice { break-inside: avoid; }
  a[href^="http"]::after { content: " (" attr(href) ")"; }
}`
