import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Environment } from '#contract'
import { control } from '../start/control.js'
import type { Portique } from '../start/portique.js'

/** The code blocks of a guide in this language, in order. */
export const codeOf = (guide: string, language: string): readonly string[] =>
  [
    ...readFileSync(`docs/guides/${guide}`, 'utf8').matchAll(
      new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'),
    ),
  ].map(([, code = '']) => code)

const missingTool = ['bash', 'curl', 'jq', 'openssl', 'basenc'].find((tool) => spawnSync(tool, ['--version']).error)

/** Why no shell of a guide can be run here; false: it can. */
export const noShell = missingTool !== undefined && `${missingTool} is not there: NOT tested`

/** A program of a guide that runs. */
export interface Running {
  readonly output: () => string
  readonly child: ChildProcess
  /** Resolves to the first group of what it prints. */
  says(pattern: RegExp): Promise<string>
  ended(): Promise<void>
}

/** Runs a program as an integrator does: from a folder that has the project's packages, told where `dev.json` is. */
export function runProgram(
  t: TestContext,
  command: string,
  {
    words,
    environment = {},
    folder,
  }: { words: readonly string[]; environment?: Record<string, string>; folder?: string },
): Running {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(command, words, {
    cwd: folder,
    env: { PATH, HOME, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text
    })
  const closed = once(child, 'close')
  t.after(async () => {
    child.kill('SIGKILL')
    await closed
  })
  return {
    output: () => written,
    child,
    async says(pattern) {
      for (;;) {
        const [, said] = pattern.exec(written) ?? []
        if (said !== undefined) return said
        assert.equal(child.exitCode, null, `it ended before it said ${pattern}: ${written}`)
        await pause(10)
      }
    },
    async ended() {
      await closed
      assert.equal(child.exitCode, 0, written)
    },
  }
}

export const runNode = (t: TestContext, code: string, environment: Record<string, string>): Running =>
  runProgram(t, process.execPath, { words: ['--input-type=module', '--eval', code], environment })

const made = z.object({
  application: z.object({ id: z.string() }),
  secret: z.object({ value: z.string() }).nullable(),
})

export interface OwnApplication {
  readonly client_id: string
  /** A data folder whose `dev.json` names this application for the demonstration one. */
  readonly folder: string
}

/** Registers an application that comes back to this port, and writes a `dev.json` that names it. */
export async function ownApplication(
  portique: Portique,
  name: string,
  wanted: {
    readonly port: number
    readonly type?: 'private' | 'public'
    readonly apis: readonly string[]
    readonly eventUrl?: string
    readonly platform?: string
    readonly environment?: Environment
  },
): Promise<OwnApplication> {
  const {
    port,
    type = 'private',
    apis,
    eventUrl = null,
    platform = 'france-travail',
    environment = 'production',
  } = wanted
  const body = { platform, environment, name, type, redirectUris: [`http://localhost:${port}/callback`], eventUrl }
  const { application, secret } = made.parse((await control(portique, 'POST', '/applications', body)).json)
  for (const api of apis)
    assert.equal(
      (await control(portique, 'POST', `/applications/${application.id}/subscriptions`, { api })).status,
      201,
    )
  const folder = join(portique.place.folder, `guide-${application.id}`)
  mkdirSync(folder)
  const client = { client_id: application.id, client_secret: secret?.value ?? null }
  const applications = [{ platform, environment, type, ...client }]
  writeFileSync(
    join(folder, 'dev.json'),
    JSON.stringify({ url: portique.url, applications, tokens: portique.dev.tokens }),
  )
  return { client_id: application.id, folder }
}

/** A port that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
