import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { benchFolder } from './paths.js'

export type Load = {
  readonly url: string
  readonly seconds: number
  readonly connections: number
  readonly core: number
  readonly authorization?: string
  /** A form to post with every call, instead of a GET. */
  readonly form?: string
  /** Refresh tokens to begin with, one a form; each answer brings the next. Asked for before each run: those under way at its end are lost. */
  readonly refreshTokens?: () => Promise<readonly string[]>
}

export type LoadReport = {
  readonly calls: number
  readonly seconds: number
  readonly p50Microseconds: number
  readonly p99Microseconds: number
  /** Answers with a status of 400 and above. */
  readonly refused: number
  /** Connections that failed, were cut or timed out. */
  readonly broken: number
}

/** Drives one address with `wrk` over keep-alive connections, as fast as it answers. */
export async function runWrk(load: Load): Promise<LoadReport> {
  const wrk = ['wrk', '-t1', `-c${load.connections}`, `-d${load.seconds}s`, '-s', join(benchFolder, 'wrk-report.lua')]
  const header = load.authorization === undefined ? [] : ['-H', `Authorization: ${load.authorization}`]
  const tokens = await load.refreshTokens?.()
  const form = {
    ...(load.form !== undefined && { BENCH_FORM: load.form }),
    ...(tokens !== undefined && { BENCH_REFRESH: tokens.join(' ') }),
  }
  const run = promisify(execFile)('taskset', ['-c', String(load.core), ...wrk, ...header, load.url], {
    env: { PATH: process.env.PATH, ...form },
  })
  const killWithBench = () => run.child.kill('SIGKILL')
  process.once('exit', killWithBench)
  const { stdout } = await run.finally(() => process.off('exit', killWithBench))
  return parse(stdout)
}

function parse(output: string): LoadReport {
  const line = /^REPORT (.*)$/m.exec(output)?.[1]
  if (line === undefined) throw new Error(`wrk gave no report: ${output}`)
  const { calls, seconds, p50, p99, refused, broken } = JSON.parse(line)
  return { calls, seconds, p50Microseconds: p50, p99Microseconds: p99, refused, broken }
}
