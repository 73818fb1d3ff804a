import { serveLoneGateway } from './lone-gateway.js'
import { projectorSchema, projectorScopes } from './projector-body.js'

// One gateway with two APIs that differ in their masks only: node dist/bench/projector-server.js <port> <upstream>
const [, , port = '0', upstream = ''] = process.argv
await serveLoneGateway({
  port: Number(port),
  upstream,
  scopes: projectorScopes,
  apis: [
    { code: 'plain', schema: projectorSchema(false) },
    { code: 'masked', schema: projectorSchema(true) },
  ],
})
