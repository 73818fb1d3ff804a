import { cpus, release, totalmem } from 'node:os'
import { nginxVersion } from './nginx.js'

/** One line a fact: what the figures depend on. */
export function describeMachine(): string[] {
  const [first, ...others] = cpus()
  const memory = (totalmem() / 2 ** 30).toFixed(1)
  return [
    `${first?.model.trim() ?? 'unknown processor'}, ${others.length + 1} cores, ${memory} GiB, Linux ${release()}`,
    `Node ${process.version}, ${nginxVersion() ?? 'no nginx'}`,
  ]
}
