import type { Json, JsonObject } from '../json.js'

/** The steps of a JSON Pointer (RFC 6901); null when it is none. */
export function pointerSteps(pointer: string): readonly string[] | null {
  if (pointer === '') return []
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What stands there; undefined: nothing. */
export function readAt(root: Json | undefined, steps: readonly string[]): Json | undefined {
  let current = root
  for (const step of steps) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined
    current = (current as JsonObject)[step]
  }
  return current
}

export interface Writable {
  [name: string]: Json
}

/** Puts a value there, making the objects on the way; `steps` is not empty. */
export function writeAt(root: Writable, steps: readonly string[], value: Json): void {
  let current = root
  for (const step of steps.slice(0, -1)) {
    const next = Object.hasOwn(current, step) ? current[step] : undefined
    if (isWritable(next)) current = next
    else {
      const made: Writable = {}
      current[step] = made
      current = made
    }
  }
  current[steps.at(-1) ?? ''] = value
}

const isWritable = (value: Json | undefined): value is Writable =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
