import type { ApiVersion, Dialect, JsonObject } from '#contract'
import { type OwnDocument, ownDocument } from './documents.js'

/** The platform's nomenclature of errors: its own codes, and for each provider those that follow its number. */
export function errorCodes({ errors }: Dialect, apis: readonly ApiVersion[]): OwnDocument {
  const providers = new Map(apis.flatMap(({ document }) => providerOf(document)))
  const body = {
    platform: errors?.platform ?? [],
    providers: [...providers].map(([number, name]) => ({
      provider: name,
      errors: (errors?.provider(name) ?? []).map((one) => ({ ...one, code: `${number}${one.code}` })),
    })),
  }
  return ownDocument('application/json', JSON.stringify(body))
}

function providerOf({ info }: JsonObject): readonly (readonly [string, string])[] {
  const told = isObject(info) ? info['x-provider'] : undefined
  return isObject(told) && typeof told.code === 'string' ? [[told.code, String(told.name ?? '')]] : []
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
