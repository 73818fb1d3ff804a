import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { control } from '../start/control.js'
import { storeKinds } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { bearer, demoApplication, demoToken } from '../start/tokens.js'

const api = 'demo/annuaire/1'
const text = (nom: string) => `title: Une gare
operation: lireService
params: { identifiant: gare-du-test }
status: 200
payload: { identifiant: gare-du-test, nom: ${nom}, nature: mairie, commune: "75101" }
`
const case_ = { file: 'a.yaml', folder: 'none', title: 'Une gare', params: {}, status: 200, payload: '[["["]]' }
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
const made = z.object({ id: z.string(), revision: z.number() })

for (const kind of storeKinds)
  describe(`the control verbs of sandbox cases, on the ${kind.name}`, () => {
    const portique = sharedPortique(kind)
    const ask = (method: string, path: string, body?: unknown) => control(portique(), method, `/sandbox${path}`, body)
    const read = async () => {
      const token = await demoToken(portique(), 'demo', 'annuaire')
      const answer = await fetch(`${portique().url}/demo/annuaire/v1/services/gare-du-test`, { headers: bearer(token) })
      return { status: answer.status, text: await answer.text() }
    }
    const shown = async () => (await fetch(`${portique().url}/fr/apis/${api}`)).text()
    const statusOf = async (answer: Promise<{ status: number; json: unknown }>) => {
      const { status, json } = await answer
      return `${status} ${z.object({ code: z.string() }).safeParse(json).data?.code ?? ''}`.trim()
    }

    test('201, 200: a case answers the very next call and stands in the documentation, edited or restored the one after, and none once it is removed', async () => {
      const before = await read()
      assert.doesNotMatch(await shown(), /gare-du-test/)
      const added = await ask('POST', '/cases', { api, text: text('Gare'), by: 'ada' })
      assert.equal(added.status, 201, JSON.stringify(added.json))
      const { id } = made.parse(added.json)
      assert.match((await read()).text, /"nom":"Gare"/)
      assert.match(await shown(), /Une gare[\s\S]{3,900}gare-du-test/)
      const edited = await ask('PUT', `/cases/${id}`, { text: text('Halte'), revision: 1 })
      assert.equal(edited.status, 200, JSON.stringify(edited.json))
      assert.match((await read()).text, /"nom":"Halte"/)
      const restored = await ask('POST', `/cases/${id}/restoration`, { revision: 2, to: 1 })
      assert.equal(restored.status, 201, JSON.stringify(restored.json))
      assert.deepEqual(z.object({ notes: z.array(z.string()) }).parse(restored.json).notes, [])
      assert.match((await read()).text, /"nom":"Gare"/)
      const history = await ask('GET', `/cases/${id}/history`)
      const who = z.array(z.object({ action: z.string(), updatedBy: z.string() })).parse(history.json)
      assert.deepEqual(
        who.map(({ action, updatedBy }) => `${action} ${updatedBy}`),
        ['add operator (ada)', 'edit operator', 'restore operator'],
      )
      assert.equal((await ask('DELETE', `/cases/${id}`, { revision: 3 })).status, 200)
      assert.deepEqual(await read(), before)
      assert.doesNotMatch(await shown(), /gare-du-test/)
      const listed = await ask('GET', `/cases?api=${api}`)
      assert.deepEqual([listed.status, listed.json], [200, []])
    })

    test('one application’s case answers nobody else', async () => {
      const { client_id } = demoApplication(portique(), 'demo', 'sandbox')
      const added = await ask('POST', '/cases', { api, text: text('Privée'), application: client_id })
      const { id, revision } = made.parse(added.json)
      assert.doesNotMatch((await read()).text, /Privée/)
      assert.equal((await ask('DELETE', `/cases/${id}`, { revision })).status, 200)
    })

    test('400: a body or a query of another shape', async () => {
      for (const answer of [
        ask('POST', '/cases', { api }),
        ask('POST', '/cases', { api, text: text('x'), by: '\u001b[2J' }),
        ask('PUT', '/cases/case_x', { text: text('x'), revision: 0 }),
        ask('DELETE', '/cases/case_x', {}),
        ask('POST', '/cases/case_x/restoration', { revision: 1 }),
        ask('POST', '/imports', { platform: 'demo', cases: [{ file: 'x' }] }),
        ...[
          { headers: { 'X-A': 'b\r\nSet-Cookie: a' } },
          ...[
            { headers: { 'X A': 'b' } },
            { headers: { 'Transfer-Encoding': 'chunked' } },
            { headers: { 'X-A': 'Ł' } },
            { payload: '{' },
          ],
          ...[{ file: '..' }, { file: 'a/..' }, { file: 'a\\.' }, { file: 'a/' }],
          ...[{ params: { a: nested(33) } }, { params: { a: nested(3_000) } }, { params: { ['x'.repeat(201)]: 1 } }],
          { payload: `{"a":"[","b":${'['.repeat(300)}${']'.repeat(300)}}` },
        ].map((wrong) => ask('POST', '/imports', { platform: 'demo', cases: [{ ...case_, ...wrong }] })),
      ])
        assert.equal(await statusOf(answer), '400 control/body')
      for (const fitting of [case_, { ...case_, params: { a: nested(31) } }])
        assert.equal(await statusOf(ask('POST', '/imports', { platform: 'demo', cases: [fitting] })), '201')
      assert.equal(await statusOf(ask('GET', '/cases?apis=x')), '400 control/query')
      assert.equal(await statusOf(ask('GET', '/cases?api=a&api=b')), '400 control/query')
    })

    test('401: without the token of dev.json, or with another one', async () => {
      for (const headers of [{}, { authorization: 'Bearer wrong' }] as Record<string, string>[])
        for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
          for (const path of ['/cases', '/cases/case_x', '/imports', '/cases/case_x/history']) {
            const answer = await fetch(`${portique().url}/control/sandbox${path}`, { method, headers })
            await answer.body?.cancel()
            assert.equal(answer.status, 401, `${method} ${path}`)
          }
    })

    test('403: for an application of another platform', async () => {
      const { client_id } = demoApplication(portique(), 'france-travail')
      const body = { api, text: text('x'), application: client_id }
      assert.equal(await statusOf(ask('POST', '/cases', body)), '403 catalog/foreign-application')
      const imported = { platform: 'demo', application: client_id, cases: [] }
      assert.equal(await statusOf(ask('POST', '/imports', imported)), '403 catalog/foreign-application')
    })

    test('404: a case, a revision, an API, a platform or an application that is not there', async () => {
      const { id, revision } = made.parse((await ask('POST', '/cases', { api, text: text('x') })).json)
      for (const [answer, code] of [
        [ask('GET', '/cases/case_none'), 'catalog/unknown-case'],
        [ask('GET', '/cases/case_none/history'), 'catalog/unknown-case'],
        [ask('PUT', '/cases/case_none', { text: text('x'), revision: 1 }), 'catalog/unknown-case'],
        [ask('DELETE', '/cases/case_none', { revision: 1 }), 'catalog/unknown-case'],
        [ask('POST', `/cases/${id}/restoration`, { revision, to: revision + 9 }), 'catalog/unknown-revision'],
        [ask('POST', '/cases', { api: 'demo/none/1', text: text('x') }), 'catalog/unknown-api'],
        [ask('POST', '/imports', { platform: 'none', cases: [] }), 'catalog/unknown-platform'],
        [ask('POST', '/cases', { api, text: text('x'), application: 'nobody' }), 'access/unknown-application'],
      ] as const)
        assert.equal(await statusOf(answer), `404 ${code}`)
      assert.equal((await ask('DELETE', `/cases/${id}`, { revision })).status, 200)
    })

    test('409: somebody else was faster, or another case answers already', async () => {
      const { id } = made.parse((await ask('POST', '/cases', { api, text: text('x'), name: 'un' })).json)
      assert.equal((await ask('PUT', `/cases/${id}`, { text: text('y'), revision: 1 })).status, 200)
      for (const [answer, code] of [
        [ask('PUT', `/cases/${id}`, { text: text('z'), revision: 1 }), 'catalog/case-changed'],
        [ask('DELETE', `/cases/${id}`, { revision: 1 }), 'catalog/case-changed'],
        [ask('POST', `/cases/${id}/restoration`, { revision: 1, to: 1 }), 'catalog/case-changed'],
        [ask('POST', '/cases', { api, text: text('x'), name: 'deux' }), 'catalog/case-twin'],
        [ask('POST', '/cases', { api, text: text('x').replace('test', 'nord'), name: 'un' }), 'catalog/case-exists'],
      ] as const)
        assert.equal(await statusOf(answer), `409 ${code}`)
      assert.equal((await ask('DELETE', `/cases/${id}`, { revision: 2 })).status, 200)
    })

    test('413 for a body beyond all bounds, 422 for a case that breaks the contract, with its place', async () => {
      const large = await ask('POST', '/cases', { api, text: 'x'.repeat(13_000_000) }).catch(() => null)
      assert.equal(large?.status ?? 413, 413)
      const broken = await ask('POST', '/cases', { api, file: 'gare.yaml', text: text('[1]') })
      assert.equal(broken.status, 422)
      assert.match(JSON.stringify(broken.json), /"file":"gare.yaml","line":5,"column":44,"reason":"the payload breaks/)
    })
  })
