import { z } from 'zod'
import { Problem } from '#base'

const jsonShape = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))

/** An identity from standard input: one JSON object, or `name=value` lines in which a name may come twice. What stood there is never quoted. */
export function readIdentity(input: string): Readonly<Record<string, readonly string[]>> {
  const found = input.trimStart().startsWith('{') ? fromJson(input) : fromLines(input)
  if (Object.keys(found).length > 0) return found
  throw unreadable
}

function fromJson(input: string): Record<string, string[]> {
  try {
    const read = jsonShape.parse(JSON.parse(input))
    return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, [value].flat().map(String)]))
  } catch {
    throw unreadable
  }
}

function fromLines(input: string): Record<string, string[]> {
  const pairs = input
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((line): [string, string] => {
      const cut = line.indexOf('=')
      if (cut < 1) throw unreadable
      return [line.slice(0, cut).trim(), line.slice(cut + 1).trim()]
    })
  const byName = Map.groupBy(pairs, ([name]) => name)
  return Object.fromEntries([...byName].map(([name, all]) => [name, all.map(([, value]) => value)]))
}

const unreadable = new Problem({
  code: 'command/identity',
  status: 400,
  text: {
    fr: 'Donnez l’identité sur l’entrée standard : des lignes comme nomNaissance=MARTIN, ou un objet JSON.',
    en: 'Give the identity on standard input: lines such as nomNaissance=MARTIN, or a JSON object.',
  },
})
