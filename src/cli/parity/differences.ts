import type { Told } from './exchange.js'
import type { ParityCase } from './parity-case.js'

/** What a case promises of both, and is not told; in words. */
export function brokenPromises(
  { status, code }: Pick<ParityCase, 'status' | 'code'>,
  [sandbox, production]: readonly [Told, Told],
): readonly string[] {
  const found: string[] = []
  const statuses = [sandbox.status, production.status]
  if (status !== undefined && statuses.some((told) => told !== status))
    found.push(`promised: ${status} is expected, told: ${statuses.join(' / ')}`)
  const codes = [codeIn(sandbox), codeIn(production)]
  if (code !== undefined && codes.some((told) => told !== code))
    found.push(`promised: the contract says ${code}, told: ${codes.join(' / ')}`)
  return found
}

export const codeIn = ({ body }: Told): string | undefined => /"code":"(\w+)"/.exec(body)?.[1]

/** What may differ between two answers that are the same: the whole list, and why. */
export const exceptions: readonly { readonly header: string; readonly why: string }[] = [
  { header: 'date', why: 'the moment of the answer' },
  { header: 'x-request-id', why: 'another call' },
  { header: 'traceparent', why: 'another call' },
  { header: 'ratelimit-remaining', why: 'another counter' },
]

/** Each difference in words; none when status, headers and body are the same. Of what is excepted, only the presence counts. */
export function differences(sandbox: Told, production: Told): readonly string[] {
  const found: string[] = []
  if (sandbox.status !== production.status) found.push(`status: ${sandbox.status} / ${production.status}`)
  for (const name of new Set([...sandbox.headers.keys(), ...production.headers.keys()])) {
    const values = [sandbox, production].map((side) => shown(name, side))
    if (values[0] !== values[1]) found.push(`header ${name}: ${values.join(' / ')}`)
  }
  if (bodyOf(sandbox) !== bodyOf(production)) found.push(`body: ${cut(sandbox.body)} / ${cut(production.body)}`)
  return found
}

function shown(name: string, { headers }: Told): string {
  const value = headers.get(name)
  if (value === undefined) return 'absent'
  return exceptions.some(({ header }) => header === name) ? 'present' : value
}

/** The request id may stand in a body too. JSON is compared as such: the order of keys says nothing. */
function bodyOf({ headers, body }: Told): string {
  const own = headers.get('x-request-id')
  const text = own === undefined ? body : body.replaceAll(own, '{request id}')
  try {
    return JSON.stringify(sorted(JSON.parse(text)))
  } catch {
    return text
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  )
}

const cut = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text)
