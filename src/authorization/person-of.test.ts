import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiVersion, type CatalogSnapshot, loadPlatform } from '#contract'
import { createPersonOf } from './person-of.js'

test('claims are found as soon as an API that asks for them is on the air, and no sooner', async () => {
  const { platform } = await loadPlatform('platforms/api-particulier')
  const [first] = platform?.apis ?? []
  assert.ok(platform && first)
  const plain: ApiVersion = { ...first, adapter: null, upstreams: { production: 'sandbox', sandbox: 'sandbox' } }
  const asking: ApiVersion = {
    ...plain,
    realm: 'france-connect',
    upstreams: { production: 'realm', sandbox: 'sandbox' },
  }
  let apis: readonly ApiVersion[] = [plain]
  const snapshot = (): CatalogSnapshot => ({
    ...{ revision: 1, apis, applications: new Map() },
    platforms: new Map([[platform.id, platform]]),
  })
  const nothing = new Proxy({} as never, { get: () => assert.fail('a persona is in no store') })
  const people = createPersonOf({ store: nothing, vault: nothing, access: { snapshot } })
  const [persona] = platform.personas
  const token = { platform: platform.id, realm: 'france-connect', subject: persona?.sub } as never
  assert.equal(people.asks(platform.id, 'france-connect'), false)
  assert.equal(await people.find(token), undefined)
  apis = [plain, asking]
  assert.equal(people.asks(platform.id, 'france-connect'), true)
  assert.equal(people.asks(platform.id, undefined), false)
  assert.equal((await people.find(token))?.family_name, persona?.claims.family_name)
})
