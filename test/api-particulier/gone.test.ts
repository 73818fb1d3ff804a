import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { storeKinds } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { called, errorOf, givenToken } from './caller.js'

const older = '/api/v2/composition-familiale?numeroAllocataire=2345678&codePostal=69003'
const folder = await mkdtemp(join(tmpdir(), 'portique-gone-'))
await cp('platforms/api-particulier', join(folder, 'api-particulier'), { recursive: true })
const file = join(folder, 'api-particulier', 'platform.yaml')
const commented = await readFile(file, 'utf8')
await writeFile(file, commented.replace(/^ {2}# (- path: .*)\n {2}# ( {2}text: .*)$/m, '  $1\n  $2'))
after(() => rm(folder, { recursive: true }))

for (const kind of storeKinds) {
  describe(`the older quotient, where the platform says that it is gone, on the ${kind.name}`, () => {
    const portique = sharedPortique(kind, { PORTIQUE_PLATFORMS: folder })

    test('answers 410 in plain text, while the newer ones answer', async () => {
      const { token } = await givenToken(portique())
      const { status, type, text } = await called(portique(), older, { token })
      assert.deepEqual([status, type], [410, 'text/plain; charset=utf-8'])
      assert.match(text, /31\/10\/2025/)
      assert.equal((await called(portique(), '/api/v2/composition-familiale-v2', { token })).status, 400)
    })
  })

  describe(`the mapped hosts, on the ${kind.name}`, () => {
    const portique = sharedPortique(kind)

    test('answer as the real ones do: the host says which environment is called', async () => {
      const { token } = await givenToken(portique())
      const ask = (host: string, path: string) =>
        sendRaw(portique().port, head(`GET ${path} HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${token}`))
      const real = 'particulier.api.gouv.fr'
      assert.equal((await ask(`staging.${real}`, older)).status, 200)
      const production = await ask(real, '/v3/dss/quotient_familial/identite')
      const { code } = errorOf({ ...production, type: null, headers: new Headers(), body: JSON.parse(production.body) })
      assert.deepEqual([production.status, code], [401, '00109'])
      const unknown = await ask(real, '/api/oauth/token')
      assert.deepEqual([unknown.status, unknown.headers.get('content-type')], [404, 'text/plain; charset=utf-8'])
    })
  })
}
