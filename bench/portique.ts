import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Child, startChild, untilReady } from './child.js'
import type { DevFile } from './dev-file.js'
import { freePort } from './free-port.js'
import { projectFolder } from './paths.js'
import type { BenchClient } from './peers/bare-oidc-provider.js'
import type { PeerSetup } from './peers/peer.js'
import { type BenchedGateway, publishBenchApis } from './portique-apis.js'
import { portiqueMain } from './portique-command.js'
import { type PortiquePeople, portiquePeople } from './portique-people.js'
import { untilIdle } from './until-idle.js'

export type Portique = {
  readonly child: Child
  /** Publishes the bench's APIs on the demo platform and gives the applications that call them. */
  publish(): Promise<BenchedGateway>
  /** The token endpoint of France Travail's partners and the client that asks there. */
  partnerTokens(): { tokenUrl: string; client: BenchClient }
  people(): PortiquePeople
}

export type PortiqueSetup = PeerSetup & { readonly nodeOptions?: readonly string[] }

/** Runs the product as its users do, `portique dev` on a fresh data folder, with the access log on. */
export async function startPortique({ upstreamUrl, folder, core, nodeOptions = [] }: PortiqueSetup): Promise<Portique> {
  if (!existsSync(portiqueMain)) throw new Error('dist/portique/main.js is not there: build first (npm run build)')
  const data = join(folder, 'data')
  await mkdir(folder, { recursive: true })
  const port = await freePort()
  const env = { PORT: String(port), PORTIQUE_DATA: data, PORTIQUE_ACCESS_LOG: join(folder, 'access.log') }
  const args = [...nodeOptions, portiqueMain, 'dev']
  const child = startChild({ name: 'portique dev', core, command: process.execPath, args, env, cwd: projectFolder })
  try {
    const devFile = join(data, 'dev.json')
    await untilReady(child, async () => existsSync(devFile) && (await fetch(`http://127.0.0.1:${port}/readyz`)).ok)
    await untilIdle(child.pid)
    const dev: DevFile = JSON.parse(await readFile(devFile, 'utf8'))
    return {
      child,
      publish: () => publishBenchApis({ dev, env, folder, upstreamUrl }),
      partnerTokens: () => partnerTokens(dev),
      people: () => portiquePeople(dev),
    }
  } catch (error) {
    await child.stop()
    throw error
  }
}

function partnerTokens({ addresses, applications }: DevFile): { tokenUrl: string; client: BenchClient } {
  const isPartner = (row: { platform: string; environment: string }) =>
    row.platform === 'france-travail' && row.environment === 'production'
  const address = addresses.find(isPartner)
  const application = applications.find((row) => isPartner(row) && row.client_secret !== null)
  if (address === undefined || typeof application?.client_secret !== 'string') {
    throw new Error('dev.json names no application of france-travail in production')
  }
  const tokenUrl = `${address.authorization.replace(/\/$/, '')}/connexion/oauth2/access_token?realm=%2Fpartenaire`
  const { client_id: clientId, client_secret: clientSecret, scopes } = application
  return { tokenUrl, client: { clientId, clientSecret, scope: scopes.slice(0, 2).join(' ') } }
}
