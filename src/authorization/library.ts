import './name-the-release.js'

import { release } from 'node:process'
import { errors, Provider } from 'oidc-provider'
import { unnamed } from './name-the-release.js'

if (unnamed) Reflect.deleteProperty(release, 'lts')

export { errors, Provider }
