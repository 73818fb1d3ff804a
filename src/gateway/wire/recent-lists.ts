import type { HeaderList } from '#contract'

/** Keeps what was worked out of the last few lists: one that comes again, the very same and not only an equal one, is not looked at twice. */
export function recentLists<Worked>(work: (list: HeaderList) => Worked): (list: HeaderList) => Worked {
  const lists: HeaderList[] = []
  const results: Worked[] = []
  let oldest = 0
  return (list) => {
    const known = results[lists.indexOf(list)]
    if (known !== undefined) return known
    const worked = work(list)
    lists[oldest] = list
    results[oldest] = worked
    oldest = (oldest + 1) % listsKept
    return worked
  }
}

const listsKept = 8
