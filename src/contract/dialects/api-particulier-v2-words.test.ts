import assert from 'node:assert/strict'
import { it } from 'node:test'
import { loadPlatform } from '../load-platforms.js'
import { isRecord } from '../reading/keywords.js'
import { flatWords, namedWords } from './api-particulier-v2-words.js'

const { platform } = await loadPlatform('platforms/api-particulier')
assert.ok(platform)

/** Whether a text is another with its words of a refusal filled in. */
function isFilled(told: string, text: string): boolean {
  const [before = '', ...after] = text.split(/\{\w+\}/)
  return after.length === 0 ? told === text : told.startsWith(before) && told.endsWith(after.at(-1) ?? '')
}

const named = Object.values(namedWords)

for (const api of platform.apis.filter(({ version, access }) => version === '2' && access.open !== true))
  it(`what the contract of ${api.id} shows of the platform’s own errors is what version 2 says`, () => {
    let shown = 0
    for (const { definition } of api.operations)
      for (const [status, { content = {} }] of Object.entries(definition.responses ?? {}))
        for (const { examples = {} } of Object.values(content))
          for (const { value } of Object.values(examples)) {
            if (!isRecord(value)) continue
            const { error, reason, message, errors } = value
            if (Array.isArray(errors))
              assert.ok(Object.values(flatWords).includes(String(errors[0])), String(errors[0]))
            // Of parameters `api-particulier-words.test.ts` holds the whole answers.
            else if (error === 'access_denied' || error === 'internal_error') {
              const known = named.some((one) => one.reason === reason && isFilled(String(message), one.message))
              assert.ok(known, `${status} ${String(reason)}: ${String(message)}`)
            } else continue
            shown += 1
          }
    assert.ok(shown >= 3, `${shown} shown`)
  })
