import { createServer } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'

// A child of the bench: settings in BENCH_PEER, see bare-oidc-provider.ts.
const { port, client } = JSON.parse(process.env.BENCH_PEER ?? '{}')

// ID tokens are signed with as long a key as Portique's: what is compared is the house, not the key.
const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 3072 })

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: client.clientId,
      client_secret: client.clientSecret,
      grant_types: ['client_credentials', 'authorization_code', 'refresh_token'],
      redirect_uris: ['http://127.0.0.1/callback'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
      scope: ['openid', client.scope].join(' '),
    },
  ],
  jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig' }] },
  scopes: ['openid', ...client.scope.split(' ')],
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  ttl: { ClientCredentials: 1500, AccessToken: 1500, IdToken: 9000, RefreshToken: 3_628_800, Grant: 3_700_000 },
})

/** A refresh token as the code flow would have left it. */
async function refreshToken(): Promise<string> {
  const found = await provider.Client.find(client.clientId)
  if (found === undefined) throw new Error('the client is not there')
  const [accountId, scope] = ['someone', ['openid', client.scope].join(' ')]
  const grant = new provider.Grant({ accountId, clientId: client.clientId })
  grant.addOIDCScope(scope)
  const grantId = await grant.save()
  const common = { accountId, grantId, scope, gty: 'authorization_code', authTime: Math.floor(Date.now() / 1000) }
  return new provider.RefreshToken({ client: found, ...common, claims: {} }).save()
}

const answer = provider.callback()
createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  if (pathname !== '/bench/refresh-tokens') return void answer(request, response)
  const tokens = await Promise.all(Array.from({ length: Number(searchParams.get('count')) }, refreshToken))
  response.end(JSON.stringify(tokens))
}).listen(port, '127.0.0.1')
