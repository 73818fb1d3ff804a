import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { CaseToKeep } from '#catalog'
import { casesOf, onBothStores } from './cases.fixture.js'

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
