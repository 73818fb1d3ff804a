import { serveLoneGateway } from './lone-gateway.js'
import { projectorSchema, projectorScopes } from './projector-body.js'

// One gateway with APIs that differ in their masks, and in what is kept of a call, only: node dist/bench/projector-server.js <port> <upstream>
const [, , port = '0', upstream = ''] = process.argv
await serveLoneGateway({
  port: Number(port),
  upstream,
  scopes: projectorScopes,
  apis: [
    { code: 'plain', schema: projectorSchema(false) },
    { code: 'masked', schema: projectorSchema(true) },
    // Kept nowhere, so that the naming of its fields alone is measured.
    { code: 'personal', schema: projectorSchema(true), settings: { access: { personal_data: true } } },
  ],
})
