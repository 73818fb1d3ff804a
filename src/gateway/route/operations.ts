import type { HttpMethod, Operation } from '#contract'

/** An API's operations as a tree of decoded segments; concrete paths win over templated ones (OpenAPI 3.1, "Paths Object"). */
export interface OperationTree {
  /** Null: no such resource. */
  find(segments: readonly string[], from: number, slash: TrailingSlash): Resource | null
}

/** `ignored`: there is one, and the platform takes such an address for the one without. */
export type TrailingSlash = 'none' | 'one' | 'ignored'

export interface Resource {
  readonly methods: ReadonlyMap<string, Operation>
  /** Value of the `Allow` header. */
  readonly allow: string
}

interface Node {
  readonly literals: Map<string, Node>
  parameter: Node | null
  plain: OpenResource | null
  slashed: OpenResource | null
}

interface OpenResource {
  readonly methods: Map<string, Operation>
  allow: string
}

export function operationTree(operations: readonly Operation[]): OperationTree {
  const root = emptyNode()
  for (const operation of operations) plant(root, operation)
  return {
    find(segments, from, slash) {
      const slashed = slash !== 'none' && segments.length > from
      const found = walk(root, segments, { at: from, slashed })
      return found === null && slash === 'ignored' ? walk(root, segments, { at: from, slashed: false }) : found
    },
  }
}

/** Decoded values of the path's parameters. */
export function parametersOf(operation: Operation, segments: readonly string[], from: number): Record<string, string> {
  const values: Record<string, string> = {}
  for (let index = 0; index < operation.segments.length; index += 1) {
    const segment = operation.segments[index]
    if (segment !== undefined && 'parameter' in segment) values[segment.parameter] = segments[from + index] ?? ''
  }
  return values
}

const emptyNode = (): Node => ({ literals: new Map(), parameter: null, plain: null, slashed: null })

function plant(root: Node, operation: Operation): void {
  let node = root
  for (const segment of operation.segments) {
    if ('literal' in segment && segment.literal === '') continue
    node = 'literal' in segment ? literalChild(node, segment.literal) : parameterChild(node)
  }
  const slashed = operation.path.length > 1 && operation.path.endsWith('/')
  const resource = (slashed ? node.slashed : node.plain) ?? { methods: new Map(), allow: '' }
  resource.methods.set(operation.method, operation)
  resource.allow = allowOf(resource.methods)
  if (slashed) node.slashed = resource
  else node.plain = resource
}

function literalChild(node: Node, literal: string): Node {
  const child = node.literals.get(literal) ?? emptyNode()
  node.literals.set(literal, child)
  return child
}

function parameterChild(node: Node): Node {
  node.parameter ??= emptyNode()
  return node.parameter
}

function walk(node: Node, segments: readonly string[], step: { at: number; slashed: boolean }): Resource | null {
  const segment = segments[step.at]
  if (segment === undefined) return step.slashed ? node.slashed : node.plain
  const next = { at: step.at + 1, slashed: step.slashed }
  const literal = node.literals.get(segment)
  const found = literal === undefined ? null : walk(literal, segments, next)
  return found ?? (node.parameter === null ? null : walk(node.parameter, segments, next))
}

/** HEAD comes with GET (RFC 9110 section 9.3.2). */
function allowOf(methods: ReadonlyMap<string, Operation>): string {
  const names = new Set<HttpMethod | string>(methods.keys())
  if (names.has('GET')) names.add('HEAD')
  return [...names].join(', ')
}
