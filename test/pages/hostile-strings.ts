/** Changes the strings of props, whatever their shape, and leaves the words that our types name. */
export type Reword = <Props>(props: Props) => Props

export const unchanged: Reword = (props) => props

/** Words of our own types: what they stand for is our code, never a stranger's text. */
const ours = new Set(['language', 'kind', 'failure'])

export function rewordWith(hostile: string): Reword {
  return (props) => deep(props, hostile)
}

function deep<Value>(value: Value, hostile: string): Value {
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    ours.has(key) ? inner : typeof inner === 'string' ? hostile : deep(inner, hostile),
  ])
  return Array.isArray(value) ? Object.assign([], Object.fromEntries(entries)) : Object.fromEntries(entries)
}

/** Text that breaks out of markup, runs, reorders, hides, or is merely large. */
export const hostileStrings: readonly string[] = [
  '<script>window.pwned=1</script>',
  '"><script>window.pwned=1</script>',
  "'><img src=x onerror=window.pwned=1>",
  '" autofocus onfocus="window.pwned=1',
  "' style='position:fixed;inset:0' onclick='window.pwned=1",
  '</title></head><body onload=window.pwned=1>',
  '--><svg/onload=window.pwned=1>',
  '</textarea></button></form><form action=https://ailleurs.exemple>',
  'javascript:window.pwned=1',
  'JaVaScRiPt:window.pwned=1',
  'data:text/html,<script>window.pwned=1</script>',
  '&lt;script&gt;&#60;b&#62;',
  '0;url=https://ailleurs.exemple',
  'Impôts \u202erf.elpmexe\u202c \u2066x\u2067',
  '\u202e\u202e\u202e',
  'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033da\u034f\u0334\u0319\u0324lgo',
  '\u0000\u0007\u001b[31m\ufeff\ufffe',
  '\ud800 seul',
  '👩‍👩‍👧‍👦 田中さん مرحبا بالعالم',
  'undefined',
  '',
  ' ',
  'x'.repeat(5000),
  'mot '.repeat(2000),
  '{{7*7}} <%= 7*7 %>',
]
