/** Button, Field, Fieldset, Card, Notice, and the choices made of them. Targets are at least 44 px high, well over the 24 of WCAG 2.2, 2.5.8. */
export const components = `.button { display: inline-flex; align-items: center; justify-content: center; min-height: 2.9rem; padding: .55rem 1.3rem; font: inherit; font-weight: 600; line-height: 1.3; text-align: center; text-decoration: none; border: 2px solid var(--accent); border-radius: var(--round); background: var(--card); color: var(--accent); cursor: pointer; }
.button.primary { background: var(--accent); color: var(--on-accent); }
.button.primary:hover { background: var(--accent-strong); border-color: var(--accent-strong); color: var(--on-accent); }
.button.equal:hover, .button.quiet:hover { background: var(--tint); color: var(--accent-strong); border-color: var(--accent-strong); }
.button.quiet { border-color: var(--edge); font-weight: 500; }
.wide .button, .button.wide { width: 100%; }
.pair { margin-top: 1.3rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr)); gap: .8rem; }
.pair .button { padding-inline: .6rem; overflow-wrap: normal; }
form + form { margin-top: 1.6rem; }
p:has(> .button) { margin-top: 1.3rem; }
.field { margin-block: 1.1rem; }
.field label { display: block; font-weight: 600; margin-bottom: .3rem; }
.field input { width: 100%; min-height: 2.9rem; padding: .55rem .8rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: .4rem; }
.field.wrong input, .field input[aria-invalid] { border: 2px solid var(--bad); }
.hint { margin: 0 0 .35rem; color: var(--faint); font-size: .94rem; }
.field-error { margin: .35rem 0 0; color: var(--bad); font-weight: 500; }
fieldset { min-width: 0; margin: 1.4rem 0 0; padding: 0; border: 0; }
legend { padding: 0; font-weight: 650; font-size: 1.05rem; margin-bottom: .5rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: var(--round); padding: 1.1rem clamp(1rem, 3vw, 1.5rem); margin-block: 1rem; }
.card > :first-child { margin-top: 0; }
.card > :last-child { margin-bottom: 0; }
.card h2 { margin-top: 1.5rem; font-size: 1.15rem; }
.card section h2 { margin-top: .9rem; margin-bottom: .1rem; font-size: 1rem; color: var(--faint); }
.card > h2:first-child, .card > section:first-child > h2, .card > form > h2 { margin-top: 0; }
.notice { border: 1px solid var(--line); border-inline-start: 5px solid var(--accent); border-radius: .4rem; background: var(--tint); padding: .7rem 1rem; margin-block: 1rem; }
.notice p { margin: .15rem 0; }
.notice-title { font-weight: 650; }
.notice.error { border-inline-start-color: var(--bad); background: var(--bad-tint); }
.notice.error .notice-title { color: var(--bad); }
.notice.success { border-inline-start-color: var(--good); background: var(--good-tint); }
.notice.success .notice-title { color: var(--good); }
.notice.warning { border-inline-start-color: var(--heed); background: var(--heed-tint); }
.notice.warning .notice-title { color: var(--heed); }
.choices { display: grid; gap: .6rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
.choices > li { display: grid; }
@media (min-width: 48rem) { .wide-page main > form:last-child { max-width: 20rem; } }
.choice { display: grid; align-content: start; width: 100%; min-height: 3.4rem; padding: .7rem 1rem; font: inherit; text-align: start; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: var(--round); cursor: pointer; }
.choice:hover { background: var(--tint); border-color: var(--accent); }
.choice .who { display: block; font-weight: 650; color: var(--accent); }
.choice .what { display: block; color: var(--faint); font-size: .95rem; }
.check { display: grid; grid-template-columns: auto 1fr; gap: .2rem .7rem; align-items: start; padding-block: .35rem; cursor: pointer; }
.check input { width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--accent); }
.or { display: flex; align-items: center; gap: .8rem; margin: 1.4rem 0; color: var(--faint); }
.or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--line); }`
