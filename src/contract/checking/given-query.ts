import type { ParameterDefinition } from '../api.js'
import type { Query } from './breach.js'

/** A query without what was left blank: the one reading for the check, evidence, adapters and the sandbox, so that none takes another's value. */
export function givenQuery(query: Query): Query {
  const given = new Map<string, readonly (string | null)[]>()
  for (const [name, values] of query) {
    const kept = values.some(isBlank) ? values.filter((value) => !isBlank(value)) : values
    if (kept.length > 0) given.set(name, kept)
  }
  return given
}

/** The texts of one parameter. A name with brackets is repeated, one without holds its values between commas; of what is no list the first counts. */
export function givenTexts(
  sent: readonly (string | null | undefined)[],
  { name, schema }: Pick<ParameterDefinition, 'name' | 'schema'>,
): readonly string[] {
  const texts = sent.filter((value) => typeof value === 'string').filter((text) => !isBlank(text))
  if (schema?.type !== 'array') return texts.slice(0, 1)
  return texts.length > 1 || name.endsWith('[]') ? texts : texts.flatMap((text) => text.split(','))
}

const isBlank = (value: string | null): boolean => value !== null && value.trim() === ''
