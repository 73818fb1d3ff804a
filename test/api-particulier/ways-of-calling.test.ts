import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callChecks, loadPlatform, readQuery } from '#contract'

test('a student named by number and by name at once is refused: evidence names one person alone', async () => {
  const { platform } = await loadPlatform('platforms/api-particulier')
  const civil = 'nom=MARTIN&prenom=Angela&prenoms=Angela&dateDeNaissance=1976-03-12'
  for (const [code, firstName] of [
    ['etudiants', 'prenom'],
    ['etudiants-boursiers', 'prenoms'],
  ] as const) {
    const api = platform?.apis.find((each) => each.code === code)
    const operation = api?.operations[0]
    if (operation === undefined) return assert.fail(code)
    const told = (query: string) =>
      callChecks()(operation)({ query: readQuery(`?recipient=13002526500013&${query}`), path: {} }, Date.UTC(2026, 10))
    assert.equal(told('ine=990000001HH'), null)
    assert.equal(told(civil), null)
    assert.equal(told(`ine=990000001HH&${civil}`)?.errorCode, '00366')
    for (const [name, value] of [
      ['nom', 'MARTIN'],
      [firstName, 'Angela'],
      ['dateDeNaissance', '1976-03-12'],
    ] as const) {
      const breach = told(`ine=990000001HH&${name}=${value}`)
      assert.deepEqual([breach?.errorCode, breach?.name], ['00366', name], `${code} ${name}`)
    }
    assert.equal(told('ine=&ine=990000001HH')?.kind, 'format')
  }
})
