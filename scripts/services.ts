import { once } from 'node:events'
import { connect } from 'node:net'
import { Client } from 'pg'

/** Says which stores the tests will run on, and fails when one that was asked for does not answer: no check is skipped quietly. */
async function main(): Promise<void> {
  const { DATABASE_URL, VALKEY_URL } = process.env
  console.log('embedded store: always tested')
  console.log(
    DATABASE_URL === undefined
      ? 'PostgreSQL: not tested, DATABASE_URL is not set'
      : `PostgreSQL ${await postgres(DATABASE_URL)}`,
  )
  console.log(
    VALKEY_URL === undefined
      ? 'Valkey or Redis: not tested, VALKEY_URL is not set'
      : `Valkey or Redis: ${await valkey(VALKEY_URL)}`,
  )
}

async function postgres(url: string): Promise<string> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return rows[0]?.server_version ?? 'of an unknown version'
}

async function valkey(url: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port === '' ? 6379 : port), timeout: 3000 })
  await once(socket, 'connect')
  socket.write('PING\r\n')
  const [answer] = await once(socket, 'data')
  socket.destroy()
  return String(answer).trim()
}

await main()
