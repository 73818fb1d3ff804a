import { parse } from 'yaml'
import { z } from 'zod'
import type { CaseFile } from './case-file.js'

const aliasesMax = 20
const depthMax = 32

const shape = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  params: z.record(z.string(), z.json()).nullish(),
  status: z.number().int().min(200).max(599),
  payload: z.union([z.string(), z.json()]).optional(),
})

/** One file of the public staging data: `params`, `status`, `payload` (JSON text), with a title or description. */
export function readCaseFile(bytes: Uint8Array): Omit<CaseFile, 'file' | 'folder'> | { readonly reason: string } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = parse(text, { maxAliasCount: aliasesMax, logLevel: 'error', prettyErrors: false })
    if (!withinDepth(value, depthMax)) return { reason: `nested more than ${depthMax} levels deep` }
    const read = shape.safeParse(value)
    if (!read.success) return { reason: read.error.issues.map(told).join('; ').slice(0, 300) }
    const { title, description, params, status, payload } = read.data
    const body = typeof payload === 'string' ? payload : payload === undefined ? '' : JSON.stringify(payload)
    if (body.trim() !== '') JSON.parse(body)
    return {
      title: (title ?? description ?? '').trim().split('\n', 1)[0]?.slice(0, 200) ?? '',
      params: params ?? {},
      status,
      payload: body.trim() === '' ? null : body,
    }
  } catch (error) {
    return { reason: reasonOf(error) }
  }
}

const told = ({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }) =>
  `${path.map(String).join('.') || 'the file'}: ${message}`

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return `the payload is not JSON: ${error.message.slice(0, 200)}`
  if (error instanceof ReferenceError) return 'aliases that multiply'
  if (error instanceof RangeError) return 'nested too deeply to be read'
  if (error instanceof TypeError) return 'not UTF-8'
  return `not YAML: ${String(error).split('\n', 1)[0]?.slice(0, 200)}`
}

const withinDepth = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((child) => withinDepth(child, levels - 1)))
