import { RE2JS } from 're2js'
import { translatePattern } from './translate-pattern.js'

/** What Ajv takes for `code.regExp`: one compiled pattern a call. */
export interface PatternEngine {
  (pattern: string, flags: string): { test(text: string): boolean; toString(): string }
  readonly code: string
  /** Forgets the work done: a new call, or a new document. */
  renew(): void
}

/** Compiling costs so much more than one step of matching. */
const compileWork = 200

/**
 * Patterns of documents that others wrote, matched in time linear in the text (RE2): `^(a|a)*$` freezes a backtracking engine.
 * They mean what ECMA-262 says under the flag `u`. Throws SyntaxError for a pattern that RE2 cannot express, and RangeError
 * for more than `workMax` (characters times instructions of the pattern; twenty million are a second or so at the very worst).
 */
export function patternEngine(workMax: number): PatternEngine {
  const known = new Map<string, RE2JS>()
  let spent = 0
  const spend = (work: number) => {
    spent += work
    if (spent > workMax) throw new RangeError('the patterns take too long to match')
  }
  const compiledOnce = (pattern: string): RE2JS => {
    const before = known.get(pattern)
    if (before !== undefined) return before
    const compiled = compilePattern(pattern)
    spend(compiled.programSize() * compileWork)
    known.set(pattern, compiled)
    return compiled
  }
  const engine = (pattern: string) => {
    const compiled = compiledOnce(pattern)
    return {
      test(text: string): boolean {
        spend(text.length * compiled.programSize())
        return compiled.test(text)
      },
      // Ajv keeps compiled patterns by this name.
      toString: () => `/${pattern}/u`,
    }
  }
  const renew = () => {
    spent = 0
  }
  return Object.assign(engine, { code: 'linearPattern', renew })
}

/** Why the engine cannot take a pattern, in words for its author; null: it can. */
export function patternFault(pattern: string): string | null {
  try {
    compilePattern(pattern)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function compilePattern(pattern: string): RE2JS {
  // RE2 takes what ECMA-262 refuses, such as `\Q` and `(?i)`; building a RegExp only reads its syntax.
  new RegExp(pattern, 'u')
  try {
    return RE2JS.compile(translatePattern(pattern))
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error)
    throw new SyntaxError(reason, { cause: error })
  }
}
