import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isProblem } from '#base'
import type { CaseToKeep } from '#catalog'
import type { Store } from '#storage'
import { onBothStores } from '../both-stores.fixture.js'
import { casesOf } from './cases.fixture.js'

const caseNamed = (file: string, more: Partial<CaseToKeep> = {}): CaseToKeep => ({
  file: `demo_aides/${file}`,
  folder: 'demo_aides',
  title: file,
  params: { nom: file },
  status: 200,
  payload: '{"montant":1}',
  ...more,
})
const request = { platform: 'demo', actor: 'tester' }
onBothStores('imported cases', process.env.DATABASE_URL, (within) => {
  it('say what became of each file, and are there at the next start', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      const outcomes = await cases.import({
        ...request,
        applicationId: null,
        cases: [
          caseNamed('a.yaml'),
          caseNamed('b.yaml', { folder: 'elsewhere' }),
          caseNamed('c.yaml', { payload: '{"montant":"x"}' }),
          caseNamed('d.yaml', { status: 418 }),
        ],
      })
      assert.deepEqual(outcomes, [
        { file: 'demo_aides/a.yaml', api: 'demo/aides/1', notes: [], before: 'nothing' },
        { file: 'demo_aides/b.yaml', refused: 'no operation of "demo" takes the folder "elsewhere"' },
        {
          file: 'demo_aides/c.yaml',
          api: 'demo/aides/1',
          notes: ['the contract says otherwise at "/montant": must be integer'],
          before: 'nothing',
        },
        {
          file: 'demo_aides/d.yaml',
          api: 'demo/aides/1',
          notes: ['the contract declares no answer 418'],
          before: 'nothing',
        },
      ])
      cases.close()
      const again = await casesOf(store)
      const files = again.of('demo/aides/1', 'any').map(({ file }) => file)
      assert.deepEqual(files, ['demo_aides/a.yaml', 'demo_aides/c.yaml', 'demo_aides/d.yaml'])
      const { action, detail } = await store.db.selectFrom('audit').selectAll().executeTakeFirstOrThrow()
      assert.deepEqual([action, JSON.parse(detail)], ['sandbox.import', { kept: 3, of: 4, application: null }])
      again.close()
    }))

  it('say what of their call is wrong, unless a refusal is what they answer', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      const outcomes = await cases.import({
        ...request,
        applicationId: null,
        cases: [
          caseNamed('a.yaml', { params: { nim: 'a' } }),
          caseNamed('b.yaml', { params: { nom: 'b', annee: 2023, mois: 2, jour: 31 } }),
          caseNamed('c.yaml', { params: { nom: 'c', annee: 'x' }, status: 404, payload: null }),
          caseNamed('d.yaml', { params: { nom: 'd', annee: 'x' }, status: 422, payload: null }),
          caseNamed('404.yaml', { params: {}, status: 404, payload: null }),
        ],
      })
      const before = 'its call is refused before it: the parameter'
      const undeclared = (status: number) => `the contract declares no answer ${status}`
      assert.deepEqual(
        outcomes.map((one) => 'notes' in one && one.notes),
        [
          ['the contract has no parameter "nim"', `${before} "nom" is missing`],
          [`${before} "annee" does not go with the others, or with today’s date`],
          [`${before} "annee" breaks the contract`, undeclared(404)],
          [undeclared(422)],
          [undeclared(404)],
        ],
      )
      cases.close()
    }))

  it('replace those of the same file, and those of an application come before the shared and are its alone', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      await cases.import({ ...request, applicationId: null, cases: [caseNamed('a.yaml')] })
      await cases.import({ ...request, applicationId: null, cases: [caseNamed('a.yaml', { payload: '2' })] })
      await cases.import({ ...request, applicationId: 'mine', cases: [caseNamed('a.yaml', { payload: '3' })] })
      const payloads = (application: string) => cases.of('demo/aides/1', application).map(({ payload }) => payload)
      assert.deepEqual(payloads('mine'), [3, 2])
      assert.deepEqual(payloads('another'), [2])
      assert.equal(cases.of('demo/aides/1', 'mine'), cases.of('demo/aides/1', 'mine'))
      cases.close()
    }))

  it('keep a thousand files in one go', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      const many = Array.from({ length: 1_000 }, (_, index) => caseNamed(`${index}.yaml`))
      await cases.import({ ...request, applicationId: null, cases: many })
      assert.equal(cases.of('demo/aides/1', '').length, 1_000)
      cases.close()
    }))

  it('come after a change that another node makes meanwhile, which stays in the history', (t) =>
    within(async (store, again) => {
      const other = await again()
      if (other === store) return t.skip('an embedded store has one node')
      const elsewhere = await casesOf(other)
      await elsewhere.import({ ...request, applicationId: null, cases: [caseNamed('a.yaml'), caseNamed('b.yaml')] })
      const [one] = await elsewhere.list({ api: 'demo/aides/1' })
      assert.ok(one)
      const edit = (revision: number, montant: number) =>
        elsewhere.edit({
          ...{ id: one.id, revision, actor: 'bob', file: 'x' },
          text: `title: x\nparams: { nom: a.yaml }\nstatus: 200\npayload: { montant: ${montant} }\n`,
        })
      const late = await casesOf(meanwhile(store, [() => edit(1, 7)]))
      const changed = caseNamed('a.yaml', { payload: '{"montant":2}' })
      const outcomes = await late.import({ ...request, applicationId: null, cases: [changed] })
      assert.deepEqual(outcomes, [{ file: 'demo_aides/a.yaml', api: 'demo/aides/1', notes: [], before: 'another' }])
      const history = await elsewhere.history(one.id)
      assert.deepEqual(
        history.map(({ revision, action }) => [revision, action]),
        [
          [1, 'import'],
          [2, 'edit'],
          [3, 'import'],
        ],
      )
      assert.equal((await elsewhere.show(one.id)).payload, '{"montant":2}')
      await assert.rejects(edit(2, 8), (error) => isProblem(error) && error.code === 'catalog/case-changed')

      const always = Array.from({ length: 9 }, (_, tries) => () => edit(3 + tries, 10 + tries))
      const never = await casesOf(meanwhile(store, always))
      const overtaken = never.import({ ...request, applicationId: null, cases: [caseNamed('a.yaml')] })
      await assert.rejects(overtaken, (error) => isProblem(error) && error.code === 'catalog/import-overtaken')
      assert.equal((await elsewhere.history(one.id)).at(-1)?.action, 'edit', 'nothing of it is kept')
      for (const each of [elsewhere, late, never]) each.close()
    }))
})

/** The store, where others do something in the midst of each transaction, once what is there was read. */
function meanwhile(store: Store, others: (() => Promise<unknown>)[]): Store {
  const { kind, db, feed, backup, ping, close } = store
  return {
    ...{ kind, db, backup, ping, close },
    transaction: (work) =>
      store.transaction(async (transaction) => {
        let seen = false
        const watched = transaction.withPlugin({
          transformQuery: ({ node }) => node,
          async transformResult({ result }) {
            if (!seen) {
              seen = true
              await others.shift()?.()
            }
            return result
          },
        })
        real.set(watched, transaction)
        return work(watched)
      }),
    feed: {
      ...feed,
      subscribe: (listener) => feed.subscribe(listener),
      silentMilliseconds: () => feed.silentMilliseconds(),
      publish: (transaction, change) => feed.publish(real.get(transaction) ?? transaction, change),
    },
  }
}

type Work = Parameters<Store['feed']['publish']>[0]
const real = new WeakMap<Work, Work>()
