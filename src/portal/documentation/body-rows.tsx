import type { Language } from '#base'
import { isJsonMedia, type Json, type Operation } from '#contract'
import { Code } from '#theme'
import { exampleBody } from './example-call.js'
import { fieldRows } from './field-rows.js'
import { shownValue } from './said.js'
import { saidCell } from './said-text.js'
import { words } from './words.js'

/** The fields of the JSON body that an operation takes, a row each; none: it takes no such body. */
export function bodyRows(operation: Operation, language: Language) {
  const content = Object.entries(operation.definition.requestBody?.content ?? {})
  const schema = content.find(([type]) => isJsonMedia(type))?.[1].schema
  if (schema === undefined) return []
  const said = words[language]
  const whole = exampleBody(operation)
  return fieldRows(schema, language).map((row) => {
    const example = row.example ?? plainAt(whole, row.path)
    return [
      <>
        <Code text={row.path} />
        <span class="sub">{row.type}</span>
      </>,
      saidCell(row.said),
      row.required ? said.required : said.optional,
      example === undefined ? null : <code>{shownValue(example)}</code>,
    ]
  })
}

/** The value that stands at `a.b[].c` in an example, unless it holds others. */
function plainAt(whole: Json | undefined, path: string): Json | undefined {
  let value = whole
  for (const step of path.split('.')) {
    const next: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, step.replace(/\[\]$/, '')) : undefined
    const first: unknown = step.endsWith('[]') && Array.isArray(next) ? next[0] : next
    value = first as Json | undefined
  }
  const lists = Array.isArray(value) && value.some((each) => typeof each === 'object')
  return lists || (typeof value === 'object' && !Array.isArray(value)) ? undefined : value
}
