/** One step of a pattern: an escape, the head of a group, or one character. */
const steps =
  /\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\[pP]\{[^}]*\}|\\.|\(\?(?:<?[=!]|[:<])?|./gsu

/** White space of ECMA-262 (`WhiteSpace` and `LineTerminator`), which RE2 knows in ASCII alone. */
const space = '\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}'
const notSpace =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}' +
  '\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}'
const lineEnds = '\\n\\r\\x{2028}\\x{2029}'

/** A pattern of ECMA-262 (flag `u`, sound) in the words of RE2, with the same meaning. Throws SyntaxError for what RE2 lacks. */
export function translatePattern(pattern: string): string {
  let inClass = false
  const source = pattern.replace(/\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}/g, joined)
  return source.replace(steps, (step, at: number) => {
    if (step.startsWith('\\')) return translateEscape(step, inClass)
    if (inClass) {
      if (step === ']') inClass = false
      return step === '[' ? '\\[' : step
    }
    if (step === '[') {
      inClass = true
      if (/^\^?\]/.test(source.slice(at + 1))) throw new SyntaxError('an empty class, "[]" or "[^]", is not supported')
      return step
    }
    if (step.startsWith('(?')) return group(step)
    return step === '.' ? `[^${lineEnds}]` : step
  })
}

function translateEscape(step: string, inClass: boolean): string {
  const letter = step[1] ?? ''
  if (letter === 's') return inClass ? space : `[${space}]`
  if (letter === 'S') return inClass ? notSpace : `[${notSpace}]`
  if (/[1-9k]/.test(letter)) throw new SyntaxError(`the back-reference "${step}" is not supported`)
  if (letter === 'b' && inClass) return '\\x{8}'
  if (letter === '0') return '\\x{0}'
  if (letter === 'v') return '\\x{b}'
  if (letter === 'c') return `\\x{${(step.charCodeAt(2) % 32).toString(16)}}`
  if (letter === 'u' || letter === 'x') return `\\x{${step.replace(/[^0-9a-fA-F]/g, '')}}`
  // `\p{Script=Latin}` and `\p{General_Category=Lu}` are `\p{Latin}` and `\p{Lu}` in RE2.
  return step.replace(/^(\\[pP]\{)(?:Script|sc|General_Category|gc)=/, '$1')
}

function group(step: string): string {
  if (step === '(?:' || step === '(?<') return step
  if (step !== '(?') throw new SyntaxError(`look-around, "${step}", is not supported`)
  throw new SyntaxError('the flags of a group, "(?i:…)", are not supported')
}

const joined = (pair: string): string =>
  `\\u{${String.fromCharCode(Number.parseInt(pair.slice(2, 6), 16), Number.parseInt(pair.slice(8), 16))
    .codePointAt(0)
    ?.toString(16)}}`
