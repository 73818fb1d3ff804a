import { readFile } from 'node:fs/promises'
import { Problem } from '#base'

/** What a person hands over: a file by its path, or `-` for the standard input, of which no more than `bytesMax` is read. */
export async function readText(file: string, bytesMax: number): Promise<string> {
  try {
    return file === '-' ? await fromInput(bytesMax) : await readFile(file, 'utf8')
  } catch (cause) {
    const text = { fr: `Fichier illisible : ${file}`, en: `Cannot read ${file}: check the path and the rights.` }
    throw new Problem({ code: 'command/file', status: 400, text, cause })
  }
}

async function fromInput(bytesMax: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin) {
    chunks.push(Buffer.from(chunk))
    bytes += chunk.length
    // One byte more than may be is enough to refuse it.
    if (bytes > bytesMax) break
  }
  return Buffer.concat(chunks).toString('utf8')
}
