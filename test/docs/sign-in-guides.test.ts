import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { launchChromium, noChromium } from '../pages/chromium.js'
import { createBrowser } from '../sign-in/browser.js'
import { landed, signIn } from '../sign-in/people.js'
import { sharedPortique } from '../start/portique.js'
import { codeOf, freePort, noShell, ownApplication, runNode, runProgram } from './guide-place.js'

const embedded = { name: 'embedded store', databaseUrl: null } as const

describe('the guides of signing in are run as they stand', () => {
  const portique = sharedPortique(embedded)

  const people = {
    individu: { persona: 'angela-martin', home: /^Angela Martin, angela\.martin@exemple\.fr\n[A-Z0-9ÉÈ -]{3,}\n$/i },
    employeur: { persona: 'helene-marchand', home: /^Hélène Marchand, .+@exemple\.fr\n$/i },
    agent: { persona: 'julie-caron', home: /^Julie Caron, .+@exemple\.fr\n$/i },
  }
  for (const [realm, { persona, home }] of Object.entries(people))
    test(`sign-in.md: the whole application, in ${realm}`, async (t) => {
      const port = await freePort()
      const apis = ['peconnect-individu/1', 'peconnect-coordonnees/1', 'peconnect-entreprise/1', 'rechercher-usager/2']
      const { folder } = await ownApplication(portique(), 'Guide', { port, apis })
      const [code = ''] = codeOf('sign-in.md', 'js')
      const program = runNode(t, code, { PORTIQUE_DATA: folder, PORT: String(port), REALM: realm })
      const start = await program.says(/^(http\S+)$/m)
      const { origin } = new URL(start)
      const browser = createBrowser(portique().url, origin)
      const cancelled = await browser.submit(await browser.go(start), /\/cancel$/)
      assert.equal(cancelled.text, 'cancelled\n')
      let page = await browser.submit(await browser.go(start), /\/persona$/, { persona })
      if (/\/decision"/.test(page.text)) page = await browser.submit(page, /\/decision$/, { decision: 'accept' })
      assert.match(page.text, home)
    })

  test('sign-in.md: by hand', { skip: noShell }, async (t) => {
    const [, script = ''] = codeOf('sign-in.md', 'sh')
    const shell = runProgram(t, 'bash', {
      words: ['--norc', '-euc', script],
      folder: shellFolder(portique().place.folder),
    })
    const { callback } = await signIn(new URL(await shell.says(/^(http\S+)$/m)), 'angela-martin')
    shell.child.stdin?.end(`${callback.searchParams.get('code')}\n`)
    await shell.ended()
    assert.match(shell.output(), /"given_name":"Angela".*"libelleCommune":/s)
  })

  test('public-application.md: in a browser, with oauth4webapi', { skip: noChromium }, async (t) => {
    const [html = ''] = codeOf('public-application.md', 'html')
    const [script = '', server = ''] = codeOf('public-application.md', 'js')
    const own = mkdtempSync(join(tmpdir(), 'portique-guide-'))
    t.after(() => rmSync(own, { recursive: true }))
    writeFileSync(join(own, 'index.html'), html)
    writeFileSync(join(own, 'application.js'), script)
    symlinkSync(join(process.cwd(), 'node_modules'), join(own, 'node_modules'))
    const port = await freePort()
    const made = await ownApplication(portique(), 'Publique', { port, type: 'public', apis: ['peconnect-individu/1'] })
    const serving = runProgram(t, process.execPath, {
      words: ['--input-type=module', '--eval', server],
      environment: { PORTIQUE_DATA: made.folder, PORT: String(port) },
      folder: own,
    })
    await serving.says(/^(http\S+)$/m)
    const chromium = await launchChromium()
    t.after(() => chromium.close())
    const page = await (await chromium.newContext({ locale: 'fr-FR' })).newPage()
    await page.goto(`http://localhost:${port}/`)
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.getByRole('button', { name: 'Annuler' }).click()
    await page.getByText('cancelled').waitFor()
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.getByRole('button', { name: 'Mei Nguyen' }).click()
    await page.getByRole('button', { name: 'Accepter' }).click()
    await page.getByText('Mei Nguyen').waitFor()
    assert.equal(new URL(page.url()).search, '', 'no code stays in the address')
  })

  test('agents.md: a person is found, and read about by the token that stands for them', async (t) => {
    const [code = ''] = codeOf('agents.md', 'js')
    const apis = ['rechercher-usager/2', 'informations-administratives/1']
    const { folder } = await ownApplication(portique(), 'Lot', { port: 3000, apis })
    const program = runNode(t, code, { PORTIQUE_DATA: folder })
    await program.ended()
    assert.equal(program.output(), '200 S001 O\n200 true\n')
  })

  test('tokens.md: refresh, theft, revocation, sign-out', async (t) => {
    const port = await freePort()
    const { folder } = await ownApplication(portique(), 'Jetons', { port, apis: ['peconnect-statut/1'] })
    const [code = ''] = codeOf('tokens.md', 'js')
    const program = runNode(t, code, { PORTIQUE_DATA: folder, PORT: String(port) })
    const start = new URL(await program.says(/^open (\S+)$/m))
    const browser = createBrowser(portique().url, `http://localhost:${port}`)
    const page = await browser.submit(await browser.go(start), /\/persona$/, { persona: 'lucie-fontaine' })
    const closing = await browser.submit(page, /\/decision$/, { decision: 'accept' })
    assert.equal(closing.text, 'You may close this page.\n')
    await program.ended()
    assert.match(program.output(), /signed in: 200\nrefreshed: 200\nan old refresh token: invalid_grant 401\nsign out/)
    const out = createBrowser(portique().url)
    assert.equal(landed(await out.go(await program.says(/^sign out (\S+)$/m))).pathname, '/callback')
  })

  test('tokens.md: from a shell', { skip: noShell }, async (t) => {
    const [script = ''] = codeOf('tokens.md', 'sh')
    const { client_id = '', client_secret } =
      portique().dev.applications.find((each) => each.platform === 'france-travail' && each.type === 'private') ?? {}
    const redirect_uri = 'http://localhost:3000/callback'
    const scope = 'openid api_peconnect-statutv1 statut'
    const asked = new URLSearchParams({ realm: '/individu', response_type: 'code', client_id, redirect_uri, scope })
    const start = new URL(`${portique().url}/connexion/oauth2/authorize?${asked}`)
    const { callback } = await signIn(start, 'karim-belkacem')
    const code = callback.searchParams.get('code') ?? ''
    const proof = { client_id, client_secret: client_secret ?? '', redirect_uri }
    const granted = await fetch(`${portique().url}/connexion/oauth2/access_token?realm=%2Findividu`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'authorization_code', code, ...proof }),
    })
    const { refresh_token }: { refresh_token: string } = JSON.parse(await granted.text())
    const shell = runProgram(t, 'bash', {
      words: ['--norc', '-euc', script],
      folder: shellFolder(portique().place.folder),
    })
    shell.child.stdin?.end(`${refresh_token}\n`)
    await shell.ended()
    assert.equal(shell.output(), '200\n401\n')
  })

  test('consent.md: the receiver verifies what it is sent, once, and refuses what others send', async (t) => {
    const [port, events] = [await freePort(), await freePort()]
    const eventUrl = `http://localhost:${events}/events`
    const apis = ['peconnect-coordonnees/1']
    const { client_id } = await ownApplication(portique(), 'Avec adresse', { port, apis, eventUrl })
    const [code = ''] = codeOf('consent.md', 'js')
    const receiver = runNode(t, code, {
      PORTIQUE_DATA: portique().place.folder,
      CLIENT_ID: client_id,
      PORT: String(events),
    })
    await receiver.says(/(listening)/)
    const forged = await fetch(eventUrl, { method: 'POST', body: 'a.b.c' })
    assert.equal(forged.status, 400)
    const redirect_uri = `http://localhost:${port}/callback`
    const scope = 'openid api_peconnect-coordonneesv1 coordonnees'
    const asked = new URLSearchParams({ realm: '/individu', response_type: 'code', client_id, redirect_uri, scope })
    const start = new URL(`${portique().url}/connexion/oauth2/authorize?${asked}`)
    const { browser } = await signIn(start, 'nadia-roussel')
    const page = await browser.go(`${portique().url}/compte/consentements`)
    await browser.submit(page, /\/withdraw$/, { consent: client_id })
    assert.match(await receiver.says(/forget (\S+)\n/), /^[\w-]{8,}$/)
  })

  const shells = { skip: noShell }
  test('integrator.fr.md: the first token', shells, async (t) => {
    const script = codeOf('integrator.fr.md', 'sh').find((each) => each.includes('curl')) ?? ''
    const shell = runProgram(t, 'bash', {
      words: ['--norc', '-euc', script],
      folder: shellFolder(portique().place.folder),
    })
    await shell.ended()
    assert.equal(shell.output(), '2\n')
  })

  for (const [guide, blocks] of [
    ['integrator.md', 4],
    ['../../README.md', 5],
  ] as const)
    test(`${guide}: token, call and quota`, shells, async (t) => {
      const scripts = codeOf(guide, 'sh').filter((each) => /\$URL|^URL=/.test(each) && !/dev\/clock/.test(each))
      assert.equal(scripts.length, blocks)
      const folder = shellFolder(portique().place.folder)
      const shell = runProgram(t, 'bash', { words: ['--norc', '-euc', scripts.join('\n')], folder })
      await shell.ended()
      assert.match(shell.output(), /206 Partial Content/)
      assert.match(shell.output(), /^429 [1-9]/m)
      if (guide === 'integrator.md') {
        assert.match(shell.output(), /"expires_in":1499/)
        assert.match(shell.output(), /200 OK[\s\S]*"identifiant":"angela\.martin"/)
      } else assert.match(shell.output(), /204 No Content/)
    })
})

/** Where `data/dev.json` is the one of this place. */
function shellFolder(folder: string): string {
  const data = join(folder, 'data')
  try {
    symlinkSync(folder, data)
  } catch {
    // It is there from the test before.
  }
  return folder
}
