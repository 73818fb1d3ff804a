import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { type ApiVersion, compileMapping, loadPlatform, marked } from '#contract'
import { type PreparedOperation, prepareAdapter } from './prepare.js'
import { type ReadAnswer, readAnswer } from './provider-answer.js'

/** What no provider of API Particulier means by a person's data, each as JSON. */
const garbage: readonly (readonly [string, string])[] = [
  ['null', 'null'],
  ['an empty list', '[]'],
  ['an empty object', '{}'],
  ['a text', '"OK"'],
  ['a number', '0'],
  ['another object', '{"message":"ROUSSEL"}'],
  ['200,000 brackets', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ['200,000 brackets at the code', `{"codeRetour":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ['a code that no rule names', '{"codeRetour":"77"}'],
  ['the code of a success, without a file', '{"codeRetour":"0"}'],
  ['a code told twice over', '{"codeRetour":["0"],"dossier":{}}'],
  ['an empty file', '{"codeRetour":"0","dossier":{}}'],
  ['another code that no rule names', '{"retour":{"code":"77"}}'],
  ['the code of a success, without a right', '{"retour":{"code":"00"}}'],
  ['periods that are null', '{"periodes":null,"etudiant":null}'],
  ['a login alone', '{"login":"nadia.roussel"}'],
]

describe('whatever a provider says that is no data is an unknown answer, never data', async () => {
  const { platform } = await loadPlatform('platforms/api-particulier')
  const adapted = (platform?.apis ?? []).filter((api) => api.adapter != null)
  it('of every adapted version', () => assert.ok(adapted.length > 20, String(adapted.length)))
  for (const api of adapted) describe(`${api.code}/${api.version}`, () => eachOperation(api))
})

function eachOperation(api: ApiVersion): void {
  let operations: ReadonlyMap<string, PreparedOperation>
  before(async () => {
    assert.ok(api.adapter)
    ;({ operations } = await prepareAdapter(api, api.adapter, {
      secretOf: () => 'secret',
      now: Date.now,
      unreplaced: () => {},
    }))
  })
  const read = (operation: string, text: string, status = 200) => {
    const prepared = operations.get(operation) ?? assert.fail(operation)
    return readAnswer({ status, headers: [], bytes: Buffer.from(text) }, prepared.reading, Date.now)
  }
  for (const { id } of api.operations) {
    it(`${id}: the data of the cases, told as the provider tells them, and not otherwise`, () => {
      const { success, operations: adapted } = api.adapter ?? assert.fail()
      const pairs = compileMapping(adapted[id]?.answer.pairs ?? [])
      const told = (api.cases ?? []).filter(({ status }) => status === 200)
      assert.ok(told.length > 0)
      for (const { payload } of told) {
        const right = marked(pairs.back(payload ?? null), success.when)
        assert.ok('body' in read(id, JSON.stringify(right)), 'the right one')
        for (const status of [201, 203, 206]) refused(read(id, JSON.stringify(right), status), String(status))
        if (success.when === null) continue
        for (const other of ['77', '', null, 0, ['0'], ['00']])
          refused(read(id, JSON.stringify(marked(right, { ...success.when, among: [other] }))), `code ${other}`)
      }
    })
    it(`${id}: garbage`, () => {
      for (const [kind, text] of garbage) refused(read(id, text), kind)
    })
  }
}

const refused = (told: ReadAnswer, kind: string) =>
  assert.equal('refused' in told && told.refused.code, 'upstream/unknown', kind)
