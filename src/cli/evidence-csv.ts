import { z } from 'zod'

/** One call of the evidence, as the control API tells it. */
export const evidenceRecord = z.looseObject({
  id: z.string(),
  at: z.number(),
  requestId: z.string(),
  application: z.string().nullable(),
  habilitation: z.string().nullable(),
  token: z.string().nullable(),
  person: z.string().nullable(),
  recipient: z.string().nullable(),
  api: z.string(),
  operation: z.string().nullable(),
  environment: z.string(),
  method: z.string(),
  status: z.number(),
  refusal: z.string().nullable(),
  fields: z.array(z.string()).nullable(),
})
export type EvidenceRow = z.infer<typeof evidenceRecord>

const names = Object.keys(evidenceRecord.shape) as (keyof typeof evidenceRecord.shape)[]

export const evidenceCsvHead = names.join(',')

/** One line of CSV (RFC 4180), without its end; a list is joined with spaces, and what is absent is empty. */
export const evidenceCsvLine = (row: EvidenceRow): string =>
  names.map((name) => cell(name === 'at' ? new Date(row.at).toISOString() : row[name])).join(',')

function cell(value: string | number | readonly string[] | null): string {
  const text = value === null ? '' : typeof value === 'object' ? value.join(' ') : String(value)
  // A spreadsheet would take it for a formula.
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}
