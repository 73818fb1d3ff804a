import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchChromium, noChromium } from '../pages/chromium.js'
import type { RealmName } from '../sign-in/people.js'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { type Application, openApplication, purpose, read, wishes } from './application.js'
import { openTab } from './chromium-tab.js'

/** What the consent page says of each scope, word for word. */
const plain: Readonly<Record<'individu' | 'employeur', readonly string[]>> = {
  individu: [
    'Votre nom, votre prénom et votre civilité.',
    'Votre adresse électronique.',
    'Votre adresse postale, vos numéros de téléphone et votre adresse électronique.',
  ],
  employeur: ['Votre nom, votre prénom et votre civilité.', 'Votre adresse électronique.'],
}

for (const kind of storeKinds)
  describe(`the whole flow in Chromium without JavaScript, on the ${kind.name}`, { skip: noChromium }, () => {
    const portique = ownPortique(kind)
    let browser: Browser
    let application: Application

    before(async () => {
      browser = await launchChromium()
      application = await openApplication(portique(), 'Mon parcours emploi')
    })
    after(async () => {
      await browser?.close()
      application?.close()
    })

    for (const realm of Object.keys(wishes) as RealmName[])
      test(`${realm}: a persona, consent, code, token, call; withdrawn with one click, the next call is refused`, async () => {
        const { page, origins, troubles, close } = await openTab(browser)
        await page.goto(application.start(realm))
        assert.equal(await page.locator('h1').innerText(), 'Se connecter en tant que…')
        await page.getByRole('button', { name: wishes[realm].persona }).click()
        // Agents are never asked (France Travail's own way): who employs them decides.
        if (realm !== 'agent') await agree(page, realm)
        await page.waitForURL(`${application.origin}/callback?**`)
        const answer = application.answer()
        assert.equal(answer.get('state'), 'un état')
        assert.equal(answer.get('client_id'), application.clientId)
        assert.equal(answer.get('iss'), `${portique().url}/connexion/oauth2/realms/root/realms/${realm}`)
        const tokens = await application.redeem(realm)
        const before = await read(portique(), realm, tokens.access_token)
        assert.equal(before.status, 200, await before.text())

        await page.goto(`${portique().url}/compte/consentements?realm=%2F${realm}`)
        const card = page.locator('.card', { hasText: 'Mon parcours emploi' })
        assert.match(await card.innerText(), /Votre adresse électronique\.[\s\S]*Depuis le[\s\S]*Dernier accès\s+\d/)
        await card.getByRole('button', { name: 'Retirer l’accès' }).click()
        await page.getByText('Accès retiré', { exact: true }).waitFor()
        const after = await read(portique(), realm, tokens.access_token)
        assert.equal(after.status, 401)
        assert.match(after.headers.get('www-authenticate') ?? '', /^Bearer/)
        assert.match(await page.locator('main').innerText(), /Aucune application n’a accès à vos données/)
        const dead = await application.refresh(realm, tokens.refresh_token)
        assert.deepEqual([dead.status, ((await dead.json()) as { error: string }).error], [400, 'invalid_grant'])
        assert.deepEqual([...origins].sort(), [application.origin, portique().url].sort(), 'nobody else is asked')
        assert.deepEqual(troubles, [])
        await close()
      })

    test('refusing comes back with access_denied, cancelling with the state alone, and nothing is kept', async () => {
      const { page, close } = await openTab(browser)
      await page.goto(application.start('individu'))
      await page.getByRole('button', { name: 'Annuler' }).click()
      await page.waitForURL(`${application.origin}/**`)
      assert.deepEqual([...application.answer()], [['state', 'un état']])
      await page.goto(application.start('individu'))
      await page.getByRole('button', { name: 'Thomas Leroy' }).click()
      await page.getByRole('button', { name: 'Refuser' }).click()
      await page.waitForURL(`${application.origin}/**`)
      const { error, error_description, state, code } = Object.fromEntries(application.answer())
      assert.deepEqual([error, state, code], ['access_denied', 'un état', undefined])
      assert.equal(error_description, 'Resource Owner did not authorize the request')
      await page.goto(`${portique().url}/compte/consentements`)
      assert.match(
        await page.locator('main').innerText(),
        /Aucune application[\s\S]*Thomas Leroy|Thomas Leroy[\s\S]*Aucune application/,
      )
      await close()
    })

    async function agree(page: Page, realm: 'individu' | 'employeur'): Promise<void> {
      assert.equal((await page.locator('h1').innerText()).replaceAll('\u00a0', ' '), 'Partager vos données ?')
      const said = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ')
      for (const text of ['Mon parcours emploi', wishes[realm].persona, purpose, ...plain[realm]])
        assert.ok(said.includes(text), `${text}, not in: ${said}`)
      assert.match(said, /Durée\s+Jusqu’à ce que vous retiriez votre accord\.[\s\S]*au bout de 42 jours/)
      for (const scope of ['coordonnees', 'profile', 'api_peconnect', 'openid']) assert.ok(!said.includes(scope), scope)
      const [refuse, accept] = await Promise.all(
        ['Refuser', 'Accepter'].map((name) => page.getByRole('button', { name }).boundingBox()),
      )
      const sizeOf = (box: typeof refuse) => [box?.width, box?.height, box?.y].map((length) => Math.round(length ?? 0))
      assert.deepEqual(sizeOf(refuse), sizeOf(accept))
      await page.getByRole('button', { name: 'Accepter' }).click()
    }
  })
