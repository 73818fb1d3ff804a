import { z } from 'zod'
import { answerHeaders, issueMessage, type JsonObject, type LostZero, parseSource, zerosLost } from '#contract'
import type { CaseFile } from './case-file.js'
import { caseFileBytesMost, caseSizeFault } from './case-size.js'
import { caseDepthMost, withinDepth } from './within-depth.js'

const titleMax = 200
const tooDeep = `nested more than ${caseDepthMost} levels deep`

const shape = z.object({
  title: z.string().optional(),
  description: z.string().max(10_000).optional(),
  params: z.record(z.string(), z.json()).nullish(),
  headers: answerHeaders.optional(),
  status: z.number().int().min(200).max(599),
  payload: z.union([z.string(), z.json()]).optional(),
})

type Read = (Omit<CaseFile, 'file' | 'folder'> & { readonly notes: readonly string[] }) | { readonly reason: string }

/** One file of the public staging data: `params`, `status`, `payload` (JSON text), with a title or description. */
export function readCaseFile(bytes: Uint8Array): Read {
  const text = textOf(bytes)
  if (text === null) return { reason: 'not UTF-8' }
  const source = parseSource('', text, caseFileBytesMost)
  const { value, mistakes, place } = source
  const [mistake] = mistakes
  if (mistake !== undefined) return { reason: `line ${mistake.line}: ${mistake.reason}` }
  if (!withinDepth(value, caseDepthMost)) return { reason: tooDeep }
  const read = shape.safeParse(value)
  if (read.success) {
    const lost = zerosLost(read.data.params ?? {}, source, text)
    return caseOf({ ...read.data, params: withZeros(read.data.params ?? {}, lost) }, lost.map(zeroNote))
  }
  const told = read.error.issues.map((issue) => {
    const steps = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
    return `line ${place(steps).line}: ${steps.join('.') || 'the file'}: ${issueMessage(issue)}`
  })
  return { reason: told.join('; ').slice(0, 300) }
}

function caseOf(
  { title, description = '', params, headers, status, payload }: z.infer<typeof shape>,
  notes: readonly string[],
): Read {
  const body = typeof payload === 'string' ? payload : (JSON.stringify(payload ?? undefined) ?? '')
  const wrong = body.trim() === '' ? null : jsonFault(body)
  if (wrong !== null) return { reason: `the payload is ${wrong}` }
  const read = {
    title: firstLine(title ?? description),
    description: title === undefined && firstLine(description) === description.trim() ? '' : description.trim(),
    params: params ?? {},
    headers: headers ?? {},
    status,
    payload: body.trim() === '' ? null : body,
  }
  const tooLarge = caseSizeFault(read)
  return tooLarge === null ? { ...read, notes } : { reason: tooLarge }
}

/** The parameters with the digits that were written. */
function withZeros<Params extends JsonObject>(params: Params, lost: readonly LostZero[]): Params {
  const copy = structuredClone(params)
  for (const { path, written } of lost) {
    const holder = path.slice(1, -1).reduce<unknown>((value, step) => Reflect.get(Object(value), step), copy)
    Reflect.set(Object(holder), path.at(-1) ?? '', written)
  }
  return copy
}

const zeroNote = ({ path, written }: LostZero) =>
  `"${path.slice(1).join('.')}" has ${written} without quotes, a number without its zero to YAML: kept as the text "${written}"`

const firstLine = (text: string) => text.trim().split('\n', 1)[0]?.slice(0, titleMax) ?? ''

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function jsonFault(text: string): string | null {
  try {
    return withinDepth(JSON.parse(text), caseDepthMost) ? null : tooDeep
  } catch (error) {
    return error instanceof SyntaxError ? `not JSON: ${error.message.slice(0, 200)}` : 'nested too deeply to be read'
  }
}
