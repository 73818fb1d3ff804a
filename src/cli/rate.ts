import { Problem } from '#base'
import type { QuotaKey, QuotaRule } from '#contract'

const periods: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 }

/** Reads `4/s`, `100/min`, `10000/d` as a bucket rule. */
export function parseRate(text: string, key: QuotaKey): QuotaRule {
  const match = /^([1-9]\d{0,8})\/(s|min|h|d)$/.exec(text)
  const periodSeconds = periods[match?.[2] ?? '']
  if (match === null || periodSeconds === undefined)
    throw new Problem({
      code: 'command/rate',
      status: 400,
      text: {
        fr: `Quota illisible « ${text} » : écrivez par exemple 4/s, 100/min, 2000/h ou 10000/d.`,
        en: `Quota "${text}" cannot be read: write for example 4/s, 100/min, 2000/h or 10000/d.`,
      },
    })
  return { key, limit: Number(match[1]), periodSeconds, algorithm: 'bucket' }
}
