import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, Problem } from '#base'
import type { People } from '../personas/people.js'
import { readSimulation } from './read-simulation.js'
import { createSimulation, type Simulation } from './simulation.js'

/** The simulation of an API's folder; null when it declares none. Throws a Problem that names every mistake. */
export async function loadSimulation(
  folder: string,
  moment: { readonly clock: Clock; readonly anchor: number; readonly people: People },
): Promise<Simulation | null> {
  const text = await readFile(join(folder, 'simulation.yaml'), 'utf8').catch(() => null)
  if (text === null) return null
  const { declaration, mistakes } = readSimulation('simulation.yaml', text)
  if (declaration !== null) return createSimulation({ declaration, folder, ...moment })
  const told = mistakes.map(({ file, line, reason }) => `${file}:${line} ${reason}`).join('; ')
  throw new Problem({
    code: 'sandbox/simulation',
    status: 500,
    text: { fr: `Simulation refusée : ${told}`, en: `Simulation refused: ${told}` },
  })
}
