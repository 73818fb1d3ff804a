import { join } from 'node:path'
import type { z } from 'zod'
import type { JsonObject } from '../json.js'
import type { Mistake } from '../mistake.js'
import type { Persona } from '../persona.js'
import type { Platform } from '../platform.js'
import { suggestion } from './did-you-mean.js'
import { personaShape } from './persona-shape.js'
import { fileBytesMax, readFolder, readSource } from './read-file.js'
import { checkShape, mistakeAt } from './shape-mistakes.js'
import { strangers } from './strangers.js'

/** The test people of a platform: `personas/*.yaml`. */
export async function readPersonas(
  platform: Platform,
): Promise<{ readonly personas: readonly Persona[]; readonly mistakes: readonly Mistake[] }> {
  const folder = join(platform.folder, 'personas')
  const entries = await readFolder(folder)
  const names = (entries?.files ?? []).filter((name) => name.endsWith('.yaml'))
  const read = await Promise.all(names.map((name) => readPersona(platform, { name, file: join(folder, name) })))
  const personas = read.flatMap(({ persona }) => (persona === null ? [] : [persona]))
  return {
    personas,
    mistakes: [
      ...read.flatMap(({ mistakes }) => mistakes),
      ...twins(personas, folder),
      ...strangers(folder, entries, { files: names, folders: ['data'] }),
    ],
  }
}

async function readPersona(platform: Platform, { name, file }: { readonly name: string; readonly file: string }) {
  const source = await readSource(file, { file, bytesMax: fileBytesMax.settings })
  if (source.value === undefined) return { persona: null, mistakes: source.mistakes }
  const { value, mistakes } = checkShape(personaShape, source)
  if (value === null) return { persona: null, mistakes: [...source.mistakes, ...mistakes] }
  const realms = platform.realms.map((realm) => realm.name)
  const unknown =
    realms.length === 0 || realms.includes(value.realm)
      ? []
      : [
          mistakeAt(source, ['realm'], {
            reason: `the platform has no realm "${value.realm}"`,
            mend: suggestion(value.realm, realms),
          }),
        ]
  const { realm, sub, name: shown, situation, claims, data, provider } = value
  const persona: Persona = {
    id: name.replace(/\.yaml$/, ''),
    realm,
    sub,
    name: shown,
    situation,
    claims: json(claims),
    data: json(data),
    provider,
  }
  return { persona, mistakes: [...source.mistakes, ...mistakes, ...unknown] }
}

const json = (value: Readonly<Record<string, z.core.util.JSONType>>): JsonObject => value

/** A subject means one person in a realm. */
function twins(personas: readonly Persona[], folder: string): readonly Mistake[] {
  return personas.flatMap((persona, index) => {
    const first = personas.findIndex((other) => other.realm === persona.realm && other.sub === persona.sub)
    if (first === index) return []
    return [
      {
        file: join(folder, `${persona.id}.yaml`),
        line: 1,
        column: 1,
        reason: `the sub "${persona.sub}" is already that of "${personas[first]?.id}"`,
        mend: 'Give each person their own.',
      },
    ]
  })
}
