import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { ownEnvironment } from './own-environment.js'
import { projectFolder } from './paths.js'

export type Launch = {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly core: number
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

export type Child = {
  readonly name: string
  readonly pid: number
  /** The end of what it wrote on both outputs, for messages. */
  said(): string
  ended(): boolean
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()

/** Starts a program pinned to one core, leader of its own process group so that nothing of it can outlive the bench. */
export function startChild({ name, command, args, core, cwd, env }: Launch): Child {
  const child = spawn('taskset', ['-c', String(core), command, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...ownEnvironment(), NODE_ENV: 'production', ...env },
    ...(cwd === undefined ? {} : { cwd }),
  })
  let said = ''
  const keep = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.on('error', (error) => keep(Buffer.from(error.message)))
  running.add(child)
  child.once('exit', () => running.delete(child))
  return {
    name,
    pid: child.pid ?? 0,
    said: () => said.trim(),
    ended: () => hasEnded(child),
    stop: () => stop(child),
  }
}

/** Kills at once whatever still runs; for the moment when the bench itself ends. */
export function killChildren(): void {
  for (const child of running) signalGroup(child, 'SIGKILL')
}

/** Polls until the child answers, or says why it never will. */
export async function untilReady(child: Child, answers: () => Promise<boolean>, secondsMax = 20): Promise<void> {
  const deadline = performance.now() + secondsMax * 1000
  while (performance.now() < deadline) {
    if (child.ended()) throw new Error(`${child.name} ended while starting: ${lastWords(child)}`)
    if (await answers().catch(() => false)) return
    await sleep(50)
  }
  throw new Error(`${child.name} did not answer within ${secondsMax} s: ${lastWords(child)}`)
}

/** The line that says why, for the table; then all of it, for the terminal. */
function lastWords(child: Child): string {
  const lines = child.said().split('\n')
  const why = lines.find((line) => /error/i.test(line) && !line.startsWith(' ')) ?? lines.at(-1)
  return `${why?.replaceAll(projectFolder, '.') || 'it said nothing'}\n${child.said()}`
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const exit = once(child, 'exit')
  signalGroup(child, 'SIGTERM')
  const killer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000)
  await exit
  clearTimeout(killer)
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group is already gone.
  }
}
