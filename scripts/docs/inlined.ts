import type { Schema } from './schema-rows.js'

interface Referring extends Schema {
  readonly $ref?: string
  readonly oneOf?: readonly Referring[]
  readonly $defs?: Readonly<Record<string, Referring>>
}

/** The schema with its references replaced, but for those inside what they name: a pair in a pair has the same keys. */
export function inlined(schema: Referring): Schema {
  const definitions = schema.$defs ?? {}
  return visit(schema, new Set())

  function visit(node: Referring, open: ReadonlySet<string>): Referring {
    const name = node.$ref?.replace('#/$defs/', '')
    const named = name === undefined ? undefined : definitions[name]
    if (name !== undefined && named !== undefined) {
      const { $ref: _, ...beside } = node
      return open.has(name) ? beside : visit({ ...named, ...beside }, new Set([...open, name]))
    }
    const into = (inner: Referring) => visit(inner, open)
    return {
      ...node,
      ...(node.properties && {
        properties: Object.fromEntries(Object.entries(node.properties).map(([key, inner]) => [key, into(inner)])),
      }),
      ...(typeof node.additionalProperties === 'object' && { additionalProperties: into(node.additionalProperties) }),
      ...(node.items && { items: into(node.items) }),
      ...((node.anyOf || node.oneOf) && { anyOf: [...(node.anyOf ?? []), ...(node.oneOf ?? [])].map(into) }),
    }
  }
}
