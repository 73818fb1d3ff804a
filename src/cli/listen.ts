import { once } from 'node:events'
import type { Server } from 'node:net'
import { Problem } from '#base'

/** Listens, and resolves to the port that was taken. Throws `listen/taken` that says what to do. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  server.listen({ host, port, backlog: 1024 })
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw new Problem({
      code: 'listen/taken',
      status: 500,
      text: {
        fr: `Impossible d’écouter sur ${host}:${port} : choisissez un autre port avec PORT=…`,
        en: `Cannot listen on ${host}:${port} (${cause instanceof Error ? cause.message : cause}): choose another port with PORT=…`,
      },
      cause,
    })
  }
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}
