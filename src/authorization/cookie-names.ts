/** Each realm its own cookies: a session of one is none of another. Behind https the browser holds them to this host and path. */
export function cookieNames(realm: string, authorizationUrl: string) {
  const own = realm.replaceAll('/', '.')
  const [host, path] = authorizationUrl.startsWith('https:') ? ['__Host-', '__Secure-'] : ['', '']
  return { session: `${host}${own}.session`, interaction: `${path}${own}.interaction`, resume: `${path}${own}.resume` }
}
