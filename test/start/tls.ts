import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConnectionOptions, connect } from 'node:tls'
import { generate } from 'selfsigned'

/** The settings of a TLS listener, with a certificate made for this run alone. */
export async function certificate(folder: string) {
  const made = await generate([{ name: 'commonName', value: 'exemple.fr' }], { keyType: 'ec', algorithm: 'sha256' })
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(cert, made.cert)
  writeFileSync(key, made.private, { mode: 0o600 })
  return { PORTIQUE_TLS_PORT: '0', PORTIQUE_TLS_CERT: cert, PORTIQUE_TLS_KEY: key }
}

/** The version that both ends agree on, or `refused: …`. */
export function shakeHands(port: number, options: ConnectionOptions = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options })
    socket.on('secureConnect', () => {
      resolve(socket.getProtocol() ?? '')
      socket.destroy()
    })
    socket.on('error', (error) => resolve(`refused: ${error.message}`))
  })
}

/** Offers TLS 1.1 and nothing later, with suites that this end would not use itself. */
export const onlyTls11: ConnectionOptions = {
  ...{ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' },
}
