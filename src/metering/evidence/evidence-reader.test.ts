import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { isProblem, randomIdentifiers, silentLog } from '#base'
import type { Operation } from '#contract'
import { createVault } from '#storage'
import { demoApi, demoOperation, finishedExchange } from '../exchange.fixture.js'
import { onRealStores, type RealStore } from '../real-stores.fixture.js'
import { createEvidence } from './evidence.js'
import { createEvidencePurge } from './evidence-purge.js'
import { createEvidenceReader } from './evidence-reader.js'

const day = 86_400_000
const actor = 'operator'
const marked: Operation = {
  ...demoOperation,
  definition: {
    parameters: [
      { name: 'nomNaissance', in: 'query', 'x-identity': 'family-name' },
      { name: 'prenoms[]', in: 'query', 'x-identity': 'given-names' },
      { name: 'ine', in: 'query', 'x-identity': 'ine' },
      { name: 'commune', in: 'query' },
    ],
  },
}

onRealStores(process.env.DATABASE_URL, (kind, open) => {
  describe(`reading evidence in ${kind}`, () => {
    let real: RealStore
    let now = 2_000_000_000_000
    const clock = () => now
    const vault = createVault(randomBytes(32))
    before(async () => {
      real = await open()
    })
    after(() => real.remove())
    const reader = () =>
      createEvidenceReader({
        ...{ store: real.store, vault, identifiers: randomIdentifiers, clock },
        apis: () => [demoApi({ operations: [marked] })],
      })
    const keep = async (more: Parameters<typeof finishedExchange>[0]) =>
      createEvidence({ store: real.store, identifiers: randomIdentifiers }).record(finishedExchange(more))
    const audits = async (action: string) =>
      real.store.db.selectFrom('audit').select(['detail', 'actor']).where('action', '=', action).execute()

    it('pages through what a filter means, oldest first, and leaves an audit entry', async () => {
      for (let call = 0; call < 7; call += 1)
        await keep({
          startedAt: now - 7 + call,
          requestId: `r${call}`,
          applicationId: call < 5 ? 'cli_a' : 'cli_b',
          tokenName: 'jti-a',
        })
      const filter = { application: 'cli_a' }
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await reader().page({ filter, limit: 2, actor, ...(after !== undefined && { after }) })
        seen.push(...page.records.map(({ requestId }) => requestId))
        after = page.next ?? undefined
      } while (after !== undefined)
      assert.deepEqual(seen, ['r0', 'r1', 'r2', 'r3', 'r4'])
      const of = async (more: object) =>
        (await reader().page({ filter: more, limit: 100, actor })).records.map((each) => each.requestId)
      assert.deepEqual(await of({ from: now - 2, to: now - 1 }), ['r5'])
      assert.deepEqual(await of({ token: 'jti-a', application: 'cli_b' }), ['r5', 'r6'])
      assert.deepEqual(await of({ token: 'jti-b' }), [])
      assert.deepEqual(await of({ api: 'demo/annuaire/2' }), [])
      const [first, ...more] = await audits('evidence.read')
      assert.deepEqual(
        [first, more.length],
        [{ detail: '{"application":"cli_a"}', actor }, 4],
        'one a reading, not one a page',
      )
    })

    it('finds the calls for one body, and says what is wrong with a period or a place that is none', async () => {
      await keep({ startedAt: now - 50, requestId: 'for-one', recipient: '13002526500013' })
      await keep({ startedAt: now - 50, requestId: 'for-another', recipient: '35600000000048' })
      const of = async (more: object) =>
        (await reader().page({ filter: more, limit: 100, actor })).records.map((each) => each.requestId)
      assert.deepEqual(await of({ recipient: '13002526500013' }), ['for-one'])
      assert.deepEqual(await of({ recipient: '13002526500013', to: now - 50 }), [])
      const persons = await reader().persons({ filter: { recipient: '13002526500013' }, actor })
      assert.deepEqual(persons, [])
      const refusedWith = (code: string) => (error: unknown) => isProblem(error) && error.code === code
      for (const filter of [
        { from: now, to: now },
        { from: now + 1, to: now },
      ]) {
        await assert.rejects(of(filter), refusedWith('evidence/period'))
        await assert.rejects(reader().persons({ filter, actor }), refusedWith('evidence/period'))
      }
      for (const after of [
        '',
        '_',
        'now',
        '5',
        '5_',
        '_evi_1',
        '-1_evi_1',
        '1e3_evi_1',
        "5_' or 1=1",
        '5_\u0000',
        '9'.repeat(20),
      ])
        await assert.rejects(
          reader().page({ filter: {}, limit: 1, after, actor }),
          refusedWith('evidence/cursor'),
          after,
        )
    })

    it('tells whose data a token gave away, how often, when, of which APIs and which fields', async () => {
      const token = { tokenName: 'jti-leaked' }
      await keep({ ...token, startedAt: now, person: 'p1', fields: ['data.nom', 'data.adresse'] })
      await keep({ ...token, startedAt: now + 5, person: 'p1', fields: ['data.nom'] })
      await keep({ ...token, startedAt: now + 9, person: 'p2', fields: ['data.nom'] })
      await keep({ ...token, startedAt: now + 9, person: 'p3', fields: [], status: 404 })
      await keep({ ...token, startedAt: now + 9, person: 'p4', fields: null, status: 403, refusal: 'access/scope' })
      await keep({ tokenName: 'jti-other', startedAt: now, person: 'p5', fields: ['data.nom'] })
      const apis = ['demo/annuaire/1']
      assert.deepEqual(await reader().persons({ filter: { token: 'jti-leaked' }, actor }), [
        { person: 'p2', calls: 1, firstAt: now + 9, lastAt: now + 9, apis, fields: ['data.nom'] },
        { person: 'p1', calls: 2, firstAt: now, lastAt: now + 5, apis, fields: ['data.adresse', 'data.nom'] },
      ])
      assert.equal((await audits('evidence.persons')).length, 4)
    })

    it('finds a person by the names of parameters or of what they say; the key is sealed and the same ever after', async () => {
      const one = await reader().personOf({ nomNaissance: "L'Hermitte", 'prenoms[]': ['Noëlle'] })
      assert.match(one, /^[\w-]{43}$/)
      assert.equal(await reader().personOf({ 'family-name': 'l hermitte', prenoms: 'NOELLE' }), one)
      assert.notEqual(await reader().personOf({ nomNaissance: 'Petit' }), one)
      assert.notEqual(await reader().personOf({ ine: '1' }), await reader().personOf({ realm: 'demo/demo', sub: '1' }))
      const other = createEvidenceReader({
        ...{ store: real.store, vault: createVault(randomBytes(32)), identifiers: randomIdentifiers, clock },
        apis: () => [],
      })
      await assert.rejects(other.personOf({ realm: 'a/b', sub: 'c' }), 'without the key of the store nobody makes one')
      for (const bad of [{}, { commune: 'Lyon' }, { nomNaissance: '' }, { 'prenoms[]': ['Noëlle'] }, { realm: 'x' }])
        await assert.rejects(
          reader().personOf(bad),
          (error) => isProblem(error) && error.code === 'evidence/person' && !error.text.en.includes('Lyon'),
        )
    })

    it('is purged a year on, and the purge itself stays on record', async () => {
      await keep({ startedAt: now, requestId: 'old' })
      await keep({ startedAt: now + 100 * day, requestId: 'young' })
      const purge = createEvidencePurge({
        store: real.store,
        identifiers: randomIdentifiers,
        clock,
        log: silentLog,
        days: 365,
      })
      await purge.purge()
      const left = async () =>
        (await real.store.db.selectFrom('evidence').select('request_id').execute()).map((row) => row.request_id)
      assert.ok((await left()).includes('old'))
      now += 364 * day
      await purge.purge()
      assert.ok((await left()).includes('old'))
      // Thirteen months: past the year that the CNIL advises.
      now += 31 * day
      await purge.purge()
      assert.deepEqual(await left(), ['young'])
      const [entry, ...more] = await audits('evidence.purge')
      assert.ok(Number(JSON.parse(entry?.detail ?? '{}').deleted) > 5)
      await purge.purge()
      assert.deepEqual([more.length, (await audits('evidence.purge')).length], [0, 1], 'a purge of nothing is none')
      await purge.close()
    })
  })
})
