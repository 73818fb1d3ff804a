import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '#base'
import type { Json, JsonObject } from '#contract'
import { isObject } from './field.js'
import type { Pause } from './pause.js'

/** Rows of a `.jsonl` or `.json` file; the members of a single JSON object become rows `{ key, value }`. Throws a Problem. */
export async function readRows(folder: string, file: string, pause: Pause): Promise<readonly JsonObject[]> {
  const bytes = await readFile(join(folder, file)).catch((cause: unknown) => {
    throw unreadable(file, 'missing or unreadable', cause)
  })
  // Decoded in one go: with an encoding, `readFile` decodes piece by piece, at ten times the price.
  const text = bytes.toString('utf8')
  if (file.endsWith('.json')) return rowsOf(parse(text, file), file)
  const rows: JsonObject[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (index % 16 === 0) await pause()
    if (line.trim() === '') continue
    const row = parse(line, `${file}:${index + 1}`)
    if (!isObject(row)) throw unreadable(`${file}:${index + 1}`, 'a row is not an object')
    rows.push(row)
  }
  return rows
}

/** A list of objects, or one object whose members become rows. */
export function rowsOf(value: Json, place: string): readonly JsonObject[] {
  if (isObject(value)) return Object.entries(value).map(([key, member]) => ({ key, value: member }))
  const rows: readonly Json[] = Array.isArray(value) ? value : [value]
  const objects = rows.filter(isObject)
  if (objects.length !== rows.length) throw unreadable(place, 'a row is not an object')
  return objects
}

function parse(text: string, place: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw unreadable(place, 'not JSON', cause)
  }
}

function unreadable(place: string, reason: string, cause?: unknown): Problem {
  return new Problem({
    code: 'sandbox/dataset',
    status: 500,
    text: {
      fr: `Jeu de données du bac à sable illisible : ${place} (${reason}).`,
      en: `Unreadable sandbox dataset: ${place} (${reason}).`,
    },
    ...(cause === undefined ? {} : { cause }),
  })
}
