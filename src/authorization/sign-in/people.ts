import type { Access } from '#access'
import type { Text } from '#base'
import type { JsonObject, Persona, Platform, Realm } from '#contract'
import { consentsClientId } from './consents-client.js'

/** Someone who can sign in. */
export interface Person {
  readonly sub: string
  readonly name: string
  readonly claims: JsonObject
}

export interface PersonaOffered {
  readonly id: string
  readonly name: string
  readonly situation: Text
}

/** Where personas may sign in: everywhere (`portique dev`), or to applications of the sandbox alone. */
export type PersonaPlaces = 'everywhere' | 'sandbox'

export interface People {
  /** Undefined: nobody, or somebody whom this application may not meet. */
  find(sub: string, clientId: string | undefined): Promise<Person | undefined>
  /** The personas that may sign in to this application. */
  personas(clientId: string): readonly PersonaOffered[]
  persona(id: string, clientId: string): Person | undefined
}

export interface PeopleOptions {
  readonly access: Access
  readonly platform: Platform
  readonly realm: Realm
  readonly personaPlaces: PersonaPlaces
  readonly findAccount: (sub: string) => Promise<Person | undefined>
}

/** The people of a realm: personas, and whoever has an account. */
export function createPeople({ access, platform, realm, personaPlaces, findAccount }: PeopleOptions): People {
  const personas = platform.personas.filter((persona) => persona.realm === realm.name)
  const bySub = new Map(personas.map((persona) => [persona.sub, persona]))

  const inSandbox = (clientId: string | undefined) =>
    clientId === consentsClientId ||
    (clientId !== undefined && access.record(clientId)?.access.environment === 'sandbox')
  const admitted = (clientId: string | undefined) => personaPlaces === 'everywhere' || inSandbox(clientId)

  return {
    async find(sub, clientId) {
      const persona = bySub.get(sub)
      if (persona === undefined) return findAccount(sub)
      return admitted(clientId) ? toPerson(persona) : undefined
    },
    personas: (clientId) =>
      admitted(clientId) ? personas.map(({ id, name, situation }) => ({ id, name, situation })) : [],
    persona(id, clientId) {
      const persona = admitted(clientId) ? personas.find((each) => each.id === id) : undefined
      return persona && toPerson(persona)
    },
  }
}

const toPerson = ({ sub, name, claims }: Persona): Person => ({ sub, name, claims })
