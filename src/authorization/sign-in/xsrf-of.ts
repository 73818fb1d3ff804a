import type { KoaContextWithOIDC } from 'oidc-provider'

/** What the library wants back with the form that confirms signing out. */
export function xsrfOf({ oidc }: KoaContextWithOIDC): string {
  const state = oidc.session?.state as { readonly secret?: string } | undefined
  return state?.secret ?? ''
}
