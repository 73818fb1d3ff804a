import { Client } from 'pg'
import { anythingChanged, outboxKeptMilliseconds, type StoreFeed } from '../feed.js'
import { clientConfig } from './postgres-pool.js'

/**
 * Reads every node's changes from the table, 250 ms apart at most. Each look asks for the rows that the snapshot of the look before could not
 * see: exactly those committed since, in whatever order their sequence numbers were given, and however long another transaction stays open.
 */
export class OutboxReader {
  readonly #databaseUrl: string
  readonly #feed: () => StoreFeed
  #client: Client | null = null
  #snapshot: string | null = null
  #wholeAt = performance.now()
  #purgedAt = Number.NEGATIVE_INFINITY
  #looking: Promise<void> | null = null
  #again = false
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(databaseUrl: string, feed: () => StoreFeed) {
    this.#databaseUrl = databaseUrl
    this.#feed = feed
  }

  /** Resolves when the first look is done: from then on no change is missed. */
  async start(): Promise<void> {
    await this.#lookAlone()
    if (this.#closed) return
    this.#timer = setInterval(() => this.wake(), lookMilliseconds)
    this.#timer.unref()
  }

  /** Monotonic, so that no clock that is set can pretend that the feed is whole. */
  silentMilliseconds(): number {
    return performance.now() - this.#wholeAt
  }

  wake(): void {
    if (this.#closed) return
    if (this.#looking !== null) this.#again = true
    else this.#lookAlone().catch(() => {})
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    await this.#looking
    await this.#disconnect()
  }

  /** No look begins beside another one: each would make a connection of its own. */
  #lookAlone(): Promise<void> {
    const look = this.#look()
    this.#looking = look
      .catch(() => this.#disconnect())
      .finally(() => {
        this.#looking = null
        const again = this.#again
        this.#again = false
        if (again) this.wake()
      })
    return look
  }

  async #look(): Promise<void> {
    const startedAt = performance.now()
    this.#client ??= await this.#connect()
    const { rows } = await this.#client.query<OutboxRow>(newRows, [this.#snapshot])
    const missed = startedAt - this.#wholeAt > outboxKeptMilliseconds - safetyMilliseconds
    if (missed) this.#feed().tell(anythingChanged)
    for (const { snapshot, sequence, topic, key } of rows) {
      this.#snapshot = snapshot
      if (sequence !== null) this.#feed().found(sequence, { topic, key })
    }
    this.#wholeAt = startedAt
    if (startedAt - this.#purgedAt > purgeMilliseconds) await this.#purge(this.#client, startedAt)
  }

  async #purge(client: Client, at: number): Promise<void> {
    this.#purgedAt = at
    await client.query(oldRows, [outboxKeptMilliseconds])
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      ...clientConfig(this.#databaseUrl),
      statement_timeout: answerMilliseconds,
      query_timeout: answerMilliseconds,
    })
    client.on('error', () => this.#forget(client))
    client.on('end', () => this.#forget(client))
    client.on('notification', () => this.wake())
    try {
      await client.connect()
      await client.query(`listen ${outboxChannel}`)
      return client
    } catch (error) {
      destroy(client)
      throw error
    }
  }

  #forget(client: Client): void {
    if (this.#client === client) this.#client = null
  }

  async #disconnect(): Promise<void> {
    const client = this.#client
    this.#client = null
    if (client !== null) destroy(client)
  }
}

export const outboxChannel = 'portique_outbox'

const lookMilliseconds = 250
const answerMilliseconds = 1_000
const purgeMilliseconds = 60_000
/** Rows are kept by the database's clock, silence is counted by this process's. */
const safetyMilliseconds = 300_000

interface OutboxRow {
  readonly snapshot: string
  readonly sequence: number | null
  readonly topic: string
  readonly key: string
}

/** One statement, so that the rows and the snapshot that the next look starts from are of the same instant. */
const newRows = `
  select look.snapshot, news.sequence, news.topic, news.key
  from (select pg_current_snapshot()::text as snapshot) look
  left join outbox news
    on news.transaction_id >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(news.transaction_id, $1::pg_snapshot)
  order by news.sequence`

/** Rows with a transaction of the future came with a dump of another server, and every look would find them again. */
const oldRows = `
  delete from outbox
  where at < (extract(epoch from clock_timestamp()) * 1000)::bigint - $1::bigint or transaction_id > pg_current_xact_id()`

/** Cuts the connection without a farewell that a dead server would never answer. */
function destroy(client: Client): void {
  client.end().catch(() => {})
}
