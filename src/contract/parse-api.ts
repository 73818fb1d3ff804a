import type { ApiVersion } from './api.js'
import { inOrder, type Mistake } from './mistake.js'
import type { Platform } from './platform.js'
import { deepFreeze } from './reading/deep-freeze.js'
import { originMistakes } from './reading/origin-mistakes.js'
import { readApi } from './reading/read-api.js'
import { fileBytesMax } from './reading/read-file.js'
import { broken, parseSource, type Source, valueSource } from './reading/source.js'

/** A text with the name to tell mistakes by, or values that no file holds (from flags, or from the store). */
export type Sent =
  | { readonly file: string; readonly text: string }
  | { readonly file: string; readonly value: unknown; readonly names?: Readonly<Record<string, string>> }

export interface SentApi {
  readonly platform: Platform
  /** The OpenAPI document. */
  readonly document: Sent
  /** What `api.yaml` would hold. */
  readonly settings: Sent
  /** What `adapter.yaml` would hold; null: the provider speaks as the contract does. */
  readonly adapter?: Sent | null
  /** True for what was checked when it was published: examples are not held against their schemas again, nor the whole against rules of publication. Default: false. */
  readonly published?: boolean
}

/** What `portique publish` sends, with the checks of a platform's folder. `sent` are the raw values, to be stored as they were sent. */
export async function parseApi({ platform, document, settings, adapter = null, published = false }: SentApi): Promise<{
  readonly api: ApiVersion | null
  readonly sent: { readonly document: unknown; readonly settings: unknown; readonly adapter: unknown }
  readonly mistakes: readonly Mistake[]
  /** Why it would not be published today, though it may stay. */
  readonly tolerated: readonly Mistake[]
}> {
  const sources = {
    document: sourceOf(document, fileBytesMax.document),
    settings: sourceOf(settings, fileBytesMax.settings),
    adapter: adapter === null ? null : sourceOf(adapter, fileBytesMax.settings),
  }
  const read = readApi({ platform, ...sources, cases: [], source: { kind: 'store' }, names: null })
  const apis = read.api === null ? platform.apis : [...platform.apis, read.api]
  const mistakes = published
    ? read.mistakes.filter((mistake) => !read.tolerated.includes(mistake))
    : [...read.mistakes, ...(await deepOf(read)), ...originMistakes(read, apis)]
  const sent = {
    document: sources.document.value,
    settings: sources.settings.value,
    adapter: sources.adapter?.value ?? null,
  }
  return {
    api: mistakes.length === 0 ? deepFreeze(read.api) : null,
    sent,
    mistakes: inOrder(mistakes),
    tolerated: inOrder(read.tolerated),
  }
}

async function deepOf(read: Parameters<typeof import('./reading/deep-mistakes.js').deepMistakes>[0]) {
  const { deepMistakes } = await import('./reading/deep-mistakes.js')
  return deepMistakes(read)
}

function sourceOf(sent: Sent, bytesMax: number): Source {
  if (!('text' in sent)) return valueSource(sent.file, sent.value, sent.names)
  if (Buffer.byteLength(sent.text) > bytesMax)
    return broken(sent.file, `more than the ${bytesMax} bytes that are read`, 'Make the file smaller.')
  return parseSource(sent.file, sent.text)
}
