import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '#base'
import type { ApiVersion, Mistake } from '#contract'
import { nobody } from './personas/people.js'
import { missingFields } from './simulation/missing-fields.js'
import { readSimulation } from './simulation/read-simulation.js'
import { createSimulation } from './simulation/simulation.js'

/** Every mistake in the `simulation.yaml` of these APIs and in their data: for `portique check`, since it reads all data. Never rejects for what stands in the folders. */
export async function checkSimulations(apis: readonly ApiVersion[]): Promise<readonly Mistake[]> {
  const found: Mistake[] = []
  for (const api of apis) found.push(...(await checkApi(api)))
  return found
}

async function checkApi({ source, operations }: ApiVersion): Promise<readonly Mistake[]> {
  if (source.kind !== 'folder') return []
  const file = join(source.folder, 'simulation.yaml')
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return []
  const { declaration, mistakes } = readSimulation(file, text, operations)
  if (declaration === null) return mistakes
  const told = (reason: string, mend: string): Mistake => ({ file, line: 1, column: 1, reason, mend })
  try {
    await createSimulation({ declaration, folder: source.folder, clock: () => 0, anchor: 0, people: nobody }).prepare()
    const missing = await missingFields(declaration, source.folder)
    return missing.map((reason) => told(reason, 'Correct the name of the field, or the data.'))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [told(error.text.en, 'Correct the data, or the name of the file.')]
  }
}
