import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { standsStill } from './stand-still.js'

/** Where PostgreSQL's own programs are, newest first; undefined: nowhere. */
export const binaries = globSync('/usr/lib/postgresql/*/bin')
  .filter((folder) => existsSync(join(folder, 'initdb')))
  .toSorted((one, other) => other.localeCompare(one, 'en', { numeric: true }))
  .at(0)

/** A PostgreSQL server of one's own. */
export interface Cluster {
  /** Over its socket, as its owner. */
  readonly url: string
  /** Resolves once each of its processes stands still. */
  freeze(): Promise<void>
  /** Ends all of them as a power cut does. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** A new cluster in `at/cluster`, of an account that may not be root; its pages carry checksums. */
export function makeCluster(bin: string, at: string): void {
  const folder = join(at, 'cluster')
  const { uid, gid } = owner()
  mkdirSync(folder, { mode: 0o700 })
  chownSync(folder, uid, gid)
  // Small log segments: checkpoints then fall among the writes.
  const parameters = ['--auth=trust', '--username=portique', '--data-checksums', '--wal-segsize=1', '--no-sync']
  execFileSync(join(bin, 'initdb'), [...parameters, '--locale=C', '--encoding=UTF8', folder], {
    uid,
    gid,
    cwd: '/',
    stdio: 'pipe',
  })
}

/** Resolves when it takes connections. Throws what it said when it ends before. */
export async function startCluster(
  bin: string,
  { at, sockets, settings }: { readonly at: string; readonly sockets: string; readonly settings: readonly string[] },
): Promise<Cluster> {
  const { uid, gid } = owner()
  mkdirSync(sockets, { recursive: true })
  chownSync(sockets, uid, gid)
  const all = ['listen_addresses=', 'max_connections=30', 'shared_buffers=16MB', 'max_wal_size=2MB', ...settings]
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', join(at, 'cluster'), '-k', sockets, ...all.flatMap((each) => ['-c', each])],
    { uid, gid, cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const closed = once(child, 'close')
  const said: string[] = []
  const ready = Promise.withResolvers<void>()
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line)
    if (line.includes('ready to accept connections')) ready.resolve()
  })
  const ended = closed.then(() => Promise.reject(new Error(`PostgreSQL ended: ${said.slice(-3).join(' / ')}`)))
  await Promise.race([ready.promise, ended])
  const pids = () => family(child.pid ?? 0)
  return {
    url: `postgres://portique@localhost/postgres?host=${encodeURIComponent(sockets)}`,
    async freeze() {
      // The first of them forks the others, so it is stopped before they are counted.
      child.kill('SIGSTOP')
      await standsStill(child.pid)
      for (const pid of pids()) signal(pid, 'SIGSTOP')
      for (const pid of pids()) await standsStill(pid)
    },
    async kill() {
      for (const pid of pids()) signal(pid, 'SIGKILL')
      // Each of them holds the end of this pipe.
      await closed
    },
    async stop() {
      child.kill('SIGINT')
      await closed
    },
  }
}

/** One that has ended meanwhile needs none. */
function signal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** The process and its children. */
function family(pid: number): readonly number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
  return [pid, ...children.map(Number)]
}

function parentOf(pid: string): number | null {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) \S+ /s, '')
        .split(' ')[0],
    )
  } catch {
    return null
  }
}

function owner(): { readonly uid: number; readonly gid: number } {
  for (const name of ['postgres', 'nobody']) {
    const entry = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
    const [, , uid, gid] = entry?.split(':') ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no account postgres or nobody')
}
