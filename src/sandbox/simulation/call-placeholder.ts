import type { Call } from '../call.js'
import { jsonPiece, type Piece, valueAt } from './template.js'

/** `body.a.b`, `query.a`, `path.a`: what the caller sent, for a template. */
export function callPlaceholder(call: Call, name: string): readonly Piece[] | undefined {
  const [place = '', ...rest] = name.split('.')
  const path = rest.join('.')
  if (place === 'body') return jsonPiece(call.body.kind === 'json' ? valueAt(call.body.value, path) : undefined)
  if (place === 'query') return jsonPiece(call.query.get(path)?.[0] ?? undefined)
  return place === 'path' && Object.hasOwn(call.path, path) ? jsonPiece(call.path[path]) : undefined
}
