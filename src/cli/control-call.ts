import { request } from 'node:http'
import { z } from 'zod'
import { Problem } from '#base'

/** One call of the control API: in the running process over its socket, or in this one. Resolves to the answer's JSON. */
export type ControlCall = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<unknown>

/** Calls the process that owns the data folder; null when none listens there. */
export async function callOverSocket(address: string): Promise<ControlCall | null> {
  const call: ControlCall = async (method, path, body) => readAnswer(await send(address, { method, path, body }))
  try {
    await call('GET', '/control')
    return call
  } catch (error) {
    if (isNobodyThere(error)) return null
    throw error
  }
}

/** Turns the JSON of an answer into its value, or throws what the control API refused with. */
export async function readAnswer({
  status,
  text,
}: {
  readonly status: number
  readonly text: string
}): Promise<unknown> {
  const value: unknown = text === '' ? null : JSON.parse(text)
  if (status < 400) return value
  const { code, title, detail, mistakes } = refusalShape.safeParse(value).data ?? {}
  const { formatMistakes } = await import('#contract')
  const told = [...(mistakes === undefined ? [] : [formatMistakes(mistakes)]), detail ?? title ?? text].join('\n\n')
  throw new Problem({ code: code ?? 'control/refused', status, text: { fr: told, en: told } })
}

const refusalShape = z.object({
  code: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  /** What is wrong in a document that was sent, each with its place. */
  mistakes: z
    .array(z.object({ file: z.string(), line: z.int(), column: z.int(), reason: z.string(), mend: z.string() }))
    .optional(),
})

interface Sending {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

function send(socketPath: string, { method, path, body }: Sending): Promise<{ status: number; text: string }> {
  const payload = body === undefined ? null : Buffer.from(JSON.stringify(body))
  const headers = {
    Host: 'localhost',
    'Accept-Language': 'en',
    ...(payload === null ? {} : { 'Content-Type': 'application/json', 'Content-Length': payload.length }),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path, headers, timeout: 300_000 }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      )
      incoming.on('error', reject)
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('the running process did not answer')))
    outgoing.on('error', reject)
    outgoing.end(payload ?? undefined)
  })
}

const isNobodyThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'ECONNREFUSED'].includes(String(error.code))
