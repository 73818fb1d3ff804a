import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { runCommand } from '../start/command.js'
import { type Edit, ownPlatforms } from '../start/own-platforms.js'
import { createPlace, type Place } from '../start/place.js'
import { type Started, startProcess } from '../start/portique.js'
import { type Balancer, createBalancer } from './balancer.js'

/** Two processes of `portique serve` on one PostgreSQL, behind a balancer, with an application that a persona signs in to. */
export interface ServeNodes {
  readonly authorizationUrl: string
  readonly gatewayUrl: string
  readonly balancer: Balancer
  /** Of each node, beside the balancer. */
  readonly ports: readonly number[]
  /** What the nodes have told on stderr so far. */
  readonly told: () => string
  readonly client: { readonly client_id: string; readonly client_secret: string }
  readonly place: Place
}

export const nodesRedirectUri = 'https://rp.example/callback'
export const nodesIssuerPath = '/connexion/demo/demo'
export const nodesScope = 'openid annuaire'
export const nodesPersona = 'camille'
/** An API call that the token of a person opens. */
export const nodesCall = '/demo/annuaire/v1/services'

/** Shared by the tests of a `describe`; the getter works once they run. */
export function sharedServeNodes(
  databaseUrl: string,
  more: readonly Edit[] = [],
  settings: Readonly<Record<string, string>> = {},
): () => ServeNodes {
  let nodes: ServeNodes | null = null
  const running: Started[] = []
  before(async () => {
    nodes = await startNodes(await createPlace({ name: 'PostgreSQL', databaseUrl }), { running, more, settings })
  })
  after(async () => {
    nodes?.balancer.close()
    await Promise.all(running.map((each) => each.end('SIGKILL')))
    await nodes?.place.drop()
  })
  return () => {
    if (nodes === null) throw new Error('the nodes stand only while tests run')
    return nodes
  }
}

interface Start {
  readonly running: Started[]
  /** What of the demo platform is otherwise besides. */
  readonly more: readonly Edit[]
  /** What the nodes are told besides. */
  readonly settings: Readonly<Record<string, string>>
}

async function startNodes(place: Place, { running, more, settings: told }: Start): Promise<ServeNodes> {
  const ports: number[] = []
  // The public addresses are the balancer's, which must stand before the nodes that it leads to.
  const balancer = await createBalancer(ports)
  const authorizationUrl = `http://127.0.0.1:${balancer.port}`
  const gatewayUrl = `http://localhost:${balancer.port}`
  const settings = {
    PORTIQUE_URL: `http://[::1]:${balancer.port}`,
    PORTIQUE_AUTHORIZATION_URL: authorizationUrl,
    PORTIQUE_GATEWAY_URL: gatewayUrl,
    PORTIQUE_SECRET_KEY: randomBytes(32).toString('base64url'),
    PORTIQUE_PLATFORMS: platformWithPeople(place.folder, more),
    ...told,
  }
  for (const name of ['one', 'two']) {
    const folder = join(place.folder, name)
    mkdirSync(folder)
    const node = startProcess(['serve'], { ...place.environment, ...settings, PORTIQUE_DATA: folder })
    running.push(node)
    await node.waitFor(() => node.stderr().includes('"serve/ready"'))
    ports.push(Number(/"port":(\d+)/.exec(node.stderr())?.[1]))
  }
  const own = { environment: { ...place.environment, PORTIQUE_DATA: join(place.folder, 'one') } }
  const said = () => running.map((node) => node.stderr()).join('')
  return { authorizationUrl, gatewayUrl, balancer, ports, told: said, client: await newClient(own), place }
}

/** The demo platform, its one realm with a sign-in and its one API about the person who signed in. */
export function platformWithPeople(folder: string, more: readonly Edit[]): string {
  const platforms = ownPlatforms(folder, [...edits, ...more])
  const personas = join(platforms, 'demo/personas')
  mkdirSync(personas)
  writeFileSync(
    join(personas, `${nodesPersona}.yaml`),
    'realm: demo\nsub: "5c1f6a52-3f6b-4a52-9a53-0d4f5f3f7d10"\nname: Camille Durand\nsituation: { fr: Habitante, en: Resident }\nclaims: { given_name: Camille }\ndata: {}\n',
  )
  return platforms
}

const edits: readonly Edit[] = [
  {
    file: 'platform.yaml',
    from: 'demo: { flows: [client_credentials], access_token_seconds: 1800 }',
    to: 'demo: { flows: [client_credentials, authorization_code, refresh_token], access_token_seconds: 1800 }',
  },
  {
    file: 'apis/annuaire/1/api.yaml',
    from: 'upstreams: { production: sandbox, sandbox: sandbox }',
    to: 'upstreams: { production: [{ url: "http://127.0.0.1:9/" }], sandbox: sandbox }',
  },
  { file: 'apis/annuaire/1/api.yaml', from: 'consent: false', to: 'consent: true' },
]

export async function newClient(
  place: Pick<Place, 'environment'>,
  environment: 'production' | 'sandbox' = 'sandbox',
): Promise<ServeNodes['client']> {
  const create = ['application', 'create', 'Cliente', '--platform', 'demo', '--environment', environment]
  const created = await runCommand(place, [...create, '--redirect-uri', nodesRedirectUri])
  const [client_id = '', client_secret = ''] = ['client_id', 'client_secret'].map(
    (field) => new RegExp(`${field} +(\\S+)`).exec(created.stdout)?.[1],
  )
  const subscribed = await runCommand(place, ['application', 'subscribe', client_id, 'annuaire/1'])
  assert.equal(subscribed.code, 0, subscribed.stderr)
  return { client_id, client_secret }
}
