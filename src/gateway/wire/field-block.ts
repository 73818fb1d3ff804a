/** Fields of an answer with their bytes: worked out once where many answers share them. */
export interface FieldBlock {
  /** Names and values in turn. */
  readonly fields: readonly string[]
  /** The same as lines, latin1. */
  readonly text: string
  /** What `Content-Length` says; null: it is not among them; NaN: no single number. */
  readonly length: number | null
  readonly dated: boolean
  /** `Connection`, in lower case. */
  readonly connection: string | null
}

/** Throws on a field that would end its line or is none (RFC 9110 section 5.5). */
export function fieldBlock(fields: readonly string[]): FieldBlock {
  const seen: Seen = { length: null, dated: false, connection: null }
  let text = ''
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] ?? ''
    const value = fields[index + 1] ?? ''
    if (!isName(name) || !fieldValue.test(value)) throw new TypeError(`unsound answer field: ${name}`)
    note(seen, name, value)
    text += `${name}: ${value}\r\n`
  }
  const { length, dated, connection } = seen
  return { fields, text, length, dated, connection }
}

/** For many answers: a text that is still in pieces would be put together anew in each. */
export function sharedBlock(fields: readonly string[]): FieldBlock {
  const block = fieldBlock(fields)
  return { ...block, text: Buffer.from(block.text, 'latin1').toString('latin1') }
}

/** `Content-Length` alone. */
export const lengthBlock = (length: number): FieldBlock => ({
  fields: ['Content-Length', String(length)],
  text: `Content-Length: ${length}\r\n`,
  ...{ length, dated: false, connection: null },
})

const fieldName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const fieldValue = /^[\t -~\u0080-\u00ff]*$/

/** Providers choose the names: memory for them has an end. */
const namesMax = 1_000
const names = new Set<string>()

/** Names repeat: each is looked at once. */
function isName(name: string): boolean {
  if (names.has(name)) return true
  if (!fieldName.test(name)) return false
  if (names.size < namesMax) names.add(name)
  return true
}

interface Seen {
  length: number | null
  dated: boolean
  connection: string | null
}

const lengthOf = (before: number | null, value: string) =>
  before === null && /^\d+$/.test(value) ? Number(value) : Number.NaN

function note(seen: Seen, name: string, value: string): void {
  if (name.length === 14 && name.toLowerCase() === 'content-length') seen.length = lengthOf(seen.length, value)
  else if (name.length === 4 && name.toLowerCase() === 'date') seen.dated = true
  else if (name.length === 10 && name.toLowerCase() === 'connection') seen.connection = value.toLowerCase()
}
