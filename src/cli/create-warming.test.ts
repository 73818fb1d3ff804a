import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiVersion, loadPlatform } from '#contract'
import { createWarming } from './create-warming.js'

const { platform } = await loadPlatform('platforms/france-travail')
const apis = platform?.apis ?? assert.fail()
const offres = 'api_offresdemploiv2 o2dsoffre'

test('a token warms what it may call, once, and again what was published anew', async () => {
  const warmed: string[] = []
  let snapshot = { apis }
  const granted = createWarming({
    snapshot: () => snapshot,
    warm: async ({ id }: ApiVersion) => void warmed.push(id),
  })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  granted('france-travail', 'api_offresdemploiv2')
  granted('demo', offres)
  await settled()
  assert.deepEqual(warmed, [])
  for (let times = 0; times < 3; times += 1) granted('france-travail', `${offres} extra${times}`)
  await settled()
  assert.deepEqual(warmed, ['france-travail/offresdemploi/2'])
  snapshot = { apis: apis.map((api) => (api.code === 'offresdemploi' ? { ...api } : api)) }
  granted('france-travail', `${offres} extra1`)
  await settled()
  assert.deepEqual(warmed, Array(2).fill('france-travail/offresdemploi/2'))
})

test('nothing is warmed that a provider answers', async () => {
  const upstream = [{ url: 'https://fournisseur.example', weight: 1 }]
  const away = apis.map((api) => ({ ...api, upstreams: { production: upstream, sandbox: upstream } }))
  const granted = createWarming({ snapshot: () => ({ apis: away }), warm: () => assert.fail() })
  granted('france-travail', offres)
  await new Promise((resolve) => setImmediate(resolve))
})
