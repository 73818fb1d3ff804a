/** Keys of an OpenAPI document whose children are names chosen by the author, not keywords. */
const mapsOfNames = new Set([
  'paths',
  'webhooks',
  'callbacks',
  'responses',
  'headers',
  'content',
  'schemas',
  'parameters',
  'examples',
  'requestBodies',
  'securitySchemes',
  'links',
  'pathItems',
  'variables',
  'encoding',
  'scopes',
  'mapping',
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependentRequired',
  'components',
])
/** Keys whose children are data: a `$ref` in them is a text like any other. */
const data = new Set(['example', 'default', 'const', 'enum', 'value', 'security', 'required'])

/** How the child under a key is to be read: keywords of OpenAPI or JSON Schema, names, or plain data. */
export type Context = 'keywords' | 'names' | 'data'

export function contextUnder(context: Context, key: string, child: unknown): Context {
  if (context === 'data') return 'data'
  if (context === 'names') return 'keywords'
  if (data.has(key) || key.startsWith('x-')) return 'data'
  if (key === 'examples' && Array.isArray(child)) return 'data'
  return mapsOfNames.has(key) && !Array.isArray(child) ? 'names' : 'keywords'
}

export type Visit = (node: Readonly<Record<string, unknown>>, path: readonly (string | number)[]) => void

/** Shows every object that is read as keywords, with its path; what stands under `components` is one step deeper than other maps of names. */
export function visitKeywords(root: unknown, visit: Visit): void {
  walk(root, [], 'keywords')

  function walk(node: unknown, path: readonly (string | number)[], context: Context): void {
    if (Array.isArray(node)) {
      if (context !== 'data') for (const [index, item] of node.entries()) walk(item, [...path, index], 'keywords')
    } else if (isRecord(node) && context !== 'data') {
      if (context === 'keywords') visit(node, path)
      for (const [key, child] of Object.entries(node)) walk(child, [...path, key], under(path, context, key, child))
    }
  }
}

/** `contextUnder`, knowing that the children of `components` are themselves maps of names. */
export function under(path: readonly (string | number)[], context: Context, key: string, child: unknown): Context {
  return path.length === 1 && path[0] === 'components' ? 'names' : contextUnder(context, key, child)
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
