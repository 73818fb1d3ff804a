import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Json, JsonObject, Persona, Platform } from '#contract'
import { platforms } from '../start/shipped-platforms.js'

const named = (id: string): Platform => platforms.find((each) => each.id === id) ?? assert.fail(`no platform ${id}`)
const [elsewhere, here] = [named('france-travail'), named('api-particulier')]

/** People of both platforms: of one name of file, or of one subject. */
const shared = here.personas.flatMap((one) =>
  elsewhere.personas.filter(({ id, sub }) => id === one.id || sub === one.sub).map((other) => [one, other] as const),
)

describe('a test person of two platforms is one person', () => {
  test('there are some', () => assert.ok(shared.length >= 9, `${shared.length} shared`))

  for (const [one, other] of shared)
    test(`${one.name}: the same subject, names, birth, address of e-mail and state of their provider`, () => {
      assert.deepEqual(
        [one.id, one.sub, one.name, one.provider, one.claims.given_name, one.claims.family_name],
        [other.id, other.sub, other.name, other.provider, other.claims.given_name, other.claims.family_name],
      )
      assert.deepEqual([one.claims.gender, one.claims.email], [other.claims.gender, other.claims.email])
      const born = textAt(other.data, 'peconnect-datenaissance', 'dateDeNaissance')
      if (born !== undefined) assert.equal(one.claims.birthdate, born.slice(0, 10))
    })

  for (const [one, other] of shared.filter(([{ provider }]) => provider !== 'down'))
    test(`${one.name}: a job seeker of the same address, telephone and e-mail`, () => {
      const known = contactOf(other)
      const found = statusOf(one)
      if (known === null || found === null) return
      assert.deepEqual(found, known)
    })

  test('most of them are job seekers whose data are compared', () => {
    assert.ok(shared.filter(([one, other]) => contactOf(other) !== null && statusOf(one) !== null).length >= 7)
  })
})

interface Contact {
  readonly email: string | undefined
  readonly telephone: string | undefined
  readonly postcode: string | undefined
  readonly commune: string | undefined
}

function contactOf({ data }: Persona): Contact | null {
  const place = data['peconnect-coordonnees']
  if (!isObject(place)) return null
  const text = (name: string) => textAt(data, 'peconnect-coordonnees', name)
  return {
    email: text('email'),
    telephone: text('telephone1')?.replaceAll(' ', ''),
    postcode: text('codePostal'),
    commune: text('codeINSEE'),
  }
}

/** What the case of the person's own identifier says in API Particulier. */
function statusOf({ id }: Persona): Contact | null {
  const api = here.apis.find((each) => each.code === 'france-travail-statut')
  const one = api?.cases?.find(({ file, status }) => file === `sandbox/${id}.yaml` && status === 200)
  if (one === undefined || !isObject(one.payload) || !isObject(one.payload.data)) return null
  const { data } = one.payload
  return {
    email: textAt(data, 'contact', 'email'),
    telephone: textAt(data, 'contact', 'telephone'),
    postcode: textAt(data, 'adresse', 'code_postal'),
    commune: textAt(data, 'adresse', 'code_cog_insee_commune'),
  }
}

function textAt(value: JsonObject, ...steps: readonly string[]): string | undefined {
  let current: Json | undefined = value
  for (const step of steps) current = isObject(current) ? current[step] : undefined
  return typeof current === 'string' ? current : undefined
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
