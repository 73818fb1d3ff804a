import { Problem } from '#base'

/** Reads a day (UTC) or a moment with its zone, as milliseconds since the epoch. */
export function parseMoment(text: string): number {
  const shape = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/
  const at = shape.test(text) ? Date.parse(text) : Number.NaN
  // Node takes the 31st of February for the 3rd of March: only a day that comes out as it went in is one.
  if (!Number.isNaN(at) && new Date(`${text.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(text.slice(0, 10)))
    return at
  throw new Problem({
    code: 'command/moment',
    status: 400,
    text: {
      fr: `Date illisible « ${text} » : écrivez 2026-11-28, ou 2026-11-28T12:00:00Z.`,
      en: `"${text}" cannot be read as a date: write 2026-11-28, or 2026-11-28T12:00:00Z.`,
    },
  })
}
