import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DevFile, devFile } from './dev-file.js'
import { createPlace, type Place, type StoreKind } from './place.js'

/** A process of Portique as a person starts it, on a free port. */
export interface Portique {
  readonly url: string
  readonly port: number
  readonly place: Place
  /** What `dev.json` says. */
  readonly dev: DevFile
  readonly process: ChildProcess
  /** Everything that it wrote so far. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** Ends it, and resolves to how it ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ending>
}

export interface Ending {
  readonly code: number | null
  readonly signal: string | null
}

export const mainFile = join(process.cwd(), 'dist/portique/main.js')

/** Starts `portique dev` at this place and waits for its ready block. Throws what it wrote when it ends before. */
export const startPortique: Start = (place, settings = {}) =>
  ready(place, startProcess(['dev'], { ...place.environment, ...settings }))

/** The same by `npm start`, its build included. SIGTERM goes to npm alone, as from whoever runs it. */
export const startByNpm: Start = (place, settings = {}) => {
  const started = startProgram('npm', ['start'], { ...place.environment, ...settings })
  return ready(place, {
    ...started,
    end(signal) {
      if (signal === 'SIGKILL') killOwner(place)
      return started.end(signal)
    },
  })
}

type Start = (place: Place, settings?: Readonly<Record<string, string>>) => Promise<Portique>

async function ready(place: Place, started: Started): Promise<Portique> {
  await started.waitFor(() => started.stdout().includes('Ctrl-C'))
  const dev = devFile.parse(JSON.parse(readFileSync(join(place.folder, 'dev.json'), 'utf8')))
  return { ...started, url: dev.url, port: Number(new URL(dev.url).port), place, dev }
}

export interface Started extends Pick<Portique, 'process' | 'stdout' | 'stderr' | 'end'> {
  waitFor(condition: () => boolean): Promise<void>
}

/** Starts `portique <arguments>` with exactly this environment. */
export const startProcess = (parameters: readonly string[], environment: Readonly<Record<string, string>>): Started =>
  startProgram(process.execPath, [mainFile, ...parameters], environment)

/** The same by way of another program, such as a shell that sets limits first. */
export function startProgram(
  program: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Started {
  const child = spawn(program, parameters, {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const written = { stdout: '', stderr: '' }
  const keep = (name: keyof typeof written) => (text: string) => {
    written[name] += text
  }
  child.stdout.setEncoding('utf8').on('data', keep('stdout'))
  child.stderr.setEncoding('utf8').on('data', keep('stderr'))
  const ended = once(child, 'close')
  return {
    process: child,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    async end(signal) {
      child.kill(signal)
      await ended
      return { code: child.exitCode, signal: child.signalCode }
    },
    async waitFor(condition) {
      while (!condition()) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`it ended before: ${written.stdout}${written.stderr}`)
        await sleep(10)
      }
    },
  }
}

/** One process for all that ask for it alike in this run of tests; they may add to what it keeps, and end or change nothing that is there. The getter works once tests run. */
export function sharedPortique(kind: StoreKind, settings: Readonly<Record<string, string>> = {}): () => Portique {
  const key = JSON.stringify([kind.name, settings])
  return whileTestsRun(() => {
    const found = shared.get(key) ?? createPlace(kind).then((place) => startPortique(place, settings))
    shared.set(key, found)
    return found
  })
}

/** One process for the tests of one `describe`: they may move its clock, end it, and count what it keeps. */
export function ownPortique(
  kind: StoreKind,
  settings: Readonly<Record<string, string>> = {},
  start: Start = startPortique,
): () => Portique {
  let own: Portique | null = null
  after(() => own && end(own))
  return whileTestsRun(async () => {
    own = await start(await createPlace(kind), settings)
    return own
  })
}

const shared = new Map<string, Promise<Portique>>()
// At the root of the run that first imports this file.
after(async () => {
  for (const each of await Promise.allSettled(shared.values())) if (each.status === 'fulfilled') await end(each.value)
})

/** The process itself, behind npm and its shell; what has ended already needs none. */
function killOwner(place: Place): void {
  try {
    process.kill(ownerOf(place), 'SIGKILL')
  } catch {}
}

/** The process that owns a place's folder. */
export const ownerOf = ({ folder }: Place): number => Number(readFileSync(join(folder, 'portique.pid'), 'utf8'))

async function end(portique: Portique): Promise<void> {
  await portique.end('SIGKILL')
  await portique.place.drop()
}

function whileTestsRun(find: () => Promise<Portique>): () => Portique {
  let standing: Portique | null = null
  before(async () => {
    standing = await find()
  })
  return () => {
    if (standing === null) throw new Error('the process stands only while tests run')
    return standing
  }
}
