import type { ApiVersion } from './api.js'
import { inOrder, type Mistake } from './mistake.js'
import { type PlacedCase, readCases } from './reading/read-cases.js'
import { fileBytesMax } from './reading/read-file.js'
import { mistakeAt } from './reading/shape-mistakes.js'
import { broken, parseSource, type Source } from './reading/source.js'

export interface SentCase {
  /** Name to tell mistakes by. */
  readonly file: string
  readonly text: string
  readonly bytesMax?: number
}

/** One sandbox case from a text, held against the operations of an API: parameters it names, status, JSON; not yet the values. */
export function parseCase(
  { file, text, bytesMax = fileBytesMax.case }: SentCase,
  { operations }: Pick<ApiVersion, 'operations'>,
): { readonly placed: PlacedCase | null; readonly mistakes: readonly Mistake[] } {
  const source = Buffer.byteLength(text) > bytesMax ? tooLarge(file, bytesMax) : parseSource(file, text, bytesMax)
  const several = Array.isArray(source.value) ? [mistakeAt(source, [], oneOnly)] : []
  const { cases, mistakes } =
    several.length > 0 ? { cases: [], mistakes: several } : readCases(source, { operations, unread: [], file })
  return { placed: mistakes.length > 0 ? null : (cases[0] ?? null), mistakes: inOrder(mistakes) }
}

const oneOnly = { reason: 'a list where one case is expected', mend: 'Send one case at a time, or import a folder.' }

const tooLarge = (file: string, bytesMax: number): Source =>
  broken(file, `more than the ${bytesMax} bytes that are read`, 'Make the case smaller.')
