import { isRecord } from './keywords.js'
import { valueAt } from './shape-mistakes.js'
import { type Path, pointerParts } from './source.js'

/** Where a path really leads in a document with references: each `$ref` on the way is followed. Null: nowhere. */
export function locate(root: unknown, path: Path): Path | null {
  let way: Path | null = follow(root, [])
  for (const step of path) {
    if (way === null || valueAt(root, [...way, step]) === undefined) return null
    way = follow(root, [...way, step])
  }
  return way
}

function follow(root: unknown, way: Path): Path | null {
  let current = way
  for (let hops = 0; hops < 50; hops += 1) {
    const node = valueAt(root, current)
    if (!isRecord(node) || typeof node.$ref !== 'string') return current
    if (!node.$ref.startsWith('#/')) return null
    current = pointerParts(node.$ref)
  }
  return null
}
