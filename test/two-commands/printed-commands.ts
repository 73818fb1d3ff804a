import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface PrintedCommand {
  readonly title: string
  readonly command: string
}

/** The lines below each `# 1. …` of a ready block. */
export function printedCommands(block: string): readonly PrintedCommand[] {
  return [...block.matchAll(/^ {2}# \d+\. (.+)\n(.+)$/gm)].map(([, title = '', command = '']) => ({ title, command }))
}

const mark = '--- end of a printed command ---'

/** Runs the lines in one bash, exactly as printed, one after another. Resolves to what each wrote to its output. */
export async function runInBash(commands: readonly string[]): Promise<readonly string[]> {
  const script = commands.map((command) => `${command}\necho '${mark}'`).join('\n')
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { timeout: 30_000 })
  return stdout.split(mark).slice(0, -1)
}
