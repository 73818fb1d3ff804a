import { type CaseToWrite, writeCaseFile } from './write-case-file.js'

/** How long a case may be, as the file that an export makes of it. */
export const caseBytesMost = 262_144
/** With room for what an export says beside the case: its operation, and whose it is. */
export const caseFileBytesMost = caseBytesMost + 1_024

/** Of parameters, as JSON: a hundred times those of any API. Writing many small values as YAML takes far longer than one long text. */
const paramsBytesMost = 16_384

/** Bytes of all that a case says. */
export const contentBytes = ({ title, description, params, headers, payload }: CaseToWrite): number =>
  [title, description, JSON.stringify(params), JSON.stringify(headers), payload ?? '']
    .map((text) => Buffer.byteLength(text))
    .reduce((sum, bytes) => sum + bytes)

/** Why a case is too long to be kept; null: it is not. One that is kept can be exported, imported again and edited. */
export function caseSizeFault(one: CaseToWrite): string | null {
  const params = Buffer.byteLength(JSON.stringify(one.params))
  if (params > paramsBytesMost) return `its parameters take ${params} bytes, at most ${paramsBytesMost} are kept`
  const content = contentBytes(one)
  // Indented and quoted it never becomes that many times longer.
  if (content * growthMost < caseBytesMost) return null
  const bytes = content > caseBytesMost ? content : Buffer.byteLength(writeCaseFile(one))
  return bytes > caseBytesMost ? `it unfolds to ${bytes} bytes, at most ${caseBytesMost} are kept` : null
}

const growthMost = 64
