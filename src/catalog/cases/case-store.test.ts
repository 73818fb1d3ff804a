import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it, test } from 'node:test'
import { Client } from 'pg'
import { randomIdentifiers, silentLog } from '#base'
import { type CaseToKeep, createCaseStore } from '#catalog'
import { type ApiVersion, loadPlatforms, parseApi } from '#contract'
import { createStore, type Store } from '#storage'

const { platforms } = await loadPlatforms('platforms')
const demo = platforms.find(({ id }) => id === 'demo')
if (demo === undefined) throw new Error('no demo platform')
const { api, mistakes } = await parseApi({
  platform: demo,
  settings: { file: 'settings', value: { code: 'aides', version: '1', upstreams: { production: 'sandbox' } } },
  document: {
    file: 'openapi.yaml',
    text: `openapi: 3.1.0
info: { title: Aides, version: 1.0.0 }
paths:
  /aides:
    get:
      operationId: lireAide
      x-case-folders: [demo_aides]
      parameters: [{ name: nom, in: query, schema: { type: string } }]
      responses:
        "200": { description: Une aide, content: { application/json: { schema: { type: object, properties: { montant: { type: integer } } } } } }
`,
  },
})
if (api === null) throw new Error(JSON.stringify(mistakes))
const apis: readonly ApiVersion[] = [api]

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
const folders: string[] = []
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function open(databaseUrl?: string): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'portique-cases-'))
  folders.push(folder)
  return createStore({ folder, now: Date.now, ...(databaseUrl === undefined ? {} : { databaseUrl }) })
}

behaviour('the embedded store', async (work) => {
  const store = await open()
  await work(store).finally(() => store.close())
})
const url = process.env.DATABASE_URL
if (url === undefined) test('the store in PostgreSQL', { skip: 'DATABASE_URL is not set' }, () => {})
else
  behaviour('the store in PostgreSQL', async (work) => {
    const schema = `cases_${process.pid}_${Math.random().toString(36).slice(2)}`
    const administer = async (statement: string) => {
      const client = new Client({ connectionString: url })
      await client.connect()
      await client.query(statement).finally(() => client.end())
    }
    await administer(`create schema ${schema}`)
    const own = new URL(url)
    own.searchParams.set('options', `-c search_path=${schema}`)
    const store = await open(own.href)
    await work(store).finally(async () => {
      await store.close()
      await administer(`drop schema ${schema} cascade`)
    })
  })

function behaviour(name: string, within: (work: (store: Store) => Promise<void>) => Promise<void>): void {
  const casesOf = (store: Store) =>
    createCaseStore({ store, apis: () => apis, identifiers: randomIdentifiers, now: Date.now, log: silentLog })

  describe(`imported cases on ${name}`, () => {
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
          { file: 'demo_aides/a.yaml', api: 'demo/aides/1', notes: [] },
          { file: 'demo_aides/b.yaml', refused: 'no operation of "demo" takes the folder "elsewhere"' },
          {
            file: 'demo_aides/c.yaml',
            api: 'demo/aides/1',
            notes: ['the contract says otherwise at "/montant": must be integer'],
          },
          { file: 'demo_aides/d.yaml', api: 'demo/aides/1', notes: ['the contract declares no answer 418'] },
        ])
        cases.close()
        const again = await casesOf(store)
        const files = again.of('demo/aides/1', 'any').map(({ file }) => file)
        assert.deepEqual(files, ['demo_aides/a.yaml', 'demo_aides/c.yaml', 'demo_aides/d.yaml'])
        const { action, detail } = await store.db.selectFrom('audit').selectAll().executeTakeFirstOrThrow()
        assert.deepEqual([action, JSON.parse(detail)], ['sandbox.import', { kept: 3, of: 4, application: null }])
        again.close()
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
  })
}
