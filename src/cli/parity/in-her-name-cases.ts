import { parametersOf, queryOf } from './good-query.js'
import { bearer, get, type ParityCase, type Side, type Subject } from './parity-case.js'
import { otherScope, peopleOf } from './people-asked.js'

/** Calls of one operation in the name of somebody: found, unknown there, and each token that does not open them. */
export function inHerNameCases({ platform, api, operation }: Subject): readonly ParityCase[] {
  const { known, unknown } = peopleOf(platform, api, operation)
  if (known === null) return []
  const scope = api.dataScopes?.[0] ?? ''
  const right = (side: Side, without?: string) => {
    const parameters = parametersOf(operation, {}).filter(([name]) => name !== without)
    return `${side.pathOf(api, operation.path)}?${queryOf(parameters)}`
  }
  const asked = (title: string, token: (side: Side) => readonly string[], without?: string): ParityCase => ({
    ...{ group: 'in a person’s name', title: `${operation.id}: ${title}`, api: api.id },
    calls: (side) => [get(right(side, without), token(side))],
  })
  const hers =
    (persona: string, own?: string) =>
    ({ caller }: Side) =>
      bearer(caller.inNameOf(persona, own))
  const foreign = otherScope(platform, api)
  const identity = api.operations.find(({ definition }) => definition['x-person'] === undefined)
  const recipient = (operation.definition.parameters ?? []).find((parameter) => parameter['x-recipient'] === true)
  return [
    asked(`${known}, all scopes`, hers(known)),
    asked(`${known}, ${scope} alone`, hers(known, scope)),
    ...(unknown === null ? [] : [asked(`${unknown}, whom this provider does not know`, hers(unknown))]),
    ...(foreign === null ? [] : [asked('a token with no scope of this API', hers(known, foreign))]),
    asked('no token', () => []),
    asked('the application’s own token', ({ caller }) => bearer(caller.full)),
    asked('a token cut short', ({ caller }) => bearer(caller.inNameOf(known).slice(0, -3))),
    asked('a token at its end', ({ caller }) => bearer(caller.lapsed ?? '')),
    {
      ...asked('a token of the other environment', ({ other }) => bearer(other.inNameOf(known))),
      apart: {
        parts: ['body', 'header content-length'],
        why: 'the code says of which environment the token is: 00108 or 00109',
      },
    },
    ...(recipient === undefined ? [] : [asked(`no ${recipient.name}`, hers(known), recipient.name)]),
    ...(identity === undefined
      ? []
      : [
          {
            ...asked('her token where an identity is asked for', hers(known)),
            calls: (side: Side) => [get(`${side.pathOf(api, identity.path)}`, hers(known)(side))],
          },
        ]),
  ]
}
