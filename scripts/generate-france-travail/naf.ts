import { createRequire } from 'node:module'
import type { Coded } from './rome.js'

interface Row {
  readonly id: string
  readonly label: string
}

const rows = createRequire(import.meta.url)('@socialgouv/codes-naf') as readonly Row[]

/** The 732 sub-classes of the NAF rév. 2, from `@socialgouv/codes-naf`. */
export const nafs: readonly Coded[] = rows
  .filter(({ id }) => /^\d\d\.\d\d[A-Z]$/.test(id))
  .map(({ id, label }) => ({ code: id, libelle: label.trim() }))

/** The divisions of the NAF (two digits): the business sectors of job offers. */
export const secteurs: readonly Coded[] = rows
  .filter(({ id }) => /^\d\d$/.test(id))
  .map(({ id, label }) => ({ code: id, libelle: label.trim() }))

const labels = new Map(nafs.map(({ code, libelle }) => [code, libelle]))

export function nafLabel(code: string): string {
  const label = labels.get(code)
  if (!label) throw new Error(`${code} is not a code of the NAF`)
  return label
}
