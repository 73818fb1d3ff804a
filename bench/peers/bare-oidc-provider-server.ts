import Provider from 'oidc-provider'

// A child of the bench: settings in BENCH_PEER, see bare-oidc-provider.ts.
const { port, client } = JSON.parse(process.env.BENCH_PEER ?? '{}')

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: client.clientId,
      client_secret: client.clientSecret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post',
      scope: client.scope,
    },
  ],
  scopes: client.scope.split(' '),
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
  ttl: { ClientCredentials: 1500 },
})

provider.listen(port, '127.0.0.1')
