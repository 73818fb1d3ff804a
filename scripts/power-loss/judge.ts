export interface RoundResult {
  readonly acknowledged: number
  readonly lost: number
  /** Transactions of which one row of two is there. */
  readonly halves: number
  readonly integrity: string
}

/** What a store that was opened again holds. */
export interface Found {
  readonly ids: ReadonlySet<string>
  /** `ok`, or what is wrong. */
  readonly integrity: string
}

export const told = ({ acknowledged, lost, halves, integrity }: RoundResult) =>
  `${String(acknowledged).padStart(5)} acknowledged  ${lost} lost  ${halves} half-written  integrity ${integrity}`

/** Looks for each acknowledged write in what is there. */
export function judge({ ids, integrity }: Found, acknowledged: readonly string[]): RoundResult {
  const present = (id: string) => (id.startsWith('pair-') ? ids.has(`${id}-a`) && ids.has(`${id}-b`) : ids.has(id))
  const pairs = [...ids].filter((id) => /^pair-.*-[ab]$/.test(id))
  const halves = pairs.filter((id) => !ids.has(id.endsWith('a') ? id.replace(/a$/, 'b') : id.replace(/b$/, 'a')))
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((id) => !present(id)).length,
    halves: halves.length,
    integrity,
  }
}
