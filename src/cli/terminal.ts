import colours from 'picocolors'

export interface Terminal {
  print(text?: string): void
  printError(text: string): void
  readonly style: {
    readonly strong: Style
    readonly faint: Style
    readonly good: Style
    readonly bad: Style
    readonly code: Style
  }
}

type Style = (text: string) => string

/** Where a command writes: a terminal, a pipe, or a test. */
export interface Output {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Colours only where a person looks: on a terminal, and never when NO_COLOR asks for none. */
export function createTerminal(out: Output, err: Output): Terminal {
  const paint = colours.createColors(out.isTTY === true && colours.isColorSupported)
  return {
    print: (text = '') => void out.write(`${text}\n`),
    printError: (text) => void err.write(`${text}\n`),
    style: { strong: paint.bold, faint: paint.dim, good: paint.green, bad: paint.red, code: paint.cyan },
  }
}

/** Columns as wide as their widest cell; the last one runs free. */
export function columns(rows: readonly (readonly string[])[], indent = '  '): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map(
      (row) =>
        indent +
        row
          .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
          .join('   ')
          .trimEnd(),
    )
    .join('\n')
}
