import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isProblem } from '#base'
import { onBothStores } from '../both-stores.fixture.js'
import { caseLimits } from './case-limits.js'
import { apis, casesOf } from './cases.fixture.js'
import type { CaseToKeep } from './cases.js'

const api = 'demo/aides/1'
const text = (nom: string, montant: unknown = 1) =>
  `title: Aide de ${nom}\nparams: { nom: ${nom} }\nstatus: 200\npayload: { montant: ${montant} }\n`
const adding = { api, application: null, actor: 'ada', file: 'case.yaml' }
const headers = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => `X-${index}: ${'x'.repeat(length)}`).join(', ')
const importing = (cases: readonly CaseToKeep[]) => ({ platform: 'demo', applicationId: null, actor: 'x', cases })
const toImport = (nom: string, payload: string | null): CaseToKeep => ({
  ...{ file: `demo_aides/${nom}.yaml`, folder: 'demo_aides', title: '', params: { nom }, status: 200, payload },
})
const refusedWith = (code: string) => (error: unknown) => isProblem(error) && error.code === code

onBothStores('cases one by one', process.env.DATABASE_URL, (within) => {
  it('are added, edited, removed and restored, and each change is told', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      const one = await cases.add({ ...adding, text: text('Élodie') })
      assert.equal(one.file, 'demo_aides/aide-de-elodie.yaml')
      assert.deepEqual(cases.of(api, '')[0]?.payload, { montant: 1 })
      const edited = await cases.edit({ id: one.id, revision: 1, actor: 'bob', file: 'x', text: text('Élodie', 2) })
      assert.equal(edited.revision, 2)
      assert.deepEqual(cases.of(api, '')[0]?.payload, { montant: 2 })
      await cases.remove({ id: one.id, revision: 2, actor: 'bob' })
      assert.deepEqual(cases.of(api, ''), [])
      await assert.rejects(cases.show(one.id), refusedWith('catalog/unknown-case'))
      await cases.restore({ id: one.id, revision: 3, to: 1, actor: 'eve' })
      assert.deepEqual(cases.of(api, '')[0]?.payload, { montant: 1 })
      const history = await cases.history(one.id)
      assert.deepEqual(
        history.map(({ revision, action, updatedBy, payload }) => [
          revision,
          action,
          updatedBy,
          JSON.parse(payload ?? ''),
        ]),
        [
          [1, 'add', 'ada', { montant: 1 }],
          [2, 'edit', 'bob', { montant: 2 }],
          [3, 'remove', 'bob', { montant: 2 }],
          [4, 'restore', 'eve', { montant: 1 }],
        ],
      )
      const audit = await store.db.selectFrom('audit').select('action').orderBy('at').execute()
      assert.deepEqual(audit.map(({ action }) => action).toSorted(), [
        'sandbox.add',
        'sandbox.edit',
        'sandbox.remove',
        'sandbox.restore',
      ])
      cases.close()
    }))

  it('tell the second of two editors', () =>
    within(async (store, again) => {
      const [cases, elsewhere] = [await casesOf(store), await casesOf(await again())]
      const { id } = await cases.add({ ...adding, text: text('Léa') })
      const edit = { id, revision: 1, actor: 'ada', file: 'x', text: text('Léa', 2) }
      const settled = await Promise.allSettled([cases.edit(edit), elsewhere.edit({ ...edit, text: text('Léa', 3) })])
      const lost = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
      assert.equal(lost.length, 1)
      assert.ok(refusedWith('catalog/case-changed')(lost[0]), String(lost[0]))
      for (const change of [() => cases.remove(edit), () => cases.restore({ ...edit, to: 1 })])
        await assert.rejects(change(), refusedWith('catalog/case-changed'))
      cases.close()
      elsewhere.close()
    }))

  it('answer on another node once the feed has told it', () =>
    within(async (store, again) => {
      const [cases, elsewhere] = [await casesOf(store), await casesOf(await again())]
      await cases.add({ ...adding, text: text('Zoé') })
      const deadline = Date.now() + 10_000
      while (elsewhere.of(api, '').length === 0 && Date.now() < deadline)
        await new Promise((done) => setTimeout(done, 20))
      assert.equal(elsewhere.of(api, '')[0]?.title, 'Aide de Zoé')
      cases.close()
      elsewhere.close()
    }))

  it('are private to an application, or shared', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      await cases.add({ ...adding, text: text('Ana', 1) })
      await cases.add({ ...adding, application: 'mine', text: text('Ana', 2) })
      assert.deepEqual(
        cases.of(api, 'mine').map(({ payload }) => payload),
        [{ montant: 2 }, { montant: 1 }],
      )
      assert.deepEqual(
        cases.of(api, 'other').map(({ payload }) => payload),
        [{ montant: 1 }],
      )
      assert.equal((await cases.list({ api, application: 'mine' })).length, 1)
      assert.equal((await cases.list({ platform: 'demo', application: null })).length, 1)
      assert.equal((await cases.list({ platform: 'dem' })).length, 0)
      cases.close()
    }))

  it('refuse what breaks the contract, with line, reason and mend', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      for (const [what, written, line, reason] of [
        ['a payload', text('A', '"x"'), 4, /breaks the contract .*"montant": must be integer/],
        ['a parameter that is not one', 'title: x\nparams: { nim: A }\nstatus: 200\n', 2, /has no parameter "nim"/],
        ['a parameter of another kind', 'title: x\nparams: { nom: "" }\nstatus: 418\n', 3, /declares no answer 418/],
        ['a parameter that the contract asks for', 'title: x\nstatus: 200\n', 1, /the parameter "nom" is missing/],
        [
          'a day that no calendar has',
          'title: x\nparams:\n  nom: A\n  annee: 2023\n  mois: 2\n  jour: 31\nstatus: 200\npayload: { montant: 1 }\n',
          4,
          /"annee" does not go with the others/,
        ],
        [
          'a number that loses its zero',
          'title: x\nparams:\n  nom: 01234\nstatus: 200\npayload: { montant: 1 }\n',
          3,
          /01234 without quotes is a number/,
        ],
        ['no YAML', 'title: [', 1, /not YAML/],
        ['a bomb', bomb, 1, /aliases that multiply/],
        [
          'a text that is repeated',
          `title: x\nparams: { nom: A }\nstatus: 200\npayload: { de: [&a "${'x'.repeat(100_000)}", *a, *a] }\n`,
          1,
          /unfolds to more than 263168 bytes/,
        ],
        [
          'a text that is longer once it is written',
          `title: x\nparams: { nom: A }\nstatus: 200\npayload: { de: '${'"'.repeat(140_000)}' }\n`,
          1,
          /unfolds to \d+ bytes, at most 262144/,
        ],
        [
          'long parameters',
          `title: x\nparams: { nom: '${'"'.repeat(9_000)}' }\nstatus: 200\n`,
          1,
          /its parameters take 18010 bytes, at most 16384/,
        ],
        [
          'many headers',
          `title: x\nparams: { nom: A }\nstatus: 200\nheaders: { ${headers(31, 1)} }\n`,
          4,
          /more than 30 h/,
        ],
        [
          'long headers',
          `title: x\nparams: { nom: A }\nstatus: 200\nheaders: { ${headers(9, 950)} }\n`,
          4,
          /8192 bytes/,
        ],
        ['a list', '- title: x\n', 1, /a list where one case/],
        ['an English title', `${text('A')}title_en: x\n`, 5, /"title_en" is not kept/],
        ['a length', `${text('A')}headers: { content-length: '3' }\n`, 5, /"headers.content-length".*the gateway sets/],
        ['an unknown key', `${text('A')}stattus: 3\n`, 5, /unknown key "stattus"/],
      ] as const)
        await assert.rejects(cases.add({ ...adding, text: written }), (error: unknown) => {
          assert.ok(refusedWith('catalog/case-mistakes')(error), `${what}: ${String(error)}`)
          const [mistake] = isProblem(error) && Array.isArray(error.detail.mistakes) ? error.detail.mistakes : []
          assert.deepEqual([mistake.file, mistake.line], ['case.yaml', line], what)
          assert.match(mistake.reason, reason, what)
          assert.notEqual(mistake.mend, '', what)
          return true
        })
      assert.deepEqual(await cases.list({}), [])
      cases.close()
    }))

  it('are held against the contract of today when they are restored, and told where they depart from it', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      await cases.import(importing([toImport('a', '{ "montant": "beaucoup" }')]))
      await cases.import(importing([toImport('a', '{ "montant": 2 }')]))
      const { id = '' } = (await cases.list({}))[0] ?? {}
      const { notes, payload } = await cases.restore({ id, revision: 2, to: 1, actor: 'ada' })
      assert.equal(payload, '{ "montant": "beaucoup" }')
      assert.deepEqual(notes, ['the contract says otherwise at "/montant": must be integer'])
      assert.deepEqual((await cases.restore({ id, revision: 3, to: 2, actor: 'ada' })).notes, [])
      const without = await casesOf(
        store,
        apis.map((one) => ({ ...one, operations: [] })),
      )
      await assert.rejects(
        without.restore({ id, revision: 4, to: 1, actor: 'ada' }),
        refusedWith('catalog/unknown-operation'),
      )
      assert.equal((await cases.show(id)).revision, 4)
      cases.close()
      without.close()
    }))

  it('refuse a second case for the same call, or of the same name, and an API that is not there', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      await cases.add({ ...adding, name: 'one', text: text('Noé') })
      await assert.rejects(cases.add({ ...adding, name: 'two', text: text('NOÉ') }), refusedWith('catalog/case-twin'))
      await assert.rejects(cases.add({ ...adding, name: 'one', text: text('Bo') }), refusedWith('catalog/case-exists'))
      await assert.rejects(
        cases.add({ ...adding, api: 'demo/none/1', text: text('Bo') }),
        refusedWith('catalog/unknown-api'),
      )
      await assert.rejects(cases.add({ ...adding, api: 'aides/1', text: text('Bo') }), {
        code: 'catalog/unknown-api',
        message: `No API is published under this identifier. Did you mean: ${api}?`,
      })
      await assert.rejects(cases.history('case_none'), refusedWith('catalog/unknown-case'))
      await assert.rejects(
        cases.restore({ id: 'case_none', revision: 1, to: 1, actor: 'x' }),
        refusedWith('catalog/unknown-case'),
      )
      cases.close()
    }))

  it('are not brought back with headers that no case may set any more', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      const { id } = await cases.add({ ...adding, text: text('Zoé') })
      await cases.edit({ id, revision: 1, actor: 'ada', file: 'x', text: text('Zoé', 2) })
      const headers = JSON.stringify({ 'Content-Length': '3' })
      await store.db.updateTable('sandbox_case_revision').set({ headers }).where('revision', '=', 1).execute()
      await assert.rejects(cases.restore({ id, revision: 2, to: 1, actor: 'ada' }), (error: unknown) => {
        assert.ok(refusedWith('catalog/case-mistakes')(error), String(error))
        assert.match(JSON.stringify(isProblem(error) && error.detail), /headers\.Content-Length.*the gateway sets/)
        return true
      })
      cases.close()
    }))

  it('remember the last changes alone', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      const { id } = await cases.add({ ...adding, text: text('Ida') })
      for (let revision = 1; revision <= caseLimits.revisions; revision += 1)
        await cases.edit({ id, revision, actor: 'ada', file: 'x', text: text('Ida', revision) })
      const history = await cases.history(id)
      assert.deepEqual([history[0]?.revision, history.length], [2, caseLimits.revisions])
      await assert.rejects(
        cases.restore({ id, revision: caseLimits.revisions + 1, to: 1, actor: 'ada' }),
        refusedWith('catalog/unknown-revision'),
      )
      cases.close()
    }))

  it('let calls be served between two that are imported', () =>
    within(async (store) => {
      const turns = new Set<number>()
      let turn = 0
      let done = false
      const next = () => {
        turn += 1
        if (!done) setImmediate(next)
      }
      const cases = await casesOf(store, apis, () => {
        turns.add(turn)
        return Date.now()
      })
      next()
      await cases.import(importing(['a', 'b', 'c', 'd'].map((nom) => toImport(nom, null))))
      done = true
      assert.ok(turns.size >= 4, `${turns.size} turns for four cases`)
      cases.close()
    }))

  it('are bounded in number and in size', () =>
    within(async (store) => {
      const cases = await casesOf(store)
      const filler = { application_id: '', operation_id: 'lireAide', title: '', headers: '{}', status: 200 }
      const row = { ...filler, params: '{}', payload: null, revision: 1, updated_at: 1, updated_by: 'x' }
      const [some, all] = [3, caseLimits.platformCharacters]
      const room = { title: 'x'.repeat(all - some - 4), headers: 'x'.repeat(some), description: '' }
      await store.db
        .insertInto('sandbox_case')
        .values({ ...row, api_id: 'demo/other/1', file: 'a', ...room })
        .execute()
      await assert.rejects(cases.add({ ...adding, text: text('Eva') }), refusedWith('catalog/too-many-cases'))
      const large = JSON.stringify('x'.repeat(caseLimits.caseBytes))
      const [beyond, tooLong] = await cases.import(importing([toImport('a', null), toImport('b', large)]))
      assert.match(JSON.stringify(beyond), /more than a platform keeps/)
      assert.match(JSON.stringify(tooLong), /unfolds to \d+ bytes, at most 262144 are kept/)
      const [named] = await cases.import(importing([{ ...toImport('c', null), params: { nom: ['x'.repeat(17_000)] } }]))
      assert.match(JSON.stringify(named), /its parameters take 17012 bytes, at most 16384 are kept/)
      const long = `title: x\nparams: { nom: A }\nstatus: 200\ndescription: ${'x'.repeat(caseLimits.caseBytes)}\n`
      await assert.rejects(cases.add({ ...adding, text: long }), refusedWith('catalog/case-mistakes'))
      cases.close()
    }))
})

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => {
    const last = `*${'abcdef'[index]}`
    return `${name}: &${name} [${Array(9).fill(last).join(', ')}]`
  }),
].join('\n')
