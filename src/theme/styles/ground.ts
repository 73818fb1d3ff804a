/** The page itself: text, links, headings, shells, focus. */
export const ground = `*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-block: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column; font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .2em; }
a:hover { color: var(--accent-strong); text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; z-index: 1; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .6rem 1rem; border-radius: var(--round); }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.top, main, body > footer { width: 100%; max-width: 68rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2rem); }
.top { display: flex; justify-content: space-between; align-items: center; gap: 1rem; flex-wrap: wrap; padding-block: .9rem; }
.brand { display: inline-flex; align-items: center; gap: .5rem; margin: 0; padding-block: .3rem; font-weight: 700; font-size: 1.15rem; text-decoration: none; color: var(--ink); }
.mark { fill: var(--accent); flex: none; }
.mark .way { fill: var(--way); }
.language { display: inline-block; padding: .4rem .2rem; }
main { flex: 1; padding-block: 1rem 3rem; }
body > footer { color: var(--faint); font-size: .9rem; }
body > footer p { margin: 0; padding-block: 1rem 1.5rem; border-top: 1px solid var(--line); }
body.focused .top, body.focused main, body.focused > footer { max-width: 36rem; }
body.wide-page .top, body.wide-page main, body.wide-page > footer { max-width: 56rem; }
h1 { font-size: clamp(1.5rem, 1.1rem + 2vw, 2rem); line-height: 1.2; letter-spacing: -.01em; margin: .4rem 0 .6rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2rem 0 .4rem; text-wrap: balance; }
h3 { font-size: 1.03rem; line-height: 1.35; margin: 0; }
p { margin: .5rem 0; }
p, dd, li { text-wrap: pretty; }
ul.plain { list-style: none; margin: 0; padding: 0; }
bdi { unicode-bidi: isolate; }
code { font: .88em ui-monospace, "DejaVu Sans Mono", monospace; }
.lead { font-size: 1.1rem; color: var(--faint); max-width: 44rem; }
.faint { color: var(--faint); }
.eyebrow { margin: .6rem 0 0; color: var(--faint); font-size: .95rem; }`
