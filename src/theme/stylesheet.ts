/** The neutral skin, one sheet. Contrast is at least 4.5:1 in both schemes (WCAG 2.2, 1.4.3). */
export const stylesheet = `:root {
  color-scheme: light dark;
  --ink: light-dark(#1c2230, #e9ecf3);
  --faint: light-dark(#566073, #a6b0c3);
  --paper: light-dark(#fbfbfd, #12151c);
  --card: light-dark(#ffffff, #1a1f2a);
  --line: light-dark(#dde1ea, #2d3443);
  --accent: light-dark(#2b4fc4, #9db4ff);
}
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; flex-wrap: wrap; }
header .name { font-weight: 700; font-size: 1.2rem; letter-spacing: .01em; text-decoration: none; color: var(--ink); }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1.2rem 0 .4rem; text-wrap: balance; }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .2rem; }
p { margin: .4rem 0; }
.lead, .faint { color: var(--faint); }
.lead { font-size: 1.1rem; max-width: 44rem; }
ul.cards { list-style: none; padding: 0; margin: 1rem 0; display: grid; gap: .9rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
ul.cards > li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem; }
ul.cards h3 { font-size: 1.02rem; margin: 0; }
code { font: .88em ui-monospace, monospace; overflow-wrap: anywhere; }
footer { border-top: 1px solid var(--line); margin-top: 2.5rem; color: var(--faint); font-size: .92rem; }
`
