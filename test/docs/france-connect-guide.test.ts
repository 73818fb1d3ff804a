import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createBrowser } from '../sign-in/browser.js'
import { sharedPortique } from '../start/portique.js'
import { codeOf, freePort, ownApplication, runNode } from './guide-place.js'

describe('the guide of calls with a FranceConnect token is run as it stands', () => {
  const portique = sharedPortique({ name: 'embedded store', databaseUrl: null })

  test('france-connect.md: the quotient of who signed in, and each refusal that it tells', async (t) => {
    const [code = ''] = codeOf('france-connect.md', 'js')
    const port = await freePort()
    const { folder } = await ownApplication(portique(), 'Cantine', {
      ...{ port, platform: 'api-particulier', environment: 'sandbox' },
      apis: ['dss-quotient-familial/3', 'mesri-statut-etudiant/3'],
    })
    const program = runNode(t, code, { PORTIQUE_DATA: folder, PORT: String(port) })
    const start = new URL(await program.says(/^open (\S+)$/m))
    const browser = createBrowser(portique().url, `http://localhost:${port}`)
    const closing = await browser.submit(await browser.go(start), /\/persona$/, { persona: 'angela-martin' })
    assert.equal(closing.text, 'You may close this page.\n')
    await program.ended()
    assert.match(
      program.output(),
      /200 quotient_familial enfants \d+\nno recipient: 422 00203\nthe application’s own token: 401 51502\na person’s token elsewhere: 401 00101\na scope that was not asked for: 403 00100\na student by identity, without a year of birth: 422 00422\n$/,
    )
  })
})
