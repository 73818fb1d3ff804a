import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlatform } from '#contract'
import { tokenSteps } from './example-token.js'

const addresses = { authorization: 'http://127.0.0.1:1', gateway: 'http://127.0.0.1:1' }
const shipped = async (name: string) => (await loadPlatform(`platforms/${name}`)).platform ?? assert.fail(name)
const [demo, particulier] = [await shipped('demo'), await shipped('api-particulier')]
const apis = demo.apis.filter(({ access }) => access.open !== true)

test('a platform that hands tokens out asks for one all the same where its realm gives them to applications', () => {
  const both = { ...demo, tokens: particulier.tokens ?? assert.fail('no tokens') }
  const steps = tokenSteps(apis, { platform: both, addresses, access: null })
  assert.match(steps?.command ?? '', /grant_type=client_credentials/)
  assert.deepEqual(steps, tokenSteps(apis, { platform: demo, addresses, access: null }))
  const handed = tokenSteps(apis, { platform: both, addresses, access: { kind: 'token', token: 'given' } })
  assert.deepEqual(handed, { signIn: null, command: "TOKEN='given'" })
})

test('it leaves it to the operator where the realm signs people in alone', () => {
  const ground = { platform: particulier, addresses, access: null }
  assert.equal(
    tokenSteps(
      particulier.apis.filter(({ code }) => code === 'etudiants'),
      ground,
    ),
    null,
  )
})
