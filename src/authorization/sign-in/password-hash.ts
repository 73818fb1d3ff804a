import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP's and ANSSI's second choice of cost: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
const saltBytes = 16

/** Argon2id (RFC 9106) as `argon2id$<memory KiB>$<passes>$<salt>$<tag>`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes)
  const tag = await derive('argon2id', { message: normal(password), nonce, ...cost })
  return ['argon2id', cost.memory, cost.passes, nonce.toString('base64url'), tag.toString('base64url')].join('$')
}

/** Compares in constant time; without a hash the same work is done, so that time does not tell who exists. */
export async function matchPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, memory, passes, salt = '', tag = ''] = (hash ?? decoy).split('$')
  const expected = Buffer.from(tag, 'base64url')
  const given = await derive('argon2id', {
    message: normal(password),
    nonce: Buffer.from(salt, 'base64url'),
    ...cost,
    memory: Number(memory),
    passes: Number(passes),
  })
  return timingSafeEqual(given, expected) && hash !== undefined
}

const normal = (password: string) => Buffer.from(password.normalize('NFKC'))

const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64url')
const decoy = ['argon2id', cost.memory, cost.passes, zeros(saltBytes), zeros(cost.tagLength)].join('$')
