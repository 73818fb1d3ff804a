import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlatforms } from '#contract'
import { arrangeApis } from './arrange-apis.js'

const { platforms } = await loadPlatforms('platforms')
const apis = platforms.find(({ id }) => id === 'api-particulier')?.apis ?? assert.fail()
const { first, plumbing, retiring } = arrangeApis(apis, 'fr')

test('what people look for comes first, one entry an API with its versions, the newest first', () => {
  const scholarship = first.find(([api]) => api.code === 'cnous-etudiant-boursier') ?? assert.fail()
  assert.deepEqual(
    scholarship.map(({ version }) => version),
    ['5', '4', '3'],
  )
  assert.ok(first.some(([api]) => api.code === 'dss-quotient-familial'))
})

test('what the platform itself answers stands apart, and so does what will be retired', () => {
  const codes = (some: typeof first) => some.map(([api]) => api.code)
  for (const code of ['ping', 'pings', 'open-api', 'errors', 'introspect'])
    assert.ok(codes(plumbing).includes(code), code)
  for (const code of ['etudiants', 'scolarites']) assert.ok(codes(retiring).includes(code), code)
  assert.equal(
    [...first, ...plumbing, ...retiring].flat().length,
    apis.length,
    'each version stands in one group, once',
  )
})
