import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { API } from 'typescript/unstable/sync'
import { readHouse } from './read-house.js'
import { rules } from './rules.js'

const api = new API({ cwd: process.cwd() })
after(() => api.close())
const house = readHouse(api, process.cwd())

test('there is a house to look at', () => assert.ok(house.files.length > 500))

for (const [sentence, rule] of Object.entries(rules)) test(sentence, () => assert.deepEqual(rule(house), []))
