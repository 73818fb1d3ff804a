import colors from 'picocolors'
import { type Check, holds } from './correctness.js'
import { disturbed, type Sample } from './measure.js'

/** What the person at the terminal sees while the bench runs: one line per event. */
export type Screen = {
  heading(text: string): void
  leftOut(name: string, reason: string): void
  checks(name: string, checks: readonly Check[]): void
  sample(round: number, name: string, sample: Sample): void
  note(round: number, name: string, text: string): void
}

export const screen: Screen = {
  heading: (text) => print(`\n${colors.bold(text)}`),
  leftOut: (name, reason) => print(`  ${colors.yellow('left out')}  ${named(name)}${reason}`),
  checks(name, checks) {
    const wrong = checks.filter((check) => !holds(check))
    const told = wrong.map((check) => `${check.name}: ${check.found}, expected ${check.expected}`).join('; ')
    const verdict = wrong.length === 0 ? colors.green(`${checks.length} checks hold`) : colors.red(told)
    print(`  ${colors.dim('checked')}   ${named(name)}${verdict}`)
  },
  note: (round, name, text) => print(`  ${roundNamed(round)}${named(name)}${text}`),
  sample(round, name, sample) {
    const cpu = colors.bold(`${sample.cpuMicroseconds.toFixed(1).padStart(7)} µs/call`)
    const speed = `${Math.round(sample.callsPerSecond).toLocaleString('en').padStart(7)} calls/s`
    const delay = `p50 ${milliseconds(sample.p50Milliseconds)}  p99 ${milliseconds(sample.p99Milliseconds)}`
    const memory = `${Math.round(sample.rssMegabytes).toString().padStart(4)} MB`
    const others = sample.othersShare > disturbed ? colors.yellow(`  others ${percent(sample.othersShare)}`) : ''
    print(`  ${roundNamed(round)}${named(name)}${cpu}  ${speed}  ${delay}  ${memory}${others}`)
  },
}

function roundNamed(round: number): string {
  return colors.dim((round > 0 ? `round ${round}` : 'warm-up').padEnd(10))
}

function milliseconds(value: number): string {
  return `${value.toFixed(2).padStart(6)} ms`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function named(name: string): string {
  return name.padEnd(36)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
