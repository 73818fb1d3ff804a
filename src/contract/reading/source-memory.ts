import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Values of YAML texts that were read before without a mistake: reading them takes a third of the start. */
export interface SourceMemory {
  /** Undefined: not known. */
  recall(text: string): unknown
  keep(text: string, value: unknown): void
  /** Writes what is new; a place that cannot be written is none. */
  save(): Promise<void>
}

/** Counted up when the same text is to give another value. */
const format = 'sources-1'
const entriesMax = 5_000

/** Kept in one file, by the hash of the whole text, so that it can never be out of date. Whoever may write there may write code too. */
export async function openSourceMemory(file: string): Promise<SourceMemory> {
  const known = await readKnown(file)
  let isNew = false
  return {
    recall: (text) => known.get(nameOf(text)),
    keep(text, value) {
      if (known.size >= entriesMax || !isJson(value)) return
      known.set(nameOf(text), value)
      isNew = true
    },
    async save() {
      if (!isNew) return
      const draft = `${file}.${process.pid}`
      try {
        await mkdir(dirname(file), { recursive: true })
        await writeFile(draft, JSON.stringify({ format, values: Object.fromEntries(known) }))
        await rename(draft, file)
      } catch {
        await rm(draft, { force: true }).catch(() => undefined)
      }
    },
  }
}

const nameOf = (text: string) => createHash('sha256').update(text).digest('base64url')

async function readKnown(file: string): Promise<Map<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(await readFile(file, 'utf8'))
    const ours = typeof kept === 'object' && kept !== null && 'format' in kept && kept.format === format
    if (ours && 'values' in kept && typeof kept.values === 'object' && kept.values !== null)
      return new Map(Object.entries(kept.values))
  } catch {
    // Not there yet, or broken: the texts are read as if for the first time.
  }
  return new Map()
}

/** YAML knows values that JSON would change: .nan, .inf, -0. */
function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  if (typeof value !== 'object' || value === null) return value !== undefined
  return Object.values(value).every(isJson)
}
