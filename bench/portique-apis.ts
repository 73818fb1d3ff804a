import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectFolder } from './paths.js'
import type { Authorizations } from './peers/peer.js'
import { policy } from './policy.js'
import type { DevFile } from './portique.js'

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

/** Publishes both APIs and creates the applications through the product's own commands. */
export async function publishBenchApis(publication: Publication): Promise<BenchedGateway> {
  await publish(publication, 'wide')
  await publish(publication, 'narrow')
  throw new Error('not wired to the commands yet')
}

async function publish({ env, folder, upstreamUrl }: Publication, name: keyof typeof policy): Promise<void> {
  const { quotaApplication, quotaApi, periodSeconds } = policy[name]
  const contract = join(folder, `${name}.json`)
  const period = periodSeconds === 1 ? 's' : 'h'
  await writeFile(contract, JSON.stringify(document(name)))
  const quotas = ['--quota-application', `${quotaApplication}/${period}`, '--quota-api', `${quotaApi}/${period}`]
  await command(env, ['publish', contract, '--platform', 'demo', '--upstream', upstreamUrl, ...quotas])
}

async function command(env: Publication['env'], args: readonly string[]): Promise<string> {
  const main = join(projectFolder, 'dist', 'src', 'cli', 'main.js')
  const run = promisify(execFile)(process.execPath, [main, ...args], { env: { ...process.env, ...env } })
  const { stdout } = await run.catch((error: unknown) => {
    throw new Error(`portique ${args.join(' ')} failed: ${error instanceof Error ? error.message : error}`)
  })
  return stdout
}

function document(name: string) {
  const json = { 'application/json': { schema: { type: 'object' } } }
  const get = { operationId: 'item', responses: { 200: { description: 'The item', content: json } } }
  return { openapi: '3.1.0', info: { title: `Bench ${name}`, version: '1' }, paths: { '/item': { get } } }
}
