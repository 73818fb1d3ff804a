import {
  Composer,
  type CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type ParsedNode,
  Parser,
  type YAMLError,
} from 'yaml'
import type { Mistake } from '../mistake.js'
import { unfolding } from './unfolding.js'

/** Steps from the root of a document to a value in it. */
export type Path = readonly (string | number)[]

/** A place in a file, counted from 1; 0 where there is no text. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A file that was read, with the place of everything in it. */
export interface Source {
  readonly file: string
  /** Plain JSON values; undefined when the file could not be read at all. */
  readonly value: unknown
  /** Place of the value at a path, of its key when `of` is `key`, or of the nearest thing that exists; `$ref`s are followed. */
  place(path: Path, of?: 'key' | 'value'): Place
  readonly mistakes: readonly Mistake[]
  /** What its keys are called where they were given, by the path as it is shown: `scopes.required` was `--scope`. */
  readonly names?: Readonly<Record<string, string>>
}

const aliasesMax = 100
/** Four times the largest file that is read. */
const unfoldedBytesMax = 33_554_432
const depthMax = 200
/** One slip makes a parser stumble again and again after it. */
const syntaxMistakesMax = 5
const repeatedMistakesMax = 40

/**
 * Reads YAML 1.2 (JSON is a part of it) with places. Twice the same key, several documents and alias bombs are mistakes, and so is what
 * aliases unfold to more than `bytesMost`.
 */
export function parseSource(file: string, text: string, bytesMost = unfoldedBytesMax): Source {
  try {
    return read(file, text, bytesMost)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return tooDeep(file)
  }
}

/** A value that has no file, such as the flags of a command: there is no place in it. */
export const valueSource = (file: string, value: unknown, names: Readonly<Record<string, string>> = {}): Source => ({
  file,
  value,
  place: () => ({ line: 0, column: 0 }),
  mistakes: [],
  names,
})

/** A file that cannot be read. */
export const broken = (file: string, reason: string, mend: string): Source => ({
  ...valueSource(file, undefined),
  place: () => ({ line: 1, column: 1 }),
  mistakes: [{ file, line: 1, column: 1, reason, mend }],
})

const tooDeep = (file: string) =>
  broken(file, 'nested too deeply to be read', 'Flatten it: a few dozen levels are plenty.')

const tooLong = (file: string, bytesMost: number) =>
  broken(
    file,
    `aliases that multiply: it unfolds to more than ${bytesMost} bytes`,
    'Repeat less of it: what an alias stands for counts each time.',
  )

function read(file: string, text: string, bytesMost: number): Source {
  const lines = new LineCounter()
  const { document, faults } = compose(text, lines)
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (faults.some(({ message }) => message.includes('call stack'))) return tooDeep(file)
  const syntax = faults.slice(0, syntaxMistakesMax).map(({ offset, message }) => ({
    file,
    ...at(offset),
    reason: `not YAML: ${message}`,
    mend: 'Correct the syntax; an editor with YAML support shows the place.',
  }))
  if (syntax.length > 0) return { ...valueSource(file, undefined), place: () => at(0), mistakes: syntax }
  const repeated = repeatedKeys(document.contents)
    .slice(0, repeatedMistakesMax)
    .map(({ key, offset }) => ({
      file,
      ...at(offset),
      reason: `the key "${key}" stands here a second time`,
      mend: 'Keep one of the two.',
    }))
  try {
    const value: unknown = document.toJS({ maxAliasCount: aliasesMax })
    // An alias to what holds it is endlessly deep.
    const excess = unfolding(value, { bytesMost, levelsMost: depthMax })
    if (excess !== null) return excess === 'deep' ? tooDeep(file) : tooLong(file, bytesMost)
    const place = (path: Path, of: 'key' | 'value' = 'value') =>
      at(offsetOf(document.contents, path, of, (a) => resolved(a)))
    return { file, value, place, mistakes: repeated }
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    return /^unresolved/i.test(error.message)
      ? broken(
          file,
          `an alias to nothing: ${error.message}`,
          'Name an anchor that stands before it, or quote the text.',
        )
      : broken(file, `aliases that multiply: ${error.message}`, 'Write the repeated parts out, or use fewer aliases.')
  }

  function resolved(node: Node | null | undefined): Node | null | undefined {
    return isAlias(node) ? node.resolve(document) : node
  }
}

/**
 * The library's own `parseDocument` reads on to the end whatever it meets, and quotes the text at every error in quadratic time:
 * here it stops at the fifth stray token. It also looks for repeated keys in quadratic time: `repeatedKeys` does it in one pass.
 */
function compose(text: string, lines: LineCounter) {
  const composer = new Composer<ParsedNode, true>({ uniqueKeys: false, prettyErrors: false })
  const [document, second] = composer.compose(untilLost(new Parser(lines.addNewLine).parse(text)), true, text.length)
  if (document === undefined) throw new Error('the YAML library gave no document')
  const told = ({ pos, message }: YAMLError) => ({ offset: pos[0], message })
  const several =
    second === undefined ? [] : [{ offset: second.range[0], message: 'there are several documents in one file' }]
  return { document, faults: [...document.errors.map(told), ...several, ...document.warnings.map(told)] }
}

function* untilLost(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  let stray = 0
  for (const token of tokens) {
    if (token.type === 'error') stray += 1
    if (stray > syntaxMistakesMax) return
    yield token
  }
}

interface RepeatedKey {
  readonly key: string
  readonly offset: number
}

function repeatedKeys(node: unknown, found: RepeatedKey[] = []): readonly RepeatedKey[] {
  if (isSeq(node)) for (const item of node.items) repeatedKeys(item, found)
  if (!isMap(node)) return found
  const seen = new Set<string>()
  for (const pair of node.items) {
    const key = nameOf(pair)
    if (seen.has(key)) found.push({ key, offset: offsetOfKey(pair) ?? 0 })
    seen.add(key)
    repeatedKeys(pair.value, found)
  }
  return found
}

type Resolve = (node: Node | null | undefined) => Node | null | undefined

function offsetOf(root: Node | null, path: Path, of: 'key' | 'value', resolve: Resolve): number {
  let node = resolve(root)
  let offset = node?.range?.[0] ?? 0
  for (const [index, step] of path.entries()) {
    node = followed(root, node, String(step), resolve)
    const found = child(node, step)
    if (found === undefined) return offset
    const last = index === path.length - 1
    const value = found.value?.range?.[0]
    offset = (last && of === 'key' ? found.key : undefined) ?? value ?? found.key ?? offset
    node = resolve(found.value)
  }
  return offset
}

/** The node itself, or what its `$ref` names when it lacks the key. */
function followed(root: Node | null, node: Node | null | undefined, step: string, resolve: Resolve) {
  let current = node
  for (let hops = 0; hops < 20 && isMap(current) && !current.items.some((pair) => nameOf(pair) === step); hops += 1) {
    const reference = current.items.find((pair) => nameOf(pair) === '$ref')?.value
    if (!isScalar(reference) || typeof reference.value !== 'string' || !reference.value.startsWith('#/')) return current
    let target = resolve(root)
    for (const part of pointerParts(reference.value)) target = resolve(child(target, part)?.value)
    current = target
  }
  return current
}

function child(node: Node | null | undefined, step: string | number) {
  if (isSeq(node)) {
    const item = node.items[Number(step)]
    return isNode(item) ? { key: undefined, value: item } : undefined
  }
  if (!isMap(node)) return undefined
  const pair = node.items.find((candidate) => nameOf(candidate) === String(step))
  return pair === undefined ? undefined : { key: offsetOfKey(pair), value: isNode(pair.value) ? pair.value : undefined }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'range' in value
const nameOf = (pair: Pair) => String(isScalar(pair.key) ? (pair.key.value ?? '') : pair.key)
const offsetOfKey = (pair: Pair) => (isNode(pair.key) ? pair.key.range?.[0] : undefined)

/** `#/paths/~1offres/get` as its decoded parts (RFC 6901 section 6). */
export const pointerParts = (reference: string): readonly string[] =>
  reference
    .slice(2)
    .split('/')
    .map((part) => decoded(part).replaceAll('~1', '/').replaceAll('~0', '~'))

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
