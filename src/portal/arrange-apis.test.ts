import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlatforms, readDocumentation } from '#contract'
import { arrangeApis, documentedOrder } from './arrange-apis.js'

const { platforms } = await loadPlatforms('platforms')
const platform = platforms.find(({ id }) => id === 'api-particulier') ?? assert.fail()
const { apis } = platform
const { documentation } = await readDocumentation(platform)
const order = documentedOrder(documentation)
const { first, plumbing, retiring } = arrangeApis(apis, { language: 'fr', order })

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

test('what people look for most comes first, as the documentation orders it; the others follow by title', () => {
  assert.deepEqual(
    first.slice(0, 3).map(([api]) => api.code),
    ['dss-quotient-familial', 'mesri-statut-etudiant', 'cnous-etudiant-boursier'],
  )
  const { first: some } = arrangeApis(apis, { language: 'fr', order: ['men-scolarites'] })
  assert.equal(some[0]?.[0].code, 'men-scolarites')
  const titles = some.slice(1).map(([api]) => api.title.fr)
  assert.deepEqual(
    titles,
    titles.toSorted((a, b) => a.localeCompare(b, 'fr')),
  )
})
