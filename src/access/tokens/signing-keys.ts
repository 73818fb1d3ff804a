import { createSecretKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Clock, Identifiers } from '#base'
import { keptSecret, type Store, type Vault } from '#storage'
import { accessProblem } from '../problems.js'

export interface SigningKey {
  readonly key: KeyObject
  /** When its signatures cease to count; null: that is not decided. */
  readonly until: number | null
}

export interface SigningKeys {
  /** The keys whose signatures count now, the one that signs first; undefined: a change is known but not read yet. */
  live(): readonly SigningKey[] | undefined
  /** The same once every known change is read; `fromStore` reads them again even so. */
  fresh(fromStore?: 'fromStore'): Promise<readonly SigningKey[]>
  /** A new key signs from now on; those before it count until `previousUntil`. Of two at once the second rejects with `access/key-changed`. */
  rotate(previousUntil: number, actor: string): Promise<void>
  close(): void
}

/** Topic of the change feed: keys of tokens were rotated. */
export const tokenKeyTopic = 'token-key'

interface Needs {
  readonly store: Store
  readonly vault: Vault
  readonly identifiers: Identifiers
  readonly clock: Clock
}

/** The keys of HMAC that sign tokens: made at the first need, sealed in the store, the same on every node. */
export function createSigningKeys({ store, vault, identifiers, clock }: Needs): SigningKeys {
  let kept: readonly SigningKey[] | undefined
  /** Grows with every change told: what was read before one is not kept. */
  let told = 0
  const unsubscribe = store.feed.subscribe(({ topic }) => {
    if (topic !== tokenKeyTopic && topic !== '*') return
    told += 1
    kept = undefined
  })

  const keptText = (): Promise<string> => {
    const make = () => textOf([{ secret: identifiers.secret(), until: null }])
    return keptSecret({ store, vault, name: secretName, now: clock(), make })
  }
  const read = async (): Promise<readonly SigningKey[]> => {
    for (;;) {
      const before = told
      const text = await keptText()
      if (before !== told) continue
      kept = keptShape
        .parse(JSON.parse(text))
        .keys.map(({ secret, until }) => ({ key: createSecretKey(Buffer.from(secret, 'base64url')), until }))
      return kept
    }
  }
  const liveOf = (keys: readonly SigningKey[]) => keys.filter(({ until }) => until === null || clock() < until)

  return {
    live: () => kept && liveOf(kept),
    fresh: async (fromStore) => liveOf(fromStore === undefined && kept !== undefined ? kept : await read()),
    async rotate(previousUntil, actor) {
      const seen = await keptText()
      const secret = identifiers.secret()
      await store.transaction(async (transaction) => {
        const row = await transaction
          .selectFrom('secret')
          .selectAll()
          .where('name', '=', secretName)
          .orderBy('version', 'desc')
          .executeTakeFirstOrThrow()
        const text = vault.open(row.value_sealed, secretName)
        if (text !== seen) throw accessProblem('access/key-changed')
        const older = keptShape
          .parse(JSON.parse(text))
          .keys.filter(({ until }) => until === null || clock() < until)
          .map((each) => ({ ...each, until: Math.min(each.until ?? previousUntil, previousUntil) }))
        // Of two rotations at once on two nodes the second finds its version taken.
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('secret')
          .values({
            name: secretName,
            version: row.version + 1,
            value_sealed: vault.seal(textOf([{ secret, until: null }, ...older]), secretName),
            created_at: clock(),
            retired_at: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
        if (numInsertedOrUpdatedRows === 0n) throw accessProblem('access/key-changed')
        await transaction
          .insertInto('audit')
          .values({
            id: identifiers.id('aud'),
            at: clock(),
            actor,
            action: 'access.token-key-rotate',
            object: secretName,
            detail: JSON.stringify({ previousUntil }),
          })
          .execute()
        await store.feed.publish(transaction, { topic: tokenKeyTopic, key: secretName })
      })
      await read()
    },
    close: unsubscribe,
  }
}

const secretName = 'token-keys'

type KeptText = z.infer<typeof keptShape>['keys']
const keptShape = z.object({ keys: z.array(z.object({ secret: z.string(), until: z.number().nullable() })).min(1) })
const textOf = (keys: KeptText): string => JSON.stringify({ keys })
