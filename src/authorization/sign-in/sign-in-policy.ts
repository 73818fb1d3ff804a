import { interactionPolicy } from '../oidc-provider.js'
import type { People } from './people.js'

const { base, Check } = interactionPolicy

/** The library's policy, with one more reason to sign in: somebody is there whom this application may not meet. */
export function signInPolicy(people: People) {
  const policy = base()
  policy.get('login')?.checks.add(
    new Check('not_here', 'the person signed in may not sign in to this application', 'login_required', async (ctx) => {
      const { session, client } = ctx.oidc
      if (session?.accountId === undefined) return Check.NO_NEED_TO_PROMPT
      const person = await people.find(session.accountId, client?.clientId)
      return person === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
    }),
  )
  // A public application is asked about once, as any other (the consent is remembered).
  policy.get('consent')?.checks.remove('native_client_prompt')
  return policy
}
