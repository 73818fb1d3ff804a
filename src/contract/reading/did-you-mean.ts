/** The known word that was probably meant, or null: at most a third of its letters differ. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  const folded = fold(word)
  const ranked = known
    .map((candidate) => ({ candidate, distance: distance(folded, fold(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .toSorted((a, b) => a.distance - b.distance)
  return ranked[0]?.candidate ?? null
}

/** `Did you mean "x"?` or the list of what is known. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = didYouMean(word, known)
  if (near !== null) return `Did you mean "${near}"?`
  return known.length === 0 ? 'Remove it.' : `Known here: ${known.slice(0, 30).join(', ')}.`
}

/** Case and the spelling of compound names (`max_age`, `maxAge`, `max-age`) count for nothing. */
const fold = (word: string) => word.slice(0, 64).toLowerCase().replaceAll(/[_-]/g, '')

/** Edits between two words, a swap of neighbours counting as one (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution, swap))
    }
    before = previous
    previous = row
  }
  return previous[b.length] ?? 0
}
