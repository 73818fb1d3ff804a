import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { SandboxCase } from '#contract'
import { createSandbox } from './create-sandbox.js'
import { apiNamed, loadApis, openWire, type Wire } from './fixtures/wire.fixture.js'

const api = apiNamed(await loadApis('platforms/demo'), 'annuaire')
const kept = (file: string, params: SandboxCase['params'], payload: string): SandboxCase => ({
  title: file,
  operation: 'listerServices',
  params,
  status: 200,
  payload,
  headers: {},
  file,
})
/** Those of the application come first. */
const cases = [
  kept('mine/a.yaml', { commune: '75101' }, 'mine'),
  kept('shared/a.yaml', { commune: '75101' }, 'shared'),
  kept('shared/b.yaml', { COMMUNE: 'x' }, 'never'),
  kept('shared/c.yaml', { commune: '69381', nature: ['Bibliotheque'] }, 'exact'),
  { ...kept('shared/long.yaml', { commune: '13055' }, 'whole'), headers: { 'Content-Length': '3', 'X-A': 'b' } },
  kept('shared/404.yaml', { commune: '00000' }, 'the rest'),
]

describe('a case kept in the store', () => {
  let wire: Wire
  let asked: readonly string[] = []
  before(async () => {
    const stored = (_api: unknown, application: string) => {
      asked = [...asked, application]
      return cases
    }
    wire = await openWire(createSandbox({ clock: () => 0, stored }), api)
  })
  after(() => wire.close())
  const get = async (query: string) => (await fetch(`${wire.url}/services?${query}`)).json()

  it('answers, the application’s own before the shared', async () => {
    assert.equal(await get('commune=75101'), 'mine')
    assert.equal(asked.at(-1), 'test')
  })

  it('answers before the folder’s, whatever the case of letters', async () => {
    assert.equal(await get('nature=BIBLIOTHEQUE&commune=69381'), 'exact')
  })

  it('says nothing of the length of its answer, even if it was kept before that was refused', async () => {
    const { headers } = await fetch(`${wire.url}/services?commune=13055`, { method: 'HEAD' })
    assert.deepEqual([headers.get('content-length'), headers.get('x-a')], [null, 'b'])
    assert.equal(await get('commune=13055'), 'whole')
  })

  it('leaves to 404.yaml what nothing else answers', async () => {
    assert.equal(await get('commune=75101&nature=mairie'), 'the rest')
  })
})
