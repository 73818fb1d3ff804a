import { type ApiVersion, isJsonMedia, type Json, type JsonObject, type Operation } from '#contract'

/** An answer of success in JSON, and the operations that give it. */
export interface DeclaredAnswer {
  readonly schema: JsonObject
  readonly status: number
  readonly mediaType: string
  /** The contract's own; undefined: it has none. */
  readonly example: Json | undefined
  readonly operations: readonly Operation[]
}

/** The answers of success that a contract declares, those of one schema together. */
export function answersOf({ operations }: Pick<ApiVersion, 'operations'>): readonly DeclaredAnswer[] {
  const found = new Map<JsonObject, DeclaredAnswer>()
  for (const operation of operations)
    for (const [status, { content = {} }] of Object.entries(operation.definition.responses ?? {}))
      for (const [mediaType, { schema, example, examples = {} }] of Object.entries(content)) {
        if (!/^2\d\d$/.test(status) || schema === undefined || !isJsonMedia(mediaType)) continue
        const known = found.get(schema)
        const [named] = Object.values(examples)
        found.set(schema, {
          ...(known ?? { schema, status: Number(status), mediaType, example: example ?? named?.value }),
          operations: [...new Set([...(known?.operations ?? []), operation])],
        })
      }
  return [...found.values()]
}
