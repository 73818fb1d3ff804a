import assert from 'node:assert/strict'

/** What stands under « Try it in the sandbox » of a page. */
export interface PageCommands {
  /** Where a person signs in first; null: nobody has to. */
  readonly signIn: string | null
  readonly commands: string
}

export function readCommands(html: string): PageCommands {
  const section = /<section id="try"[\s\S]*?(?=<section id="cases")/.exec(html)?.[0]
  assert.ok(section, 'the page shows no commands')
  const blocks = [...section.matchAll(/<pre><code>([\s\S]*?)<\/code>/g)].map(([, text = '']) => unescaped(text))
  const signIn = /<a href="([^"]*authorize[^"]*)"/.exec(section)?.[1]
  return { signIn: signIn === undefined ? null : unescaped(signIn), commands: blocks.join('\n') }
}

export const unescaped = (html: string): string =>
  html
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
