import type { Json, JsonObject } from '../json.js'
import type { Path, Source } from './source.js'

/** Digits that begin with 0 and have no quotes, e.g. `01234`: YAML reads the number 1234, and no call sends that. */
export interface LostZero {
  readonly path: Path
  /** As the file has it. */
  readonly written: string
}

/** The lost zeros of a case's parameters, which stand at `params`; `text` is what `source` was read from. */
export function zerosLost(params: JsonObject, { place }: Pick<Source, 'place'>, text: string): readonly LostZero[] {
  const lines = text.split('\n')
  return numbersIn(params, ['params']).flatMap((path) => {
    const { line, column } = place(path)
    const written = /^0\d+(?![\w.])/.exec(lines[line - 1]?.slice(column - 1) ?? '')?.[0]
    return written === undefined ? [] : [{ path, written }]
  })
}

function numbersIn(value: Json | undefined, path: Path): readonly Path[] {
  if (typeof value === 'number') return [path]
  if (typeof value !== 'object' || value === null) return []
  const entries: readonly (readonly [string | number, Json | undefined])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return entries.flatMap(([step, child]) => numbersIn(child, [...path, step]))
}
