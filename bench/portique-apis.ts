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
    for (const { id } of [wide, narrow]) await command('application', 'subscribe', clientId, id)
  }
  const token = (credentials: Credentials, scope: string) => askToken(wide.tokenUrl, credentials, scope)
  const scopes = { wide: policy.wide.scope, narrow: policy.narrow.scope }
  return {
    wideUrl: wide.url,
    narrowUrl: narrow.url,
    authorizations: async () => ({
      first: await token(first, `${scopes.wide} ${scopes.narrow}`),
      second: await token(second, scopes.narrow),
      // A token that is good for the other API only.
      outsider: await token(first, scopes.narrow),
    }),
  }
}

type PublishedApi = { readonly id: string; readonly url: string; readonly tokenUrl: string }

async function publish(command: Command, { folder, upstreamUrl }: Publication, name: keyof typeof policy) {
  const { scope, quotaApplication, quotaApi, periodSeconds } = policy[name]
  const contract = join(folder, `${name}.json`)
  await writeFile(contract, JSON.stringify(openApiOf(name)))
  const period = periodSeconds === 1 ? 's' : 'h'
  const quotas = ['--quota-application', `${quotaApplication}/${period}`, '--quota-api', `${quotaApi}/${period}`]
  const place = [
    '--platform',
    'demo',
    '--code',
    name,
    '--api-version',
    '1',
    '--scope',
    scope,
    '--upstream',
    upstreamUrl,
  ]
  return readPublished(await command('publish', contract, ...place, ...quotas))
}

/** Reads what `publish` prints: the API's id, then two `curl` lines, one for a token and one for a call. */
function readPublished(output: string): PublishedApi {
  const id = /On the air: *(\S+)/.exec(output)?.[1]
  const urls = [...output.matchAll(/https?:\/\/[^\s'"]+/g)].map(([url]) => url)
  const tokenUrl = urls.find((url) => /token/.test(new URL(url).pathname))
  const url = urls.find((candidate) => candidate.endsWith('/item'))
  if (id === undefined || tokenUrl === undefined || url === undefined) {
    throw new Error(`portique publish printed no id and curl lines that the bench can follow: ${output}`)
  }
  return { id, url, tokenUrl }
}

async function createApplication(command: Command, name: string): Promise<Credentials> {
  const output = await command('application', 'create', '--platform', 'demo', '--name', name)
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
