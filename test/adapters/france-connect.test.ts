import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { dialectOf, loadPlatform } from '#contract'
import { copyAdapted, isAdapted, writeSecrets } from '../../src/cli/parity/adapted-copy.js'
import { type ProviderDouble, startDouble } from '../../src/cli/parity/provider-double.js'
import { called, recipient } from '../api-particulier/caller.js'
import { personToken } from '../api-particulier/person-token.js'
import { createPlace, type Place, storeKinds } from '../start/place.js'
import { type Portique, startPortique } from '../start/portique.js'

const target = `/v3/mesri/statut_etudiant/france_connect?recipient=${recipient}`

for (const kind of storeKinds)
  describe(`a provider asked in the name of a person, on the ${kind.name}`, () => {
    let place: Place
    let double: ProviderDouble
    let portique: Portique

    before(async () => {
      place = await createPlace(kind)
      const { platform } = await loadPlatform('platforms/api-particulier')
      assert.ok(platform)
      const apis = platform.apis.filter(isAdapted)
      double = await startDouble({ apis, dialect: dialectOf(platform.dialect) })
      const folder = join(place.folder, 'platforms')
      const secrets = join(place.folder, 'secrets.json')
      await copyAdapted(platform, { folder, addressOf: double.addressOf, tokenUrl: double.tokenUrl })
      await writeSecrets(apis, secrets)
      portique = await startPortique(place, { PORTIQUE_PLATFORMS: folder, PORTIQUE_PROVIDER_SECRETS: secrets })
    })
    after(async () => {
      await portique.end('SIGTERM')
      await double.stop()
      await place.drop()
    })

    test('who she is comes from her sign-in, not from the call', async () => {
      const token = await personToken(portique, 'camille-dubreuil', 'mesri_admissions', 'production')
      const found = await called(portique, target, { token })
      assert.equal(found.status, 200, found.text)
      const { data } = JSON.parse(found.text)
      assert.equal(data.admissions.length, 1)
      const another = '&nomNaissance=PICARD&prenoms%5B%5D=Hugo&anneeDateNaissance=2001'
      assert.deepEqual((await called(portique, target + another, { token })).body, found.body)
      // Somebody whom this provider does not know.
      const unknown = await personToken(portique, 'angela-martin', 'mesri_admissions', 'production')
      const none = await called(portique, target, { token: unknown })
      assert.equal(none.status, 404, none.text)
    })
  })
