import { type FieldBlock, sharedBlock } from '../wire/field-block.js'
import { guardingHeaders, transportSecurity } from './guarding-headers.js'

/** What answers of an API carry whatever the call: once for the rights of an origin and the kind of connection. */
export type FixedFields = (corsHeaders: readonly string[], secure: boolean) => FieldBlock

export function fixedFields(lifecycleHeaders: readonly string[]): FixedFields {
  let cors: readonly string[] | null = null
  let wasSecure = false
  let block = sharedBlock([])
  return (corsHeaders, secure) => {
    if (cors === corsHeaders && wasSecure === secure) return block
    cors = corsHeaders
    wasSecure = secure
    block = sharedBlock([...guardingHeaders, ...corsHeaders, ...lifecycleHeaders, ...(secure ? transportSecurity : [])])
    return block
  }
}
