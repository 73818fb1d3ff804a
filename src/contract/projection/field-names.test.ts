import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonObject } from '../json.js'
import { shapeCompiler } from './compile-shape.js'
import { fieldNames } from './field-names.js'

const namesOf = (schema: JsonObject, body: Json) =>
  fieldNames(shapeCompiler({ components: { schemas: {} } }).shape({ schema, at: ['test'] }))(body)

const text = { type: 'string' }
const household: JsonObject = {
  type: 'object',
  properties: {
    valeur: { type: 'integer' },
    enfants: { type: 'array', items: { type: 'object', properties: { nom: text, sexe: text } } },
    adresse: { type: 'object', properties: { pays: text } },
  },
}

test('each field once, by the names of the contract, and no value', () => {
  const body = { valeur: 872, enfants: [{ nom: 'MARTIN', sexe: null }, { nom: 'PETIT' }], adresse: {} }
  assert.deepEqual(namesOf(household, body), ['valeur', 'enfants[].nom', 'enfants[].sexe', 'adresse'])
  assert.deepEqual(namesOf(household, { enfants: [] }), ['enfants'])
  assert.deepEqual(namesOf({ type: 'array', items: household }, [{ valeur: 1 }]), ['[].valeur'])
})

test('a name that the contract does not have is not kept: it may be somebody', () => {
  const open = { type: 'object', properties: { total: { type: 'integer' } }, additionalProperties: { type: 'integer' } }
  assert.deepEqual(namesOf(open, { total: 1, 'ANGELA MARTIN': 2, 'KARIM BELKACEM': 3 }), ['total', '*'])
  assert.deepEqual(namesOf({ type: 'object', additionalProperties: true }, { MARTIN: { age: 1 } }), ['*'])
  assert.deepEqual(namesOf(text, 'MARTIN'), ['*'])
})

test('alternatives: the names of whichever has them', () => {
  const one = { type: 'object', required: ['kind'], properties: { kind: { const: 'a' }, nom: text } }
  const two = { type: 'object', required: ['kind'], properties: { kind: { const: 'b' }, siret: text } }
  const either = { oneOf: [one, two], discriminator: { propertyName: 'kind' } }
  assert.deepEqual(namesOf(either, { kind: 'b', siret: '1' }), ['kind', 'siret'])
  assert.deepEqual(namesOf(either, { nom: 'MARTIN' }), ['nom'])
})
