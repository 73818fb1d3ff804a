import type { Language } from '#base'
import type { Json, JsonObject, Operation } from '#contract'
import { type Said, saidOf } from './said.js'

export interface ErrorRow {
  readonly status: string
  /** The platform's own code; empty: the contract names none. */
  readonly code: string
  readonly said: Said | null
}

/** Every refusal that the contract declares, with the codes of its examples. */
export function errorRows(operations: readonly Operation[], language: Language): readonly ErrorRow[] {
  const rows = new Map<string, ErrorRow>()
  for (const { definition } of operations)
    for (const [status, response] of Object.entries(definition.responses ?? {})) {
      if (/^[123]/.test(status)) continue
      const values = Object.values(response.content ?? {}).flatMap(({ example, examples = {} }) => [
        ...(example === undefined ? [] : [example]),
        ...Object.values(examples).flatMap(({ value }) => (value === undefined ? [] : [value])),
      ])
      const told = values.flatMap(errorsIn)
      const general = saidOf(response, 'description', language)
      const all = told.length === 0 ? [{ code: '', text: '' }] : told
      for (const { code, text } of all) {
        const translated = language === 'en' && general !== null && general.lang === undefined
        const said = text === '' || translated ? general : language === 'en' ? { text, lang: 'fr' as const } : { text }
        rows.set(`${status} ${code}`, rows.get(`${status} ${code}`) ?? { status, code, said })
      }
    }
  return [...rows.values()].toSorted((a, b) => (`${a.status} ${a.code}` < `${b.status} ${b.code}` ? -1 : 1))
}

interface Told {
  readonly code: string
  readonly text: string
}

/** The shapes that examples have: a list of errors, or one error with a name and a message. */
function errorsIn(value: Json): readonly Told[] {
  if (!isObject(value)) return []
  if (Array.isArray(value.errors))
    return value.errors.flatMap((one: Json) =>
      isObject(one) ? [{ code: textOf(one.code), text: sentence(one.title, one.detail) }] : [],
    )
  const code = [value.error, value.codeErreur, value.code].find((each) => typeof each === 'string')
  return code === undefined ? [] : [{ code: textOf(code), text: sentence(value.reason, value.message) }]
}

const sentence = (...parts: readonly (Json | undefined)[]) =>
  [...new Set(parts.filter((part) => typeof part === 'string' && part !== ''))].join(' – ')
const textOf = (value: Json | undefined) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
