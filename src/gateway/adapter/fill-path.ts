/** A path of an adapter with its holes filled; null: a value is empty, or a provider might read another path in it. */
export function fillPath(path: string, values: ReadonlyMap<string, string>): string | null {
  let whole = true
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = values.get(name) ?? ''
    whole &&= text !== '' && !leadsElsewhere.test(text)
    return encodeURIComponent(text)
  })
  return whole ? filled : null
}

/** Dot segments, separators, controls, and anything percent-encoded once more, since some servers decode twice. */
const leadsElsewhere = /^\.+(;|$)|[/\\\p{Cc}]|%[\da-f]{2}/iu
