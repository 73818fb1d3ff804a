import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { loadPlatform, type Platform, type UpstreamChoice } from '#contract'
import { type ProviderSecrets, readProviderSecrets } from './read-provider-secrets.js'

describe('the secrets for providers', () => {
  let folder = ''
  let shipped: Platform
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portique-secrets-'))
    const { platform, mistakes } = await loadPlatform('platforms/api-particulier')
    shipped = platform ?? assert.fail(JSON.stringify(mistakes))
  })
  after(() => rm(folder, { recursive: true }))

  const asking = (production: UpstreamChoice) => [
    { apis: shipped.apis.map((api) => ({ ...api, upstreams: { production, sandbox: 'sandbox' as const } })) },
  ]
  const real = [{ url: 'https://fournisseur.example', weight: 1 }]
  const file = async (text: string) => {
    const path = join(folder, 'secrets.json')
    await writeFile(path, text)
    return path
  }
  const refused = ({ mistakes: [first, ...more] }: ProviderSecrets, words: RegExp) => {
    assert.deepEqual(more, [])
    assert.equal(first?.file, 'PORTIQUE_PROVIDER_SECRETS')
    assert.match(`${first?.reason}\n${first?.mend}`, words)
  }

  it('are not asked for where the simulation answers', () =>
    assert.equal(readProviderSecrets(undefined, asking('sandbox')).secrets.size, 0))

  it('are all asked for, by name and API, where a provider answers', () =>
    refused(
      readProviderSecrets(undefined, asking(real)),
      /dss_quotient_familial_key \(api-particulier\/\S+ and 2 more\).*mesri_password/,
    ))

  it('what is missing is told with the file and the key to write', async () => {
    const path = await file('{}')
    refused(
      readProviderSecrets(path, asking(real)),
      /In .*secrets\.json, write \{ "api-particulier": \{ "\w+": "<secret>", /,
    )
    refused(readProviderSecrets(undefined, asking(real)), /Set it to a JSON file such as \{ "api-particulier": \{/)
  })

  it('are a platform’s own: of another they do not count', async () => {
    const { secrets, mistakes } = readProviderSecrets(await file('{"demo":{"mesri_user":"u"}}'), asking(real))
    assert.equal(secrets.get('demo')?.get('mesri_user'), 'u')
    assert.match(mistakes[0]?.reason ?? '', /no secret for .*mesri_user \(api-particulier/)
  })

  it('that belong to no platform, as they once did, are told with the file to write', async () => {
    const path = await file('{"mesri_user":"very-secret","of_nobody":"very-secret"}')
    const read = readProviderSecrets(path, asking(real))
    refused(
      read,
      /belong to no platform\nWrite \{ "api-particulier": \{ .*"mesri_user": "<secret>".*"<platform>": \{ "of_nobody"/,
    )
    refused(read, /^(?!.*very-secret)/s)
    assert.equal(read.secrets.size, 0)
  })

  it('are read by name', async () => {
    const names = ['dss_quotient_familial_key', 'mesri_user', 'mesri_password', 'france_travail_client']
    const all = Object.fromEntries([...names, 'france_travail_client_secret'].map((name) => [name, `of-${name}`]))
    const { secrets } = readProviderSecrets(await file(JSON.stringify({ 'api-particulier': all })), asking(real))
    assert.equal(secrets.get('api-particulier')?.get('mesri_password'), 'of-mesri_password')
  })

  it('a file that cannot be read, or is none, is told without what stands in it', async () => {
    refused(readProviderSecrets(join(folder, 'none.json'), []), /Write JSON.* that this process can read/)
    for (const text of ['not-json', '["very-secret"]', '{"a":{"b":{"c":"very-secret"}}}', '{"a":""}']) {
      const path = await file(text)
      refused(readProviderSecrets(path, []), /^(?!.*very-secret)/s)
    }
  })
})
