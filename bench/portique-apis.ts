import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DevFile } from './dev-file.js'
import type { Authorizations } from './peers/peer.js'
import { policy } from './policy.js'
import { type Command, portiqueCommand } from './portique-command.js'
import { askToken, type Credentials } from './portique-token.js'

export type BenchedGateway = {
  readonly wideUrl: string
  readonly narrowUrl: string
  authorizations(): Promise<Authorizations>
}

export type Publication = {
  readonly dev: DevFile
  /** Settings that lead the commands to the running process. */
  readonly env: Readonly<Record<string, string>>
  readonly folder: string
  readonly upstreamUrl: string
}

/** Publishes both APIs on the demo platform and makes the applications, all through the product's own commands. */
export async function publishBenchApis(publication: Publication): Promise<BenchedGateway> {
  const command = portiqueCommand(publication.env)
  const wide = await publish(command, publication, 'wide')
  const narrow = await publish(command, publication, 'narrow')
  const [first, second] = [
    await createApplication(command, 'bench-first'),
    await createApplication(command, 'bench-second'),
  ]
  for (const { clientId } of [first, second]) {
    for (const { code } of [wide, narrow]) await command('subscribe', clientId, code)
  }
  const token = (credentials: Credentials, scope: string) => askToken(wide.tokenUrl, credentials, scope)
  return {
    wideUrl: wide.url,
    narrowUrl: narrow.url,
    authorizations: async () => ({
      first: await token(first, `${wide.scope} ${narrow.scope}`),
      second: await token(second, narrow.scope),
      // A token that is good for the other API only.
      outsider: await token(first, narrow.scope),
    }),
  }
}

type PublishedApi = { readonly code: string; readonly url: string; readonly tokenUrl: string; readonly scope: string }

async function publish(command: Command, { folder, upstreamUrl }: Publication, name: keyof typeof policy) {
  const { quotaApplication, quotaApi, periodSeconds } = policy[name]
  const contract = join(folder, `${name}.json`)
  await writeFile(contract, JSON.stringify(openApiOf(name)))
  const period = periodSeconds === 1 ? 's' : 'h'
  const quotas = ['--quota-application', `${quotaApplication}/${period}`, '--quota-api', `${quotaApi}/${period}`]
  return readPublished(await command('publish', contract, '--platform', 'demo', '--upstream', upstreamUrl, ...quotas))
}

/** Reads the `curl` lines that `publish` prints as working: one asks for a token, one calls the API. */
function readPublished(output: string): PublishedApi {
  const urls = [...output.matchAll(/https?:\/\/[^\s'"]+/g)].map(([url]) => url)
  const tokenUrl = urls.find((url) => /token/.test(new URL(url).pathname))
  const url = urls.find((candidate) => candidate.endsWith('/item'))
  const scope = /scope=([^&'"\s]+)/.exec(output)?.[1]
  const code = url?.match(/([^/]+)\/v1\/item$/)?.[1]
  if (tokenUrl === undefined || url === undefined || scope === undefined || code === undefined) {
    throw new Error(`portique publish printed no curl that the bench can follow: ${output}`)
  }
  return { code, url, tokenUrl, scope: decodeURIComponent(scope.replaceAll('+', ' ')) }
}

async function createApplication(command: Command, name: string): Promise<Credentials> {
  const output = await command('application', 'create', name, '--platform', 'demo')
  const value = (key: string) => new RegExp(`${key}["\\s:=]+([^\\s",]+)`).exec(output)?.[1]
  const [clientId, clientSecret] = [value('client_id'), value('client_secret')]
  if (clientId === undefined || clientSecret === undefined) {
    throw new Error(`portique application create printed no client_id and client_secret: ${output}`)
  }
  return { clientId, clientSecret }
}

function openApiOf(name: string) {
  const content = { 'application/json': { schema: { type: 'object' } } }
  const get = { operationId: 'item', responses: { 200: { description: 'The item', content } } }
  return { openapi: '3.1.0', info: { title: `bench${name}`, version: '1' }, paths: { '/item': { get } } }
}
