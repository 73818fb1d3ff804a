import type { Json } from '../json.js'
import type { Shape } from './shape.js'

/** Names of the fields of a body, e.g. `data.enfants[].nom`: each once, as the contract has them; `*` for what it leaves unnamed. Never a value. */
export type FieldNames = (body: Json) => readonly string[]

/** Compiled once per answer of the contract: a path is put together once, not at each call. */
export function fieldNames(shape: Shape): FieldNames {
  const root = nameRoot(shape)
  return (body) => {
    const met = new Set<NameNode>()
    meet(root, body, met)
    return [...met].map(({ path }) => path || '*')
  }
}

/** A place that a body may have. */
export interface NameNode {
  readonly path: string
  /** Null: the contract says nothing of what stands there. */
  readonly shape: Shape | null
  readonly depth: number
  readonly fields: Map<string, NameNode>
  items: NameNode | null
}

export const nameRoot = (shape: Shape): NameNode => newNode('', shape)

const newNode = (path: string, shape: Shape | null, depth = 0): NameNode => ({
  ...{ path, shape, depth, fields: new Map(), items: null },
})

/** A contract that contains itself has no end: what lies deeper is named together. */
export const depthMax = 30

function meet(node: NameNode, value: Json, met: Set<NameNode>): void {
  if (value === null || typeof value !== 'object' || node.shape === null || isEmpty(value)) met.add(node)
  else if (isList(value)) for (const item of value) meet(itemsOf(node), item, met)
  else for (const name of Object.keys(value)) meet(fieldOf(node, name), value[name] ?? null, met)
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
const isEmpty = (value: object): boolean => {
  for (const _ in value) return false
  return true
}

export function fieldOf(node: NameNode, name: string): NameNode {
  const shape = node.depth < depthMax && node.shape !== null ? propertyIn(node.shape, name) : undefined
  // A name that the contract does not have may itself be somebody's: it is not kept.
  const shown = shape === undefined ? '*' : name
  let field = node.fields.get(shown)
  if (field === undefined) {
    field = newNode(node.path === '' ? shown : `${node.path}.${shown}`, shape ?? null, node.depth + 1)
    node.fields.set(shown, field)
  }
  return field
}

export function itemsOf(node: NameNode): NameNode {
  node.items ??= newNode(`${node.path}[]`, node.shape === null ? null : (itemsIn(node.shape) ?? null), node.depth + 1)
  return node.items
}

function propertyIn(shape: Shape, name: string): Shape | undefined {
  const own = shape.object?.properties.get(name)?.shape
  if (own !== undefined || shape.branches === null) return own
  return firstOf(shape.branches.alternatives, (each) => propertyIn(each, name))
}

function itemsIn(shape: Shape): Shape | undefined {
  if (shape.array !== null || shape.branches === null) return shape.array?.items
  return firstOf(shape.branches.alternatives, itemsIn)
}

function firstOf(shapes: readonly Shape[], find: (shape: Shape) => Shape | undefined): Shape | undefined {
  for (const shape of shapes) {
    const found = find(shape)
    if (found !== undefined) return found
  }
  return undefined
}
