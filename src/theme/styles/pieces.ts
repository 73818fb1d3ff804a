/** What single pages need beyond the components: lists of data, facts, the front page. */
export const pieces = `.data { list-style: disc; margin: .2rem 0 0; padding-inline-start: 1.2rem; }
.data li { padding-block: .15rem; }
.facts .data { margin-top: 0; }
.facts .data li:first-child { padding-top: 0; }
.data li::marker { color: var(--accent); }
.facts { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .3rem 1.2rem; margin: .8rem 0; }
.facts dt { color: var(--faint); font-weight: 600; }
.facts dd { margin: 0; }
@media (max-width: 30rem) { .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: .5rem; } }
.reference { display: inline-block; padding: .1rem .45rem; background: var(--tint); border-radius: .3rem; }
details { margin-block: .6rem; }
.facts details { margin: 0; }
.facts summary { padding-block: 0; }
summary { cursor: pointer; padding-block: .35rem; color: var(--accent); }
.contents { display: flex; flex-wrap: wrap; gap: .6rem; list-style: none; margin: 1.4rem 0 0; padding: 0; }
.contents a { display: inline-flex; align-items: baseline; gap: .5rem; min-height: 2.75rem; padding: .55rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 1.4rem; text-decoration: none; font-weight: 600; }
.contents a:hover { background: var(--tint); border-color: var(--accent); }
.count { white-space: nowrap; color: var(--faint); font-weight: 400; font-size: .92rem; }
.platform { scroll-margin-top: 1rem; }
.platform > h2 { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .8rem; margin-top: 2.6rem; padding-bottom: .4rem; border-bottom: 1px solid var(--line); }
.grid { list-style: none; padding: 0; margin: 1.1rem 0; display: grid; gap: .9rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }
.grid > .card { display: flex; flex-direction: column; margin: 0; }
.grid > .card > .meta { margin-top: auto; padding-top: .7rem; }
.meta { display: flex; flex-wrap: wrap; gap: .3rem .6rem; align-items: center; font-size: .9rem; color: var(--faint); }
.meta a { display: inline-block; min-height: 1.6rem; padding: .15rem .2rem; }
.tag { display: inline-block; padding: .05rem .55rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--faint); }
.tag.heed { border-color: var(--heed); color: var(--heed); background: var(--heed-tint); }`
