import { brokenPromises, codeIn, differences } from './differences.js'
import { exchange, exchangeTogether, type Told } from './exchange.js'
import type { ParityCase, Side } from './parity-case.js'
import type { ParityRow } from './report.js'

export interface Asking {
  readonly origin: string
  readonly sides: readonly [Side, Side]
  readonly tick: () => void
}

/** Each in a period of its own; of those that wait for a silent provider a few wait together, fewer than its address rests after. */
export async function askInTurn(suite: readonly ParityCase[], asking: Asking): Promise<readonly ParityRow[]> {
  const rows = new Map<ParityCase, ParityRow>()
  const ask = async (several: readonly ParityCase[]) => {
    asking.tick()
    await Promise.all(several.map(async (one) => void rows.set(one, await askBoth(one, asking))))
  }
  const silent: ParityCase[] = []
  for (const one of suite) {
    if (one.silent) silent.push(one)
    else await ask([one])
    if (silent.length === silentAtOnce) await ask(silent.splice(0))
  }
  await ask(silent)
  return suite.flatMap((one) => rows.get(one) ?? [])
}

const silentAtOnce = 4

async function askBoth(one: ParityCase, { origin, sides }: Asking): Promise<ParityRow> {
  const { calls, group, title, api, apart, together } = one
  const [sandbox, production] = await Promise.all(sides.map((side) => askOne(origin, { calls: calls(side), together })))
  if (sandbox == null || production == null) throw new Error(`the case "${title}" asks nothing`)
  const all = differences(sandbox, production)
  const compared = all.filter((each) => apart?.parts.some((part) => each.startsWith(`${part}:`)) !== true)
  return {
    group,
    title,
    api,
    sandbox: shown(sandbox),
    production: shown(production),
    differences: [...compared, ...brokenPromises(one, [sandbox, production])],
    apart: compared.length < all.length ? (apart?.why ?? null) : null,
  }
}

interface Asked {
  readonly calls: ReturnType<ParityCase['calls']>
  readonly together: true | undefined
}

/** What the last call is told; of several at once, the one that was refused. On a busy machine the first may be over before the second comes in. */
async function askOne(origin: string, { calls, together }: Asked): Promise<Told | null> {
  for (let turn = 1; together; turn += 1) {
    const told = await exchangeTogether(origin, calls)
    const worst = told.toSorted((one, other) => other.status - one.status)[0] ?? null
    if (turn === turnsMost || (worst?.status ?? 500) >= 400) return worst
  }
  let last: Told | null = null
  for (const sent of calls) last = await exchange(origin, sent)
  return last
}

const turnsMost = 8

/** The status, and the code that the body tells. */
function shown(told: Told): string {
  const code = codeIn(told)
  return code === undefined ? String(told.status) : `${told.status} ${code}`
}
