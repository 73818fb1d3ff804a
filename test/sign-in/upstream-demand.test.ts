import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardRealmSignIn } from '#contract'
import { createBrowser } from './browser.js'
import { landed } from './people.js'
import { peopleRealm } from './people-realm.js'

const levels = {
  signIn: {
    ...standardRealmSignIn,
    upstream: { scope: 'openid profile email', acrValues: 'eidas1', claims: { given_name: 'given_name' } },
  },
}

test('what an application asks of a sign-in is asked of the provider elsewhere, and what it proves is carried over', async (t) => {
  const { origin, upstream, start, tokensOf } = await peopleRealm(t, undefined, levels)
  const known = createBrowser(origin, upstream.origin)
  /** Whether the person had to sign in there, and where it ended. */
  const run = async (more: Readonly<Record<string, string>>, browser = known) => {
    const url = new URL(start)
    for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value)
    const before = upstream.seen.length
    let page = await browser.go(url)
    const href = /href="([^"]*\/upstream)"/.exec(page.text)?.[1]
    if (href !== undefined) page = await browser.go(new URL(href, origin))
    const asked = /name="login"/.test(page.text)
    if (asked)
      page = await browser.submit(page, /\/interaction\//, { prompt: 'login', login: 'camille', password: 'x' })
    if (/value="consent"/.test(page.text)) page = await browser.submit(page, /\/interaction\//, { prompt: 'consent' })
    if (/\/decision"/.test(page.text)) page = await browser.submit(page, /\/decision$/, { decision: 'accept' })
    return { page, asked, there: upstream.seen.slice(before).at(0) }
  }
  const claimsOf = async ({ page }: Awaited<ReturnType<typeof run>>) => (await tokensOf(landed(page))).claims() ?? {}
  const now = () => Math.floor(Date.now() / 1000)

  const first = await run({ login_hint: 'camille@exemple.fr', acr_values: 'eidas1' })
  assert.equal(first.there?.login_hint, 'camille@exemple.fr')
  assert.deepEqual([first.there?.prompt, first.there?.max_age], [undefined, undefined], 'nothing that was not asked')
  assert.equal(((await claimsOf(first)) as { acr?: string }).acr, 'eidas1', 'the level goes on to the application')

  upstream.behaviour.ageSeconds = 500
  const aged = await run({ max_age: '1000' })
  assert.equal(aged.there?.max_age, '1000', 'a sign-in whose time nobody said is no proof for max_age')
  assert.equal(aged.asked, false, 'there they are signed in')
  const { auth_time: carried = 0 } = (await claimsOf(aged)) as { auth_time?: number }
  assert.ok(Math.abs(now() - 500 - carried) < 120, `auth_time is theirs: ${now() - carried} s ago`)
  assert.equal((await run({ max_age: '1000' })).there, undefined, 'known here from then on')

  upstream.behaviour.ageSeconds = 0
  const anew = await run({ prompt: 'login' })
  assert.deepEqual([anew.there?.prompt, anew.there?.max_age, anew.asked], ['login', '0', true])
  assert.ok(((await claimsOf(anew)) as { auth_time: number }).auth_time >= carried + 400)

  upstream.behaviour.ageSeconds = 3600
  for (const [more, by] of [
    [{ prompt: 'login' }, known],
    [{ max_age: '100' }, createBrowser(origin, upstream.origin)],
  ] as const) {
    const { page } = await run(more, by)
    assert.deepEqual([page.status, page.location], [503, null], `${JSON.stringify(more)}, answered from an old sign-in`)
  }
  upstream.behaviour.ignores = true
  const silent = await run({ prompt: 'login' })
  assert.deepEqual([silent.asked, silent.page.status, silent.page.location], [false, 503, null], 'it did not ask')
})
